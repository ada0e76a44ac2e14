{#- SQL: every key that may need something: its address in the history (scd_target, NULL when it has no open version) and its key in the
    source (k0, ..., NULL when it is missing there). Narrow, because a source may have any number of columns and rows. -#}
{% macro scd_candidates(scd) -%}
    {{ return(adapter.dispatch('scd_candidates', 'platform_macros')(scd)) }}
{%- endmacro %}

{% macro default__scd_candidates(scd) -%}
    {%- set compared = platform_macros.scd_compared(scd) -%}
    with source_rows as (
        {{ platform_macros.scd_source_rows(scd) }}
    ),
    open_versions as (
        {{ platform_macros.scd_versions(scd, open_only=true) }}
    )
    select open_versions.scd_target, {{ platform_macros.scd_key_columns(scd, 'source_rows') }}
    from source_rows
    full join open_versions on {{ platform_macros.scd_key_columns(scd, 'source_rows', 'open_versions') }}
    where
        open_versions.scd_target is null
        or source_rows.k0 is null
        or open_versions.scd_deleted
        {%- for column in compared %}
        or {{ platform_macros.scd_column_differs(scd, column, 'source_rows', 'open_versions', roughly=true) }}
        {%- endfor %}
{%- endmacro %}

{#- From 2 million rows on, the rows' hashes are joined and not the rows: 1.4 GB instead of 2.4 for 10 million rows of ten columns, and a
    quarter less time (tests/benchmarks/RESULTS.md). Two rows that differ have the same 64 bits once in 2^64. The engine's hash says the
    same of different lists, structures and 128-bit numbers, so these are compared themselves. -#}
{% macro duckdb__scd_candidates(scd) -%}
    {%- if scd.counts.source < scd.get('hash_from', 2000000) -%}
        {{ return(platform_macros.default__scd_candidates(scd)) }}
    {%- endif -%}
    {%- set hashed = [] -%}
    {%- set kept = [] -%}
    {%- for column in platform_macros.scd_compared(scd) -%}
        {%- set plain = modules.re.match(
            '^(boolean|u?(tiny|small|big)int|u?integer|float|double|varchar|blob|date|time|timestamp(_s|_ms|_ns)?|timestamp with time zone|decimal\\((\\d|1[0-8]),\\d+\\))$',
            column.type | lower
        ) -%}
        {%- do (hashed if plain else kept).append(column) -%}
    {%- endfor -%}
    {%- set sides = [] -%}
    {%- for letter in ['s', 'h'] -%}
        {%- set parts = ['0'] -%}
        {%- for column in hashed -%}
            {%- do parts.append(
                letter ~ scd.data.index(column) if letter == 's' or column.history else 'cast(null as ' ~ column.type ~ ')'
            ) -%}
        {%- endfor -%}
        {%- do sides.append('hash(' ~ parts | join(', ') ~ ') as x') -%}
    {%- endfor -%}
    with source_rows as (
        select
            {{ platform_macros.scd_key_columns(scd, 'source_rows') }}, {{ sides[0] }}
            {%- for column in kept %}, s{{ scd.data.index(column) }}{% endfor %}
        from (
            {{ platform_macros.scd_source_rows(scd) }}
        ) as source_rows
    ),
    open_versions as (
        select
            scd_target, scd_deleted, {{ platform_macros.scd_key_columns(scd, 'versions') }}, {{ sides[1] }}
            {%- for column in kept if column.history %}, h{{ scd.data.index(column) }}{% endfor %}
        from (
            {{ platform_macros.scd_versions(scd, open_only=true) }}
        ) as versions
    )
    select open_versions.scd_target, {{ platform_macros.scd_key_columns(scd, 'source_rows') }}
    from source_rows
    full join open_versions on {{ platform_macros.scd_key_columns(scd, 'source_rows', 'open_versions') }}
    where
        open_versions.scd_target is null
        or source_rows.k0 is null
        or open_versions.scd_deleted
        or source_rows.x <> open_versions.x
        {%- for column in kept %}
        or {{ platform_macros.scd_column_differs(scd, column, 'source_rows', 'open_versions', roughly=true) }}
        {%- endfor %}
{%- endmacro %}
