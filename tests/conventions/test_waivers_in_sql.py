from pathlib import Path

import pytest

from platform_cli.conventions.waivers_in_sql import waivers_in_sql
from platform_cli.conventions.written_waiver import WrittenWaiver
from platform_cli.errors import Where
from tests.builders import write
from tests.resource_builders import a_model

PATH = "models/marts/fct_flights.sql"


def written(folder: Path, text: str, path: str = PATH) -> list[WrittenWaiver]:
    write(folder, {path: text})
    return list(waivers_in_sql([a_model(path=path)], [path, "macros/x.sql"], folder))


def test_a_comment_has_its_rule_terms_and_place(tmp_path) -> None:
    text = (
        "select 1\n  -- waive: no-x until=2027-01-31 owner=growth reason=\"the old, 'raw' feed\"\n"
    )
    [one] = written(tmp_path, text)
    assert one.rule == "no-x"
    assert one.terms == {
        "until": "2027-01-31",
        "owner": "growth",
        "reason": "the old, 'raw' feed",
    }
    assert one.place() == Where(PATH, 2, 13)
    assert one.resources == ("model.shop.fct_flights",)
    assert not one.unclear


def test_several_rules_are_several_waivers_of_the_same_terms(tmp_path) -> None:
    one, two, three = written(tmp_path, "--waive: a, b c until=2027-01-31 owner=x reason=y")
    assert [each.rule for each in (one, two, three)] == ["a", "b", "c"]
    assert one.terms == two.terms == three.terms
    assert (one.place().column, two.place().column, three.place().column) == (10, 13, 15)


def test_comments_of_every_sort_are_read(tmp_path) -> None:
    terms = 'until=2027-01-31 owner=x reason="y"'
    for text in (
        f"{{# waive: a {terms} #}}",
        f"{{#- waive: a\n  {terms} -#}}",
        f"/* waive: a\n {terms} */",
        f"select 1 -- waive: a {terms}\r\n",
    ):
        [one] = written(tmp_path, text)
        assert (one.rule, one.unclear) == ("a", ""), text
        assert one.terms["reason"] == "y"
    [one] = written(tmp_path, f"# waive: a {terms}\ndef model(dbt, session): ...", "models/m.py")
    assert one.rule == "a"


def test_what_only_speaks_of_waiving_is_no_waiver(tmp_path) -> None:
    assert not written(tmp_path, "-- we waive: nothing\nselect '# waive: a' as waive\n")


def test_a_comment_that_is_not_understood_says_why(tmp_path) -> None:
    [one] = written(tmp_path, "-- waive: a until=2027-01-31 owner=x reason=old raw feed")
    assert "'raw feed'" in one.unclear
    [one] = written(tmp_path, "-- waive: until=2027-01-31 owner=x reason=old")
    assert "names no rule" in one.unclear
    [one] = written(tmp_path, "-- waive:")
    assert "names no rule" in one.unclear
    assert one.place() == Where(PATH, 1, 1)


def test_a_file_that_cannot_be_read_waives_nothing(tmp_path) -> None:
    (tmp_path / "models/marts").mkdir(parents=True)
    (tmp_path / PATH).write_bytes(b"-- waive: a \xff")
    assert not list(waivers_in_sql([a_model()], [PATH], tmp_path))
    (tmp_path / PATH).unlink()
    assert not list(waivers_in_sql([a_model()], [PATH], tmp_path))


WAIVER = "-- waive: a until=2027-01-31 owner=x reason=y"
TERMS = WAIVER[2:]


@pytest.mark.parametrize(
    "text",
    [
        f"select '{WAIVER}' as x",
        f"select 'it''s {WAIVER}' as x",
        f'select 1 as "{WAIVER}"',
        f"select 1 as `{WAIVER}`",
        f"select 'first\n{WAIVER}\nlast' as x",
        f"select $${WAIVER}$$, $t$\n{WAIVER}\n$t$",
        f"-- don't\n{{# can't #}} /* won't */ select '{WAIVER}'",
        f"select '{{{{ var('x') }}}} {WAIVER}'",
        f"{{% set x = '{WAIVER}' %}} select '{{{{ x }}}}'",
        f"select '{{{{ \"{WAIVER}\" }}}}'",
        f"select '/*{TERMS} */' as x",
    ],
)
def test_what_stands_in_quotes_is_no_waiver(tmp_path, text) -> None:
    assert not written(tmp_path, text)
    assert len(written(tmp_path, f"{text}\n{WAIVER}")) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"-- don't\n{WAIVER}\n-- can't",
        f"-- {{# don't\n#}}\n{WAIVER}\n-- can't",
        f"# don't\n{WAIVER}\n# can't",
        f"// don't\n{WAIVER}\n// can't",
        f"select 'it\\'s',\n{WAIVER}\n'x'",
        f"select 'a\\', {WAIVER}\n'x'",
        f"select 'a{{% if x %}}'{{% else %}}b'{{% endif %}} {WAIVER}\n, 'x'",
        f'select {{{{ "\'" }}}}a {WAIVER}\n',
        f"select 'never closed {WAIVER}\n",
        f"'{{#{TERMS} #}}'",
    ],
)
def test_what_may_be_a_comment_is_a_waiver(tmp_path, text) -> None:
    assert len(written(tmp_path, text)) == 1


def test_text_in_python_is_no_waiver(tmp_path) -> None:
    code = f"x = '#{TERMS}'\r\ny = '''\n#{TERMS}\n'''\n"
    assert not written(tmp_path, code, "models/m.py")
    assert len(written(tmp_path, f"{code}#{TERMS}\n", "models/m.py")) == 1
    assert len(written(tmp_path, f"#{TERMS}\ndef f(:\n  '''", "models/m.py")) == 1
