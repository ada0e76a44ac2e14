from pathlib import Path

from platform_cli.conventions.resemblance import likeness, renamed, sketch
from platform_cli.project.resources import AnyResource, Column
from tests.builders import write
from tests.resource_builders import a_model, a_source

FLIGHTS = "select id, departure, arrival, delay, plane from flights where not cancelled"
WEATHER = "select station, hour, wind, rain, pressure, humidity from observations"


def a_file(folder: Path, name: str, sql: str, **changes: object) -> AnyResource:
    write(folder, {f"models/marts/{name}.sql": sql})
    return a_model(name, **{"columns": {}, "description": ""} | changes)


def test_layout_case_order_and_comments_do_not_count_and_neither_does_the_own_name(
    tmp_path,
) -> None:
    one = sketch(a_file(tmp_path, "a", FLIGHTS + " -- a: first"), tmp_path)
    other = FLIGHTS.upper().replace(", ", "\n  , ").replace("ID", "/* the key */ ID")
    assert likeness(one, sketch(a_file(tmp_path, "b", other + "\n{# b #}"), tmp_path)) == 1


def test_other_words_are_another_model(tmp_path) -> None:
    one = sketch(a_file(tmp_path, "a", FLIGHTS), tmp_path)
    assert likeness(one, sketch(a_file(tmp_path, "b", WEATHER), tmp_path)) < 0.3


def test_of_few_words_nothing_is_told(tmp_path) -> None:
    one = sketch(a_file(tmp_path, "a", "select 1"), tmp_path)
    assert likeness(one, one) == 0
    assert likeness("", "no base64!") == 0


def test_columns_and_description_are_words_of_what_has_no_sql(tmp_path) -> None:
    columns = {name: Column(name) for name in ("id", "departure", "arrival", "delay")}
    one = sketch(a_source("flights", columns=columns, description="From the tower."), tmp_path)
    two = sketch(a_source("flights2", columns=columns, description="from the Tower"), tmp_path)
    assert likeness(one, two) == 1


def test_the_same_text_is_found_under_its_new_name_and_others_are_not(tmp_path) -> None:
    gone = {
        "model.shop.a": sketch(a_file(tmp_path, "a", FLIGHTS), tmp_path),
        "model.shop.w": sketch(a_file(tmp_path, "w", "select a, b, c, d, e, f, g"), tmp_path),
    }
    new = [a_file(tmp_path, "b", FLIGHTS), a_file(tmp_path, "c", WEATHER)]
    found = renamed(gone, new, tmp_path, lambda *_: 0)
    assert found == {"model.shop.a": "model.shop.b"}


def test_among_equals_the_findings_decide_and_then_the_names(tmp_path) -> None:
    old = sketch(a_file(tmp_path, "a", FLIGHTS), tmp_path)
    new = [a_file(tmp_path, "x", FLIGHTS), a_file(tmp_path, "fct_a", FLIGHTS)]
    gone = {"model.shop.dim_a": old}
    assert renamed(gone, new, tmp_path, lambda *_: 0) == {"model.shop.dim_a": "model.shop.fct_a"}
    shared = lambda _, now: int(now == "model.shop.x")  # noqa: E731
    assert renamed(gone, new, tmp_path, shared) == {"model.shop.dim_a": "model.shop.x"}
    assert renamed(gone | {"snapshot.shop.x": old}, [], tmp_path, shared) == {}
