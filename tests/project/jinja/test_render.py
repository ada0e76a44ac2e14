"""The differential test of the compiler's half: compiled SQL byte for byte as dbt's."""

from types import SimpleNamespace

from msgspec.structs import replace

from platform_cli.project.jinja.render import compile_model
from platform_cli.project.resources import Undecided

# Only a database knows these; that dbt can compile them is part of the comparison.
ASK_THE_DATABASE = {
    "adapter_maybe",
    "adapter_parse",
    "date_spine_like",
    "graph_parse",
    "incr_if",
    "run_query_guarded",
    "run_query_macro",
    "statement_block",
}


def test_compiled_sql_is_dbts_to_the_byte(jinja_project, dbt_says):
    wrong, undecided, same = {}, set(), 0
    for unique_id, said in dbt_says["nodes"].items():
        if "compiled" not in said:
            continue
        ours = compile_model(jinja_project, unique_id)
        if isinstance(ours, Undecided):
            undecided.add(jinja_project.resources[unique_id].name)
        elif ours.sql != said["compiled"]:
            wrong[unique_id] = (ours.sql, said["compiled"])
        else:
            same += 1
    assert wrong == {}
    assert undecided == ASK_THE_DATABASE
    assert same > 100


def test_is_incremental_depends_on_what_the_database_holds(jinja_project):
    model = "model.shop.incr_if"
    asked = []
    absent = SimpleNamespace(kind=lambda *names: asked.append(names))
    there = SimpleNamespace(kind=lambda *_: "table")
    assert "where id" not in compile_model(jinja_project, model, absent).sql
    assert asked == [("shop", "main", "incr_if")]
    # The ref in the branch was not recorded while parsing: dbt refuses it, we do not guess.
    assert isinstance(compile_model(jinja_project, model, there), Undecided)


def test_ephemeral_parents_are_named(jinja_project):
    compiled = compile_model(jinja_project, "model.shop.eph_with")
    assert compiled.inlined == ("model.shop.eph", "model.shop.eph2")


def test_an_undecided_schema_makes_the_children_undecided(jinja_project):
    class Changed:
        resources = dict(jinja_project.resources)  # noqa: RUF012
        scope = jinja_project.scope
        raw_code = jinja_project.raw_code

    parent = Changed.resources["model.shop.a"]
    why = Undecided("nobody knows")
    Changed.resources["model.shop.a"] = replace(parent, undecided={"schema": why})
    child = compile_model(Changed, "model.shop.b")
    assert isinstance(child, Undecided)
    assert "nobody knows" in child.reason
