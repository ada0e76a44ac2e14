{#- What the engine makes of a union of two types; none when it refuses. -#}
{% macro scd_union_type(left, right) -%}
    {{ return(adapter.dispatch('scd_union_type', 'platform_macros')(left, right)) }}
{%- endmacro %}

{% macro default__scd_union_type(left, right) -%}
    {%- if platform_macros.scd_type_family(left) == 'nested' -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(platform_macros.scd_rows(
        'select cast(pg_typeof(x) as text) from (select cast(null as ' ~ left ~ ') as x union all select cast(null as '
        ~ right ~ ')) as both_types limit 1'
    )[0][0]) }}
{%- endmacro %}

{% macro duckdb__scd_union_type(left, right) -%}
    {#- A union of a list and a structure is an error in the engine, and an error would end the transaction. -#}
    {%- set kinds = [] -%}
    {%- for type in [left, right] -%}
        {%- do kinds.append('list' if type.endswith(']') else type.split('(')[0] | lower) -%}
    {%- endfor -%}
    {%- if platform_macros.scd_type_family(left) == 'nested' and kinds[0] != kinds[1] -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(platform_macros.scd_rows(
        'select typeof(x) from (select cast(null as ' ~ left ~ ') as x union all select cast(null as '
        ~ right ~ ')) as both_types limit 1'
    )[0][0]) }}
{%- endmacro %}
