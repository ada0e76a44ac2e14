import pytest

from platform_cli.errors import PlatformError
from platform_cli.project.project import Project
from platform_cli.scaffold.query.draft import query_draft
from tests.small_project import write_project


@pytest.fixture
def draft(tmp_path):
    project = Project.load(write_project(tmp_path), keep=False)

    def declare(word):
        if word.endswith((".csv", "landing.refunds")):
            return "source:new.one"
        raise PlatformError("nobody knows it", hint="")

    return lambda text: query_draft(text, "q.sql", project, declare)


DIM, STG = '{{ ref( "dim_customers" ) }}', "{{ ref('stg_customers') }}"
ORDERS = "{{ source('raw', 'Orders') }}"
WITH_CTES = """\
with stg_customers as (select 1 as a), b as (from dim_customers)
-- kept: stg_customers
select 'from raw.orders' from stg_customers, b /* here */"""


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("select * from stg_customers", f"select * from {STG}"),
        (
            "select STG_Customers.* from stg_customers",
            f"select STG_Customers.* from {STG} as stg_customers",
        ),
        (
            "select stg_customers from stg_customers",
            f"select stg_customers from {STG} as stg_customers",
        ),
        (
            "select stg_customers.home.city from stg_customers",
            f"select stg_customers.home.city from {STG} as stg_customers",
        ),
        ("SELECT * FROM main.STG_Customers c", "SELECT * FROM {{ ref('stg_customers') }} c"),
        ("select * from raw.Orders as o;", "select * from {{ source('raw', 'Orders') }} as o"),
        ('from shop.raw."Orders" o', "from {{ source('raw', 'Orders') }} o"),
        (
            "select orders.x from orders",
            f"select orders.x from {ORDERS} as orders",
        ),
        ("select * from 'data/new.csv'", "select * from {{ source('new', 'one') }}"),
        ("select * from landing.refunds r", "select * from {{ source('new', 'one') }} r"),
        (
            WITH_CTES,
            WITH_CTES.replace("(from dim_customers)", "(from {{ ref('dim_customers') }})"),
        ),
        (
            f"select * from {DIM} d join stg_customers s on true",
            f"select * from {DIM} d join {STG} s on true",
        ),
    ],
)
def test_tables_become_refs_and_sources_and_the_rest_stays(draft, text, made) -> None:
    assert draft(text).text == f"{made}\n"


def test_what_is_read_is_told_once_in_the_order_of_the_text(draft) -> None:
    made = draft(
        "select c.customer_id, count(*) from orders o join stg_customers c"
        " on c.customer_id = o.customer_id where exists (select 1 from orders) group by 1"
    )
    assert made.parents == ("source:raw.Orders", "ref:stg_customers")
    assert (made.joins, made.sums_up, made.passes_on) == (True, True, False)
    [link] = made.links
    assert (link.left.parent, link.left.column) == ("ref:stg_customers", "customer_id")
    assert (link.right.parent, link.right.column) == ("source:raw.Orders", "customer_id")


def test_joins_are_seen_through_ctes_that_import_and_with_using(draft) -> None:
    made = draft(
        "with o as (select * from orders), c as (select * from dim_customers)"
        " select * from o left join c using (customer_id)"
    )
    [link] = made.links
    assert (link.left.parent, link.right.parent) == ("source:raw.Orders", "ref:dim_customers")
    assert made.passes_on


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("select 1;\n\nselect 2 from orders", 3, "2 statements", "CTEs"),
        ("\n\nselect 1;\n-- second\nselect 2", 5, "2 statements", ""),
        ("delete from orders", 1, "DELETE", "keep the select"),
        ("select 1;\ndrop table orders", 2, "DROP", "keep the select"),
        ("\ninsert into a select * from orders", 2, "INSERT", ""),
        ("create table x as select 1", 1, "CREATE", ""),
        ("\nselect a,, b\nfrom orders where (", None, "not understood", "runs by itself"),
        ("", None, "there is no query", ""),
        ("-- only words", None, "there is no query", ""),
        ("select 1", None, "reads no table", ""),
        ("select *\nfrom stg_custmers", 2, "the table stg_custmers", "'stg_customers'"),
        ("select * from ordres", 1, "the table ordres", "'orders'"),
        ("select * from {{ x }}\nwhere {% if a %}b{% endif %}", 1, "Jinja other than", "sync"),
    ],
)
def test_what_is_no_model_is_refused_with_its_line(draft, text, line, message, hint) -> None:
    with pytest.raises(PlatformError) as error:
        draft(text)
    assert message in error.value.message
    assert hint in error.value.hint
    assert error.value.where is not None
    if line is not None:
        assert error.value.where.line == line


def test_a_name_that_two_have_is_refused(tmp_path) -> None:
    seed = {"seeds/orders.csv": "a\n1\n"}
    project = Project.load(write_project(tmp_path, seed), keep=False)
    with pytest.raises(PlatformError, match=r"may be .*source:raw.Orders"):
        query_draft("select * from orders", "q.sql", project, str)
