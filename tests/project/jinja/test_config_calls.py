import copy

from dbt_common.contracts.config.base import merge_config_dicts
from hypothesis import given
from hypothesis import strategies as st

from platform_cli.project.jinja.config_calls import merge_config_call

WORDS = st.sampled_from(["a", "b", "+select", "select"])
LISTS = st.one_of(WORDS, st.lists(WORDS, max_size=2))
MAPPINGS = st.dictionaries(WORDS, st.one_of(LISTS, st.integers()), max_size=3)
CALLS = st.fixed_dictionaries(
    {},
    optional={
        "tags": LISTS,
        "pre-hook": LISTS,
        "materialized": WORDS,
        "meta": MAPPINGS,
        "grants": st.dictionaries(WORDS, LISTS, max_size=3),
        "snapshot_meta_column_names": MAPPINGS,
        "anything": st.one_of(st.none(), st.integers(), LISTS),
    },
)


@given(st.lists(CALLS, max_size=4))
def test_calls_add_up_as_in_dbt(calls):
    ours, theirs = {}, {}
    for call in calls:
        merge_config_call(ours, copy.deepcopy(call))
        merge_config_dicts(theirs, copy.deepcopy(call))
    assert ours == theirs
