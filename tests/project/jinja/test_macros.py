import pytest

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown
from platform_cli.project.jinja.macros import Macros, internal_folders, scan_internal, scan_macros


def test_the_index_holds_dbts_macros_with_dbts_text(jinja_project, dbt_says):
    macros = jinja_project.scope("shop").macros
    ours = {
        macro.unique_id: macro.sql.strip()
        for found in (
            *scan_internal("duckdb").values(),
            *(namespace.values() for namespace in macros.packages.values()),
        )
        for macro in found
    }
    assert ours == {name: sql.strip() for name, sql in dbt_says["macros"].items()}


def test_a_macro_knows_its_file_and_line():
    (macro,) = scan_macros("shop", "macros/m.sql", "{# no #}\n\n{% macro m() %}{% endmacro %}")
    assert (macro.unique_id, macro.path, macro.line) == ("macro.shop.m", "macros/m.sql", 3)


def _macros(*files, **more):
    return Macros.index([(package, "m.sql", text) for package, text in files], "shop", **more)


def _empty(*names):
    return "".join(f"{{% macro {name}() %}}{{% endmacro %}}" for name in names)


def test_own_macros_come_before_the_roots_and_dbts():
    macros = _macros(("shop", _empty("m", "ref_like", "dateadd")), ("pkg", _empty("m")))
    assert macros.visible("pkg")["m"].package == "pkg"
    assert macros.visible("pkg")["ref_like"].package == "shop"
    assert macros.visible("shop")["dateadd"].package == "shop"
    assert macros.visible("shop")["dbt"]["dateadd"].package == "dbt"
    assert macros.visible("shop")["pkg"]["m"].package == "pkg"


def test_dispatch_looks_where_dbt_project_yml_says():
    files = [
        ("shop", _empty("default__m")),
        ("pkg", _empty("default__m", "duckdb__m")),
        ("other", _empty("default__m")),
    ]
    assert _macros(*files).dispatch("pkg", "m", "pkg").unique_id == "macro.shop.default__m"
    order = [{"macro_namespace": "pkg", "search_order": ["other", "pkg"]}]
    found = _macros(*files, dispatch=order).dispatch("pkg", "m", "pkg")
    assert found.unique_id == "macro.other.default__m"
    assert _macros(*files[1:]).dispatch("pkg", "m", "pkg").unique_id == "macro.pkg.duckdb__m"
    with pytest.raises(BrokenJinja, match="no macro named 'gone'"):
        _macros(*files).dispatch("pkg", "gone", "pkg")


def test_the_macros_of_an_adapter_that_is_not_installed_are_unknown():
    macros = _macros(("shop", ""), adapter="snowflake")
    with pytest.raises(Unknown, match="dbt-snowflake"):
        macros.dispatch("shop", "dateadd", "dbt")


def test_two_macros_of_one_name_in_a_package_are_broken():
    with pytest.raises(BrokenJinja, match="two macros are named 'm'"):
        _macros(("shop", _empty("m", "m")))


def test_a_macro_is_quiet_unless_something_it_reaches_records():
    text = (
        "{% macro loud(n) %}{{ ref(n) }}{% endmacro %}"
        "{% macro reaches(n) %}{{ loud(n) }}{% endmacro %}"
        "{% macro dispatches(n) %}{{ adapter.dispatch('part')(n) }}{% endmacro %}"
        "{% macro default__part(n) %}{{ reaches(n) }}{% endmacro %}"
        "{% macro still(n) %}{{ n }} and {{ still(n) }}{% endmacro %}"
    )
    macros = _macros(("shop", text))
    quiet = {name for name, macro in macros.packages["shop"].items() if macros.quiet(macro)}
    assert quiet == {"still"}


def test_dbts_own_folders_are_found_without_importing_dbt():
    assert [folder.name for folder in internal_folders("duckdb")] == ["duckdb", "global_project"]
