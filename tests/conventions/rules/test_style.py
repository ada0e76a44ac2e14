import pytest

from platform_cli.errors import PlatformError
from tests.style_builders import PACKAGE, faults, findings, why_undecided

SETTINGS = "[sqlfluff]\nrules = {}\n"


def test_a_fault_is_found_where_it_was_written(tmp_path) -> None:
    sql = "SELECT 1 as a,2 as b\nfrom {{ ref('x') }}  as  t\n"
    x = {"models/x.sql": "select 1 as a\n"}
    upper = ["1:10 CP01", "1:17 CP01", "2:1 CP01", "2:22 CP01"]
    spaces = ["1:15 LT01", "2:20 LT01", "2:24 LT01"]
    assert faults(tmp_path, sql, x) == sorted(upper + spaces)


def test_what_a_macro_of_a_package_wrote_is_nobodys_fault(tmp_path) -> None:
    sql = "{% set n = 'x' %}\nselect\n    {{ tools.both('1') }},\n    2  as c\n"
    assert faults(tmp_path, sql, PACKAGE) == ["4:6 LT01"]


def test_a_loop_is_found_fault_with_once_per_place(tmp_path) -> None:
    sql = (
        "select\n{%- for i in [1, 2, 3] %}\n    {{ i }}  as c{{ i }},\n{%- endfor %}\n    4  as d\n"
    )
    assert faults(tmp_path, sql) == ["3:12 LT01", "5:6 LT01"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_count_characters_whatever_the_line_ends(tmp_path, end) -> None:
    sql = f"select{end}    'größe 🙂 ä' as a,'é' as  b,{end}    {{{{ 1 }}}}  as c{end}"
    expected = ["2:22 LT01", "2:28 LT01", "3:12 LT01"]
    assert faults(tmp_path, sql.encode()) == expected


def test_both_texts_of_an_incremental_model_count(tmp_path) -> None:
    sql = (
        "{{ config(materialized='incremental') }}\nselect  1 as a\n"
        "{% if is_incremental() %}\nwhere  true\n{% else %}\nwhere   false\n{% endif %}\n"
    )
    assert faults(tmp_path, sql) == ["2:7 LT01", "4:6 LT01", "6:6 LT01"]


def test_a_snapshot_in_a_file_of_several_has_its_own_place(tmp_path) -> None:
    one = "{{% snapshot {} %}}\n{{{{ config(unique_key='a', strategy='check', check_cols=['a'], target_schema='s') }}}}\nselect  1 as a{{% endsnapshot %}}\n"  # noqa: E501
    text = one.format("s1") + "\n" + one.format("s2")
    found = findings(tmp_path, "", {"snapshots/s.sql": text}).diagnostics
    places = [(one.subject, str(one.where)) for one in found if one.name == "style"]
    assert places == [("s1", "snapshots/s.sql:3:7"), ("s2", "snapshots/s.sql:7:7")]


def test_what_a_person_wants_to_leave_is_left(tmp_path) -> None:
    sql = "select  1 as a,  -- noqa: LT01\n    2  as b,\n    3 as c\n"
    assert faults(tmp_path, sql) == ["2:6 LT01"]
    assert faults(tmp_path, sql, {".sqlfluffignore": "models/\n"}) == []


def test_settings_in_the_file_itself_hold(tmp_path) -> None:
    sql = "-- sqlfluff:rules:capitalisation.keywords:capitalisation_policy:upper\nselect 1\n"
    assert faults(tmp_path, sql) == ["2:1 CP01"]


def test_without_settings_it_is_about_layout_only(tmp_path) -> None:
    sql = "select\n    a.x  as x,\n    a.x::int y,\n    count(*) as n\nfrom (select 1 as x) as a\n"
    assert faults(tmp_path, sql, {".sqlfluff": ""}) == ["2:8 LT01", "3:14 AL02"]


def test_a_column_of_a_relation_is_one_whatever_dbt_calls_the_relation(tmp_path) -> None:
    x = {"models/x.sql": "select 1 as a\n", "models/order.sql": "select 1 as a\n"}
    x[".sqlfluff"] = SETTINGS.format("RF01, RF02, ST03, AL05")
    sql = "with x as (select x.a from {{ ref('x') }})\n\nselect x.a from x\n"
    assert faults(tmp_path, sql, x) == []
    assert faults(tmp_path, "select a from {{ ref('order') }}\n", x) == []


def test_what_only_dbt_can_render_is_undecided(tmp_path) -> None:
    (reason,) = why_undecided(tmp_path, "{% set r = run_query('select 1') %}select  {{ r }}\n")
    assert "run_query" in reason or "adapter" in reason


def test_sql_that_sqlfluff_cannot_read_is_undecided_once(tmp_path) -> None:
    sql = "select  1 as a,,\n  from where (\n\nselect  2 from from\n"
    (reason,) = why_undecided(tmp_path, sql)
    assert "sqlfluff cannot read it as duckdb, from line 2, column 14 on" in reason


def test_ten_thousand_lines_are_refused(tmp_path) -> None:
    sql = "select\n" + ",\n".join(f"    {n}  as c{n}" for n in range(10_000)) + "\n"
    (reason,) = why_undecided(tmp_path, sql)
    assert "sqlfluff is asked about 60,000: `large_file_skip_byte_limit` in its" in reason


def test_a_project_may_ask_for_longer_files_or_only_for_shorter_ones(tmp_path) -> None:
    setting = SETTINGS.format("LT01\nlarge_file_skip_byte_limit = 20")
    (reason,) = why_undecided(tmp_path, "select  1 as a, 2 as b\n", {".sqlfluff": setting})
    assert "asked about 20" in reason


def test_a_model_without_sql_has_no_style(tmp_path) -> None:
    files = {"models/p.py": "def model(dbt, session):\n    return 1\n"}
    assert faults(tmp_path, "", files) == []
    assert faults(tmp_path, "\n") == []


def test_settings_that_sqlfluff_refuses_are_said_once_with_their_file(tmp_path) -> None:
    with pytest.raises(PlatformError, match="refuses the project's settings") as raised:
        findings(tmp_path, "select 1\n", {".sqlfluff": "[sqlfluff]\ndialect = klingon\n"})
    assert str(raised.value.where).endswith(".sqlfluff")


def test_around_what_only_dbt_can_tell_layout_is_looked_at_and_the_rest_is_undecided(
    tmp_path,
) -> None:
    columns = "{{ adapter.get_columns_in_relation(ref('x')) }}"
    files = {
        "models/x.sql": "select 1 as a\n",
        ".sqlfluff": SETTINGS.format("LT01, LT09, ST06, RF02"),
    }
    sql = f"select\n    {columns},\n    a+1  as b,\n    a\nfrom {{{{ ref('x') }}}}\n"
    found = findings(tmp_path, sql, files)
    places = [str(one.where) for one in found.diagnostics]
    assert places == ["models/m.sql:3:6", "models/m.sql:3:7", "models/m.sql:3:8"]
    (undecided,) = found.undecided
    assert "up to the database" in undecided.reason


def test_where_no_name_can_stand_all_of_it_is_undecided(tmp_path) -> None:
    files = {"models/x.sql": "select 1 as a\n"}
    sql = "select  1 as a\n{{ adapter.get_columns_in_relation(ref('x')) }} union all\nselect 2\n"
    (reason,) = why_undecided(tmp_path, sql, files)
    assert "up to the database" in reason
