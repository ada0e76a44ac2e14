"""The repairs, each as SQL from the versions as they are to the versions as they should be.

They work on a table `pieces`, one row per version: `r` (the row that it takes its values from),
`k0`, ... (the key), `shown` (the key as text), `id`, `start`, `stop` (NULL while open), `updated`
and `deleted`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from platform_cli.snapshots.same_version import same_version

if TYPE_CHECKING:
    from platform_cli.snapshots.history_table import HistoryTable

_MANY = 10
_SHARE = 0.2
"""A mass closure: more keys than this and more than this share of the open ones, or all of them.
The engine's guard `mass_delete` has the same limits."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One repair. `cures` are the faults of `verify` that it mends; none: only when it is named."""

    name: str
    what: str
    cures: tuple[str, ...]
    sql: Callable[[HistoryTable, frozenset[str]], str]


def _keys(history: HistoryTable, alias: str = "") -> str:
    before = f"{alias}." if alias else ""
    return ", ".join(f"{before}k{at}" for at in range(len(history.key)))


def _null_keys(history: HistoryTable, _: frozenset[str]) -> str:
    known = " and ".join(f"k{at} is not null" for at in range(len(history.key)))
    return f"select * from temp.pieces where {known}"


def _empty_versions(_: HistoryTable, __: frozenset[str]) -> str:
    return "select * from temp.pieces where stop is null or start is null or start < stop"


def _overlaps(history: HistoryTable, chosen: frozenset[str]) -> str:
    """At every time the version that began last holds, of those that claim the time.

    Of two that began together the one updated last, then the open one, then the longer one.
    """
    keys = _keys(history)
    kinds = [
        condition
        for kind, condition in (("several-open", "n_open > 1"), ("overlaps", "n_open <= 1"))
        if kind in chosen
    ]
    on_key = " and ".join(f"t.k{at} = p.k{at}" for at in range(len(history.key)))
    meta = "p.r, p.id, p.updated, p.deleted, p.shown"
    return f"""
    with valid as (
        -- What claims no time loses none: it stays as it is.
        select * from temp.pieces where start is not null and (stop is null or start < stop)
    ),
    marked as (
        select *,
            lead(start) over (partition by {keys} order by start, stop nulls last) as next_start,
            count(*) filter (stop is null) over (partition by {keys}) as n_open
        from valid
    ),
    chosen as (
        select distinct {keys} from marked
        where (stop is null or next_start < stop) and next_start is not null
            and ({" or ".join(kinds)})
    ),
    mine as (select p.* from valid as p semi join chosen as t on {on_key}),
    times as (
        select {keys}, start as t from mine
        union
        select {keys}, stop from mine where stop is not null
    ),
    spans as (
        select *, lead(t) over (partition by {keys} order by t) as until from times
    ),
    winners as (
        select {_keys(history, "t")}, t.t, t.until, {meta}, p.start
        from spans as t
        inner join mine as p on {on_key} and p.start <= t.t and (p.stop is null or p.stop > t.t)
        qualify row_number() over (
            partition by {_keys(history, "t")}, t.t
            order by p.start desc, p.updated desc nulls last, p.stop desc nulls first, p.r
        ) = 1
    ),
    fresh as (
        select *,
            case when lag(r) over w = r and lag(until) over w = t then 0 else 1 end as is_fresh
        from winners window w as (partition by {keys} order by t)
    ),
    numbered as (
        select *, sum(is_fresh) over (partition by {keys} order by t) as island from fresh
    ),
    cut as (
        select
            any_value(r) as r, {keys}, any_value(shown) as shown,
            case when min(t) = any_value(start) then any_value(id)
                else {version_id(history, "min(t)")} end as id,
            min(t) as start, case when count(*) = count(until) then max(until) end as stop,
            any_value(updated) as updated, any_value(deleted) as deleted
        from numbered group by {keys}, island
    )
    select * from temp.pieces as p where p.r not in (select r from mine)
    union all by name
    select * from cut"""


def _repeated_ids(history: HistoryTable, _: frozenset[str]) -> str:
    own = version_id(history, "start")
    return f"""
    with named as (
        select *, coalesce({own}, md5(shown)) as own from temp.pieces
    ),
    held as (
        select *, id is not null and row_number() over (
            partition by id order by id <> own, start, {_keys(history)}, r
        ) = 1 as is_kept
        from named
    ),
    placed as (
        select *, row_number() over (partition by is_kept, own order by start, r) as of_own
        from held
    )
    select * exclude (own, is_kept, of_own) replace (
        case when is_kept then id
            when of_own = 1 and own not in (select id from held where is_kept) then own
            else md5(own || ':' || cast(r as varchar)) end as id
    ) from placed"""


def _false_versions(history: HistoryTable, _: frozenset[str]) -> str:
    return f"""
    with paired as (
        select *, case when lag(stop) over w = start and lag(deleted) over w = deleted
            then lag(r) over w end as previous
        from temp.pieces window w as (partition by {_keys(history)} order by start, stop nulls last)
    ),
    {_joined(history)}
    select * from {_merged(history, "judged")}"""


def _reopened(history: HistoryTable, _: frozenset[str]) -> str:
    keys = _keys(history)
    on_key = " and ".join(f"d.k{at} = j.k{at}" for at in range(len(history.key)))
    return f"""
    with there as (
        select *, lag(stop) over w as ended, lag(r) over w as before
        from temp.pieces where not deleted
        window w as (partition by {keys} order by start, stop nulls last)
    ),
    paired as (
        select * exclude (before), case when ended < start then before end as previous from there
    ),
    {_joined(history)},
    gaps as (
        select ended, start, count(*) as n from judged where is_same
        group by ended, start having n > 1
    ),
    accidents as (
        select ended, start from (
            select *, (
                select count(*) from there as o
                where o.start < gaps.ended and (o.stop is null or o.stop >= gaps.ended)
            ) as n_open
            from gaps
        ) where n >= n_open or (n > {_MANY} and n > {_SHARE} * n_open)
    ),
    meant as (
        select * replace (is_same and exists (
            select 1 from accidents as a
            where a.ended = judged.ended and a.start = judged.start
        ) as is_same)
        from judged
    )
    select * from {_merged(history, "meant")}
    union all by name
    select d.* from temp.pieces as d
    anti join (select * from meant where is_same) as j
        on {on_key} and d.start >= j.ended and d.stop <= j.start
    where d.deleted"""


def _joined(history: HistoryTable) -> str:
    """CTE `judged`: the rows of `paired`, and whether each shows what the one before it showed."""
    return f"""judged as (
        select paired.*, coalesce({same_version(history, "older", "newer")}, false)
            and paired.previous is not null as is_same
        from paired
        left join {history.table()} as older on older.rowid = paired.previous
        left join {history.table()} as newer on newer.rowid = paired.r
    )"""


def _merged(history: HistoryTable, judged: str) -> str:
    """Each version with those after it that are the same: first start, last end, last values."""
    keys = _keys(history)
    return f"""(
        select
            arg_max(r, start) as r, {keys}, any_value(shown) as shown,
            arg_min(id, start) as id, min(start) as start,
            case when count(*) = count(stop) then max(stop) end as stop,
            arg_max(updated, start) as updated, any_value(deleted) as deleted
        from (
            select *, sum(case when is_same then 0 else 1 end) over (
                partition by {keys} order by start, stop nulls last rows unbounded preceding
            ) as island
            from {judged}
        ) group by {keys}, island
    )"""


def version_id(history: HistoryTable, start: str) -> str:
    """SQL: the id that the engine gives a version, from its key and start."""
    times = dict(history.columns)[history.meta["dbt_valid_from"]]
    moment = f"timezone('UTC', {start})" if times == "TIMESTAMP WITH TIME ZONE" else start
    parts = [f"k{at}" for at in range(len(history.key))] + [moment]
    texts = [f"cast({part} as varchar)" for part in parts]
    measured = [f"cast(length({one}) as varchar) || ':' || {one}" for one in texts]
    return f"md5({' || '.join(measured)})"


KINDS = (
    Kind(
        "null-keys",
        "rows without a key belong to nothing: they go",
        ("null_key",),
        _null_keys,
    ),
    Kind(
        "empty-versions",
        "a version that ends no later than it begins is valid at no time: it goes",
        ("not_after",),
        _empty_versions,
    ),
    Kind(
        "several-open",
        "at every time the version that began last holds; the older ones end where it begins",
        ("several_open",),
        _overlaps,
    ),
    Kind(
        "overlaps",
        "at every time the version that began last holds; around it the other one goes on",
        ("overlap",),
        _overlaps,
    ),
    Kind(
        "repeated-ids",
        "the version that an id was made for keeps it, or the first one; the others get new ones",
        ("repeated_id", "no_id"),
        _repeated_ids,
    ),
    Kind(
        "reopened",
        "keys that were closed all at once and came back unchanged: the gap was none",
        (),
        _reopened,
    ),
    Kind(
        "false-versions",
        "neighbours that show the same values become one version, with the newer spelling",
        (),
        _false_versions,
    ),
)
