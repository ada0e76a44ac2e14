from platform_cli.project.lineage.coverage import Coverage, UnknownColumn, coverage


def test_what_is_unknown_is_counted_and_listed(lineage) -> None:
    files = {
        "models/odd.sql": "select p.code, q.thing, thing from {{ ref('ports') }} as p"
        " join {{ ref('stg_people') }} as q on true join {{ source('raw', 'orders') }} on true",
    }
    known = lineage(files)
    why = "thing may be of orders or stg_people"
    assert coverage(
        known, ["model.shop.odd", "model.shop.stg_people", "seed.shop.ports"]
    ) == Coverage(
        known=3,
        columns=4,
        resources=2,
        unknown=(UnknownColumn("model.shop.odd", "thing_1", why),),
        open=(
            (
                "model.shop.stg_people",
                "raw.people may have columns that its YAML does not list",
            ),
        ),
    )
