"""Columns that are one column of one parent inherit its description, whatever they are called.

The goal is 95 of 100, over many ways to write a select; all of them do.
"""

from platform_cli.project.lineage.columns import ColumnLineage
from platform_cli.project.lineage.described import inherited_description
from platform_cli.project.project import Project
from tests.builders import write

TEXTS = {
    "Trip Id": "The key of a trip.",
    "started_at": "When the rider left.",
    "station": "Where it began.",
    "fare": "In euros, with tax.",
    "rider": "Who rode.",
}
CODES = {"station": "A station, by its code.", "city": "Where it is."}
STG = {"trip_id": "Trip Id", "started_at": "started_at", "station": "station", "fare": "fare"}
# Of each select: what a column is called, and what it is in the source.
T, S = "{{ ref('stg_trips') }}", "{{ ref('stg_stations') }}"
FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    (f"select trip_id as id, fare as price from {T}", {"id": "Trip Id", "price": "fare"}),
    (f"select t.trip_id as id, t.station from {T} as t", {"id": "Trip Id", "station": "station"}),
    (f"from {T} select started_at as at, fare paid", {"at": "started_at", "paid": "fare"}),
    (
        (
            f"with a as (select trip_id as x, fare as y from {T}), b as (select x as key, y from a)"
            " select key as trip, y as price from b"
        ),
        {"trip": "Trip Id", "price": "fare"},
    ),
    (
        f"with a(x, y) as (select trip_id, station from {T}) select x as id, y as place from a",
        {"id": "Trip Id", "place": "station"},
    ),
    (
        f"with a as (select * from {T}), final as (select * from a) select fare as f from final",
        {"f": "fare"},
    ),
    (
        f"select q.id as one, q.p from (select trip_id as id, fare as p from {T}) as q",
        {"one": "Trip Id", "p": "fare"},
    ),
    (f"select a as one, b as two from {T} as t(a, b)", {"one": "Trip Id", "two": "started_at"}),
    (f"select * from {T}", dict(STG.items())),
    (f"select * exclude (fare) from {T}", {"trip_id": "Trip Id", "station": "station"}),
    (f"select * rename (fare as price) from {T}", {"price": "fare", "trip_id": "Trip Id"}),
    (f"select * replace (fare::double as fare) from {T}", {"fare": "fare"}),
    (f"select fare::double as a, cast(fare as integer) as b from {T}", {"a": "fare", "b": "fare"}),
    (f"select try_cast(station as varchar) as s from {T}", {"s": "station"}),
    (
        f'select fare as "The Fare", station as "Größe" from {T}',
        {"The Fare": "fare", "Größe": "station"},
    ),
    (
        (
            f"select t.trip_id as id, s.city as town, s.station as code from {T} as t"
            f" left join {S} as s on s.station = t.station"
        ),
        {"id": "Trip Id", "town": "city", "code": "station code"},
    ),
    (
        f"select trip_id as id, city as town from {T} join {S} using (station)",
        {"id": "Trip Id", "town": "city"},
    ),
    (
        (
            f"select t.* exclude (station), s.city as town from {T} as t inner join {S} as s"
            " on s.station = t.station"
        ),
        {"trip_id": "Trip Id", "fare": "fare", "town": "city"},
    ),
    (
        (
            f"select t.fare as price, s.city as town from {T} as t asof join {S} as s"
            " on t.station >= s.station"
        ),
        {"price": "fare", "town": "city"},
    ),
    (
        f"select t.fare as price, s.city from {T} t cross join {S} s",
        {"price": "fare", "city": "city"},
    ),
    (
        (
            f"select trip_id as id, fare as p from {T}"
            " qualify row_number() over (partition by trip_id order by started_at) = 1"
        ),
        {"id": "Trip Id", "p": "fare"},
    ),
    (f"select distinct station as place from {T}", {"place": "station"}),
    (
        f"select distinct on (station) station as place, fare as f from {T}",
        {"place": "station", "f": "fare"},
    ),
    (f"select station as place, count(*) as n from {T} group by station", {"place": "station"}),
    (f"select station as place, sum(fare) as total from {T} group by all", {"place": "station"}),
    (
        f"select station as place, max(fare) as most from {T} group by 1 having max(fare) > 1",
        {"place": "station"},
    ),
    (
        f"select fare as f from {T} where exists (from {S} as s where s.station = 'a')",
        {"f": "fare"},
    ),
    (f"select trip_id as id, (select max(city) from {S}) as c from {T}", {"id": "Trip Id"}),
    (f"select fare as f from {T} order by started_at desc limit 10", {"f": "fare"}),
    (
        f"select fare as f from {T} where fare > 1 union all select fare from {T} where fare < 0",
        {"f": "fare"},
    ),
    (
        (
            f"select fare as f, trip_id as i from {T} union all by name"
            f" select trip_id as i, fare as f from {T}"
        ),
        {"f": "fare", "i": "Trip Id"},
    ),
    (
        "{% set names = ['fare', 'station'] %}select trip_id as id"
        "{% for one in names %}, {{ one }} as the_{{ one }}{% endfor %}" + f" from {T}",
        {"id": "Trip Id", "the_fare": "fare", "the_station": "station"},
    ),
    (
        "{{ config(materialized='incremental') }}" + f"select fare as f, started_at as at from {T}"
        "{% if is_incremental() %} where started_at > (select max(at) from {{ this }}){% endif %}",
        {"f": "fare", "at": "started_at"},
    ),
    (
        (
            "with recursive a as ("
            f"select trip_id as id, 1 as n from {T} union all select id, n + 1 from a where n < 3"
            ") select id as trip from a"
        ),
        {"trip": "Trip Id"},
    ),
    (
        "select \"Trip Id\" as id, rider as who from {{ source('raw', 'trips') }}",
        {"id": "Trip Id", "who": "rider"},
    ),
    (
        "select price as cost, id as number from {{ ref('m_0') }}",
        {"cost": "fare", "number": "Trip Id"},
    ),
    ("select cost as c, number as n from {{ ref('m_35') }}", {"c": "fare", "n": "Trip Id"}),
    (f"select x.f as g from (select fare as f from {T}) as x, {S} as y", {"g": "fare"}),
    (f"select fare as f, fare as g, fare as h from {T}", {"f": "fare", "g": "fare", "h": "fare"}),
    (
        f"select t.fare as price from {T} as t semi join {S} as s on s.station = t.station",
        {"price": "fare"},
    ),
)
EVERY = {**TEXTS, "city": CODES["city"], "station code": CODES["station"]}


def shares(root) -> tuple[list[str], int]:
    """The columns that inherit nothing or another text, and how many there are."""
    declared = "".join(
        f"  - name: {table}\n    columns:\n"
        + "".join(
            f'    - {{name: {name}, description: "{text}"}}\n' for name, text in texts.items()
        )
        for table, texts in (("trips", TEXTS), ("stations", CODES))
    )
    files = {
        "dbt_project.yml": "name: shop\nprofile: shop\nversion: '1'\n",
        "models/_raw.yml": f"sources:\n- name: raw\n  tables:\n{declared}",
        "models/stg_trips.sql": 'select "Trip Id" as trip_id, started_at, station, fare'
        " from {{ source('raw', 'trips') }}",
        "models/stg_stations.sql": "select station, city from {{ source('raw', 'stations') }}",
    }
    files |= {f"models/m_{number}.sql": sql for number, (sql, _) in enumerate(FORMS)}
    lineage = ColumnLineage(Project.load(write(root, files)))
    lost, asked = [], 0
    for number, (sql, columns) in enumerate(FORMS):
        for name, of in columns.items():
            asked += 1
            found = inherited_description(lineage, f"model.shop.m_{number}", name)
            if found is None or found.text != EVERY[of]:
                lost.append(f"{name} of {sql}")
    return lost, asked


def test_every_column_that_is_one_of_its_parents_inherits_what_is_said_of_it(tmp_path) -> None:
    lost, asked = shares(tmp_path)
    assert asked >= 70
    assert lost == []
