import pytest

from platform_cli.conventions.rules.dead_model import dead_model
from tests.rule_builders import checked, found

FILES = {
    "models/staging/stg_orders.sql": "select 1 as id",
    "models/staging/stg_old.sql": "select 1 as id",
    "models/marts/fct_orders.sql": "select * from {{ ref('stg_orders') }}",
    "models/elsewhere/some.sql": "select 1 as id",
}


def test_a_staging_model_that_nothing_reads_is_found_and_a_mart_is_not(tmp_path) -> None:
    assert found(dead_model, tmp_path, FILES) == [
        "models/staging/stg_old.sql nothing reads this model"
    ]


def test_exposures_analyses_snapshots_and_tests_of_others_are_readers(tmp_path) -> None:
    readers = {
        "models/e.yml": "exposures: [{name: e, type: ml, owner: {email: a@example.com}, "
        "depends_on: [ref('stg_old')]}]\n",
        "analyses/a.sql": "select * from {{ ref('stg_old') }}",
        "tests/t.sql": "select * from {{ ref('stg_old') }}",
        "models/t.yml": "models: [{name: fct_orders, columns: [{name: id, data_tests: "
        "[{relationships: {arguments: {to: ref('stg_old'), field: id}}}]}]}]\n",
        "snapshots/s.yml": "snapshots: [{name: s, relation: ref('stg_old'), config: "
        "{unique_key: id, strategy: check, check_cols: all}}]\n",
    }
    for number, (path, text) in enumerate(readers.items()):
        assert not found(dead_model, tmp_path / str(number), FILES | {path: text}), path


def test_its_own_test_is_no_reader(tmp_path) -> None:
    own = "models: [{name: stg_old, columns: [{name: id, data_tests: [unique]}]}]\n"
    assert found(dead_model, tmp_path, FILES | {"models/staging/stg_old.yml": own})


def test_public_models_and_packages_have_their_readers_elsewhere(tmp_path) -> None:
    public = "{{ config(access='public') }} select 1 as id"
    files = FILES | {"models/staging/stg_old.sql": public}
    assert not found(dead_model, tmp_path / "1", files)
    staging_only = {path: text for path, text in FILES.items() if "staging" in path}
    assert not found(dead_model, tmp_path / "2", staging_only)


@pytest.mark.parametrize(
    "text",
    [
        "semantic_models: [{name: s, model: ref('stg_old')}]\n",
        "# ours\nmetrics:\n  - name: m\n    meta: {of: \"{{ ref( 'shop', 'stg_old') }}\"}\n",
        "saved_queries: [{name: q, description: 'of ref(\"stg_old\")'}]\n",
    ],
)
def test_what_a_semantic_model_or_a_metric_names_is_undecided(tmp_path, text) -> None:
    for number, path in enumerate(("models/s.yml", "models/deep/s.yaml")):
        findings = checked(dead_model, tmp_path / str(number), FILES | {path: text})
        assert not findings.diagnostics
        [told] = findings.undecided
        assert f"a saved query in {path} may read it" in told.reason
    other = {"models/s.yml": text.replace("stg_old", "stg_older")}
    assert len(found(dead_model, tmp_path / "other", FILES | other)) == 1
