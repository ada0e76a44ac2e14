from platform_cli.errors import Where
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.repeated import repeated, thing


def a_column(column: str, model: str = "fct_a", **changes: object) -> Diagnostic:
    usual = {
        "message": f"column {column} has no description",
        "name": "columns-documented",
        "where": Where("models/a.yml", 9),
        "help": f"describe {column}",
        "resource": f"model.shop.{model}",
        "anchor": f"column:{column}",
    }
    return Diagnostic(**usual | changes)


def test_the_same_of_several_columns_and_models_of_a_file_is_one() -> None:
    one, two, other = a_column("id"), a_column("when"), a_column("id", "fct_b")
    assert repeated([one, two, other]) == [[one, two, other]]
    assert [thing(each, one) for each in (two, other)] == ["when", "fct_b.id"]


def test_another_file_rule_severity_message_or_help_is_another_cause() -> None:
    every = [
        a_column("id"),
        a_column("id", where=Where("models/b.yml", 9)),
        a_column("id", name="other"),
        a_column("id", severity="warn"),
        a_column("id", message="column id is odd"),
        a_column("id", help="think"),
    ]
    assert repeated(every) == [[one] for one in every]


def test_part_of_a_word_is_not_the_name() -> None:
    first, second = a_column("a", message="bad a"), a_column("b", message="bbd b")
    assert len(repeated([first, second])) == 2


def test_models_without_a_part_are_named_themselves() -> None:
    first = a_column("", anchor="", message="no owner", help="")
    second = a_column("", "fct_b", anchor="", message="no owner", help="")
    assert repeated([first, second]) == [[first, second]]
    assert thing(second, first) == "fct_b"
