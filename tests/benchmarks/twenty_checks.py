"""Twenty SQL checks as a team might have them, over eight tables of the information schema."""

from pathlib import Path

_CHECKS = {
    "public_is_described": "select unique_id from {models} where access = 'public'"
    " and coalesce(trim(description), '') = ''",
    "marts_are_tables": "select unique_id from {models} where list_contains(fqn, 'marts')"
    " and materialized = 'ephemeral'",
    "names_are_short": "select unique_id from {models} where length(name) > 60",
    "a_version_is_known": "select unique_id from {models} where version > latest_version",
    "tags_are_small": "select unique_id from {models} where tags::text <> lower(tags::text)",
    "deprecated_is_gone": "select unique_id from {models} where deprecation_date < '2020-01-01'",
    "contract_is_described": "select unique_id from {models} where contract_enforced"
    " and properties_yml_file_path is null",
    "fan_out": "select parent_unique_id as unique_id from {edges} group by 1 having count(*) > 500",
    "no_self_edges": "select child_unique_id as unique_id from {edges}"
    " where parent_unique_id = child_unique_id",
    "sources_stay_in_staging": "select e.child_unique_id as unique_id from {edges} as e"
    " join {sources} as s on s.unique_id = e.parent_unique_id"
    " join {models} as m on m.unique_id = e.child_unique_id where m.name like 'fct%'",
    "sources_are_loaded": "select unique_id from {sources} where loader = 'nobody'",
    "tables_are_described": "select unique_id from {sources} where length(source_name) > 60",
    "tests_have_names": "select unique_id from {data_tests} where test_name = ''",
    "few_tests_per_column": "select node_unique_id as unique_id from {data_tests}"
    " group by node_unique_id, column_name having count(*) > 10",
    "tests_are_errors": "select unique_id from {data_tests} where severity = 'nothing'",
    "columns_have_types": "select node_unique_id as unique_id from {node_columns}"
    " where column_name like '%_id' and data_type_declared = 'float'",
    "columns_once": "select node_unique_id as unique_id from {node_columns}"
    " group by node_unique_id, lower(column_name) having count(*) > 1",
    "groups_are_owned": "select unique_id from {groups} where owner_email like '%@gmail.com'",
    "exposures_are_owned": "select unique_id from {exposures} where owner_name = 'nobody'",
    "unit_tests_have_models": "select u.unique_id from {unit_tests} as u"
    " where u.model not in (select name from {models})",
}
_TABLES = (
    "models", "edges", "sources", "data_tests", "node_columns", "groups", "exposures", "unit_tests"
)  # fmt: skip


def twenty_checks(project: Path) -> None:
    """Write them into the project's `checks/`."""
    folder = project / "checks"
    folder.mkdir()
    tables = {name: f"{{{{ info_schema('{name}') }}}}" for name in _TABLES}
    for name, sql in _CHECKS.items():
        (folder / f"{name}.sql").write_text(sql.format(**tables) + "\n", encoding="utf-8")
