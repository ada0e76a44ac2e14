{#- Pieces of the history that do not overlap under one key are joined: each fact meets at most one. When the key of the join
    is the history's own, its versions are such pieces; else pieces are cut wherever any version under the key starts or ends. -#}
{% macro as_of_join(
    facts, history, on, at, columns=none, prefix='', how='left', prefer=none, method='asof', unique_key=none,
    valid_from=none, valid_to=none, valid_to_current=none, is_deleted=none
) -%}
    {%- if how not in ['left', 'inner'] -%}
        {{ exceptions.raise_compiler_error("as_of_join: how is '" ~ how ~ "', write left or inner") }}
    {%- endif -%}
    {%- if method not in ['asof', 'range'] -%}
        {{ exceptions.raise_compiler_error("as_of_join: method is '" ~ method ~ "', write asof or range") }}
    {%- endif -%}
    {%- set asof = method == 'asof' and target.type == 'duckdb' and var('platform_scd_form', 'duckdb') != 'portable' -%}
    {%- set known = platform_macros.scd_history(history, {
        'unique_key': unique_key, 'valid_from': valid_from, 'valid_to': valid_to,
        'valid_to_current': valid_to_current, 'is_deleted': is_deleted
    }) -%}
    {%- set fact_columns = platform_macros.scd_known_columns(facts) -%}
    {%- set pairs = [] -%}
    {%- for fact_key in ([on] if on is string else on) -%}
        {%- do pairs.append((
            'facts.' ~ platform_macros.scd_column(fact_key, fact_columns),
            platform_macros.scd_column(on[fact_key] if on is mapping else fact_key, known.columns)
        )) -%}
    {%- endfor -%}
    {%- set keys = pairs | map('last') | list -%}
    {%- set is_key = known.unique_key and not (known.unique_key | reject('in', keys) | list) -%}
    {%- set join = {
        'facts': platform_macros.scd_from(facts),
        'pairs': pairs,
        'at': platform_macros.scd_fact_time(at, fact_columns),
        'pieces': platform_macros.scd_pieces(known, keys, is_key, prefer, asof),
        'hidden': ['scd_from', 'scd_to'] + ([] if is_key else ['scd_rank']) + keys,
        'how': how,
        'prefix': prefix,
        'columns': platform_macros.scd_joined_columns(known, fact_columns, keys, columns, prefix)
    } -%}
    {%- if asof -%}
        {{ adapter.dispatch('scd_as_of_join', 'platform_macros')(join) }}
    {%- else -%}
        {{ platform_macros.default__scd_as_of_join(join) }}
    {%- endif -%}
{%- endmacro %}

{% macro default__scd_as_of_join(join) -%}
    (
        select
            facts.*
            {%- for column in platform_macros.scd_need_columns(join) %},
            scd_pieces.{{ column[0] }} as {{ column[1] }}
            {%- endfor %}
        from {{ join.facts }} as facts
        {{ join.how }} join {{ join.pieces | indent(4) }} as scd_pieces
            on
                {%- for fact_key, key in join.pairs %}
                {{ fact_key }} = scd_pieces.{{ key }} and
                {%- endfor %}
                {{ join.at }} >= scd_pieces.scd_from
                and (scd_pieces.scd_to is null or {{ join.at }} < scd_pieces.scd_to)
    )
{%- endmacro %}

{#- ASOF finds the last piece that started; whether it had ended is asked afterwards. The same question in the join's
    condition gives the same rows, but DuckDB (2.0) then compares every fact with every version. The time is a column because ASOF takes no constant. -#}
{% macro duckdb__scd_as_of_join(join) -%}
    {%- set there = '(scd_pieces.scd_to is null or facts.scd_at < scd_pieces.scd_to)' -%}
    (
        select
            facts.* exclude (scd_at)
            {%- if join.columns is none %},
            case when {{ there }} then columns(scd_pieces.* exclude ({{ join.hidden | unique | join(', ') }})) end
                as {{ platform_macros.scd_quote(join.prefix ~ '\\0') }}
            {%- endif %}
            {%- for column in join.columns or [] %},
            case when {{ there }} then scd_pieces.{{ column[0] }} end as {{ column[1] }}
            {%- endfor %}
        from (select facts.*, {{ join.at }} as scd_at from {{ join.facts }} as facts) as facts
        asof {{ join.how }} join {{ join.pieces | indent(4) }} as scd_pieces
            on
                {%- for fact_key, key in join.pairs %}
                {{ fact_key }} = scd_pieces.{{ key }} and
                {%- endfor %}
                facts.scd_at >= scd_pieces.scd_from
        {%- if join.how == 'inner' %}
        where {{ there }}
        {%- endif %}
    )
{%- endmacro %}
