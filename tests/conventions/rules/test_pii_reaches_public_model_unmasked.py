import pytest

from platform_cli.conventions.rules.pii_reaches_public_model_unmasked import (
    pii_reaches_public_model_unmasked,
)
from tests.rule_builders import checked

SEED = "seeds/people.yml"
PII = "seeds: [{name: people, columns: [{name: Email, meta: {pii: true}}, {name: id}]}]\n"
PEOPLE = {"seeds/people.csv": "id,Email\n1,a@x.org\n", SEED: PII}
PUBLIC = "models: [{name: dim, access: public, columns: [{name: id}COLUMNS]}]\n"
FOUND = "column {} is personal data (people.Email), and any team may read it"


def of(folder, sql, columns="", more=(), **settings):
    """The messages about the public model `dim`, and why something is undecided."""
    files = {
        **PEOPLE,
        "models/dim.sql": sql,
        "models/dim.yml": PUBLIC.replace("COLUMNS", columns),
        **dict(more),
    }
    findings = checked(pii_reaches_public_model_unmasked, folder, files, **settings)
    return [one.message for one in findings.diagnostics], [one.reason for one in findings.undecided]


@pytest.mark.parametrize(
    ("sql", "column"),
    [
        ("select id, email from {{ ref('people') }}", "email"),
        ("select * from {{ ref('people') }}", "email"),
        ("select lower(trim(p.email))::text as contact from {{ ref('people') }} p", "contact"),
        ("select coalesce(email, '') as mail from {{ ref('people') }}", "mail"),
        ("with a as (select * from {{ ref('people') }}) select a.email as m from a", "m"),
        ("select id, email from {{ ref('people') }} join {{ ref('other') }} using (id)", "email"),
        ("select 1 as id, '' as x union all select id, email from {{ ref('people') }}", "x"),
        ("select id, mail from {{ ref('between') }}", "mail"),
    ],
)
def test_what_is_passed_on_is_found(tmp_path, sql, column) -> None:
    more = {
        "models/other.sql": "select 1 as id",
        "models/between.sql": "select id, email as mail from {{ ref('people') }}",
    }
    assert of(tmp_path, sql, more=more) == ([FOUND.format(column)], [])


@pytest.mark.parametrize(
    "sql",
    [
        "select id from {{ ref('people') }}",
        "select md5(email) as email from {{ ref('people') }}",
        "select left(sha256(lower(email)), 9) as email from {{ ref('people') }}",
        "select our_mask(email) as email from {{ ref('people') }}",
        "select count(distinct email) as emails, id from {{ ref('people') }} group by id",
        "select email is not null as has_email from {{ ref('people') }}",
        "select 1 as id, '' as email",
    ],
)
def test_what_is_left_out_or_hidden_is_well(tmp_path, sql) -> None:
    assert of(tmp_path, sql) == ([], [])


def test_a_column_may_say_itself_that_it_is_personal_no_longer_or_hidden(tmp_path) -> None:
    sql = "select id, email from {{ ref('people') }}"
    for meta in ("pii: false", "masking_policy: by_role", "pii: true, masked: true"):
        assert of(tmp_path, sql, f", {{name: email, meta: {{{meta}}}}}") == ([], []), meta
    own = ", {name: x, meta: {pii: review}}"
    assert of(tmp_path, "select 1 as id, 2 as x", own)[0] == [
        "column x is personal data, and any team may read it"
    ]
    between = {
        "models/stg.sql": sql,
        "models/stg.yml": "models: [{name: stg, columns: [{name: email, meta: {pii: no}}]}]\n",
    }
    assert of(tmp_path, "select * from {{ ref('stg') }}", more=between) == ([], [])


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("select substr(email, 1, 3) as e from {{ ref('people') }}", "e is computed from people"),
        ("select (select max(email) from {{ ref('people') }}) as e", "column e is made of cannot"),
        ("select * exclude (id) from {{ ref('people') }}", "columns cannot be told"),
        ("select {{ run_query('x') }} from {{ ref('people') }}", ""),
    ],
)
def test_what_cannot_be_followed_is_undecided_and_no_pass(tmp_path, sql, why) -> None:
    messages, [reason] = of(tmp_path, sql)
    assert not messages
    assert why in reason


def test_other_models_may_have_it_and_marks_are_settings(tmp_path) -> None:
    sql = "select email from {{ ref('people') }}"
    private = {"models/dim.yml": "models: [{name: dim, columns: [{name: id}]}]\n"}
    assert of(tmp_path, sql, more=private) == ([], [])
    tagged = {SEED: "seeds: [{name: people, columns: [{name: email, tags: [Secret]}]}]\n"}
    assert of(tmp_path, sql, more=tagged) == ([], [])
    assert of(tmp_path, sql, more=tagged, tags=("secret",))[0]
