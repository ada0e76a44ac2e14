"""Options as arguments of dbt's command line."""

from pathlib import Path

from platform_cli.dbt_runner import Options
from platform_cli.dbt_runner.options import arguments, for_parsing


def test_what_is_not_given_is_not_passed_on() -> None:
    assert arguments(Options()) == []


def test_every_kind_of_value_is_written_as_dbt_reads_it() -> None:
    options = Options(
        select=("a", "-b"), target="dev", threads=2, full_refresh=True, defer=False,
        state=Path("/s"), log_file=True,
    )  # fmt: skip
    assert arguments(options) == [
        "--select=a",
        "--select=-b",
        "--target=dev",
        "--threads=2",
        "--full-refresh",
        "--no-defer",
        "--state=/s",
    ]


def test_a_switch_without_a_negative_is_left_out_when_it_is_off() -> None:
    assert arguments(Options(full_refresh=False, fail_fast=False)) == ["--no-fail-fast"]


def test_every_option_is_one_of_dbts() -> None:
    """`dbt build` and `dbt show` know them all between them."""
    from dbt.cli.main import cli

    known = {
        flag
        for name in ("build", "show", "compile")
        for parameter in cli.commands[name].params
        for flag in (*parameter.opts, *parameter.secondary_opts)
    }
    given = {
        "vars": "{}", "select": ("a",), "exclude": ("a",), "resource_type": ("model",),
        "exclude_resource_type": ("model",),
    }  # fmt: skip
    for field in Options.__dataclass_fields__:
        for argument in arguments(Options(**{field: given.get(field, True)})):
            assert argument.split("=")[0] in known


def test_parsing_knows_no_selection() -> None:
    options = for_parsing(Options(select=("a",), inline="select 1", vars="{a: 1}", target="dev"))
    assert options == Options(vars="{a: 1}", target="dev")
