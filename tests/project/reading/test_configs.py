# ruff: noqa: E501  (YAML and Jinja read better on one line)
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from platform_cli.project.reading.configs import DEFAULTS, Configs, hook, merge
from platform_cli.project.resources import Undecided
from platform_cli.project.settings.project_file import Settings

VALUES = st.integers() | st.text("ab", max_size=2) | st.booleans()
PARTIALS = st.fixed_dictionaries(
    {},
    optional={
        "tags": st.text("ab", min_size=1, max_size=2) | st.lists(st.text("ab", max_size=1), max_size=2),
        "meta": st.dictionaries(st.sampled_from("xyz"), VALUES, max_size=2),
        "materialized": st.sampled_from(["table", "view"]),
        "grants": st.dictionaries(
            st.sampled_from(["select", "+select", "insert"]), st.lists(st.sampled_from("uv")), max_size=2
        ),
        "anything": VALUES,
    },
)  # fmt: skip


def settings(name: str, **trees: dict[str, Any]) -> Settings:
    return Settings(name=name, root="/", prefix="", trees=trees)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@given(st.lists(PARTIALS, max_size=4))
def test_each_key_is_merged_in_its_own_way(partials: list[dict[str, Any]]) -> None:
    config = DEFAULTS["model"]
    for partial in partials:
        config = merge(config, partial, "model")
    assert config["tags"] == [tag for p in partials if "tags" in p for tag in listed(p["tags"])]
    meta: dict[str, Any] = {}
    grants: dict[str, list[Any]] = {}
    for partial in partials:
        meta.update(partial.get("meta", {}))
        for key, value in partial.get("grants", {}).items():
            name = key.lstrip("+")
            grants[name] = (grants[name] if key != name and name in grants else []) + value
    assert config["meta"] == meta
    assert config["grants"] == grants
    for key in ("materialized", "anything"):
        said = [partial[key] for partial in partials if key in partial]
        assert config.get(key) == (said[-1] if said else DEFAULTS["model"].get(key))


@given(PARTIALS)
def test_merging_changes_neither_side(partial: dict[str, Any]) -> None:
    before = repr((DEFAULTS["model"], partial))
    merge(DEFAULTS["model"], partial, "model")
    assert repr((DEFAULTS["model"], partial)) == before


def test_inner_folders_win_over_outer_and_sql_over_yaml() -> None:
    root = settings(
        "shop",
        models={"+schema": "a", "shop": {"schema": "b", "marts": {"+schema": "c", "+alias": "x"}}},
    )
    configs = Configs(root, {"shop": root})
    assert configs.build("model", ["shop", "m"], "shop")["schema"] == "b"
    fqn = ["shop", "marts", "m"]
    assert configs.build("model", fqn, "shop")["schema"] == "c"
    assert configs.build("model", fqn, "shop", patch={"schema": "d"})["schema"] == "d"
    built = configs.build("model", fqn, "shop", {"schema": "e"}, {"schema": "d"})
    assert (built["schema"], built["alias"]) == ("e", "x")


def test_the_root_project_wins_over_a_package_and_its_sql() -> None:
    root = settings("shop", models={"tools": {"+materialized": "table"}})
    tools = settings("tools", models={"tools": {"+materialized": "ephemeral"}})
    configs = Configs(root, {"shop": root, "tools": tools})
    built = configs.build("model", ["tools", "m"], "tools", {"materialized": "view"})
    assert built["materialized"] == "table"


def test_a_folder_that_is_also_a_setting_is_a_folder_without_plus() -> None:
    root = settings("shop", models={"shop": {"meta": {"+tags": ["in folder"]}, "+meta": {"k": 1}}})
    configs = Configs(root, {"shop": root})
    assert configs.build("model", ["shop", "m"], "shop")["meta"] == {"k": 1}
    assert configs.build("model", ["shop", "meta", "m"], "shop")["tags"] == ["in folder"]


def test_hooks_have_one_spelling_and_one_shape() -> None:
    config = merge(
        DEFAULTS["model"], {"pre-hook": ["a", {"sql": "b", "transaction": False}]}, "model"
    )
    assert config["pre-hook"] == [
        {"sql": "a", "transaction": True, "index": None},
        {"sql": "b", "transaction": False, "index": None},
    ]
    assert hook('{"sql": "c", "index": 1}') == {"sql": "c", "transaction": True, "index": 1}
    root = settings("shop")
    built = Configs(root, {"shop": root}).build("model", ["shop", "m"], "shop", {"post_hook": "x"})
    assert [item["sql"] for item in built["post-hook"]] == ["x"]


def test_what_only_dbt_can_tell_stays_undecided_until_it_is_replaced() -> None:
    unknown = Undecided("only dbt can tell")
    config = merge(DEFAULTS["model"], {"materialized": unknown, "tags": unknown}, "model")
    config = merge(config, {"materialized": "table", "tags": "more"}, "model")
    assert config["materialized"] == "table"
    assert config["tags"] == unknown


def test_store_failures_has_two_spellings_in_step() -> None:
    root = settings("shop", data_tests={"+store_failures": True})
    configs = Configs(root, {"shop": root})
    assert configs.build("test", ["shop", "t"], "shop")["store_failures_as"] == "table"
    built = configs.build("test", ["shop", "t"], "shop", {"store_failures_as": "ephemeral"})
    assert built["store_failures"] is False


def test_source_tags_of_the_project_are_replaced_and_its_meta_is_merged() -> None:
    root = settings("shop", sources={"+tags": ["project"], "+meta": {"a": 1}})
    configs = Configs(root, {"shop": root})
    built = configs.build(
        "source", ["shop", "s", "t"], "shop", patch={"tags": [], "meta": {"b": 2}}
    )
    assert (built["tags"], built["meta"]) == ([], {"a": 1, "b": 2})
