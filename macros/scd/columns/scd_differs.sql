{#- SQL: are two values of one type different. NULL equals NULL, NaN equals NaN. JSON compares as its members, in
    whatever order; `roughly` compares its text instead: true for everything that may differ, and cheap. -#}
{% macro scd_differs(left, right, type, roughly=false) -%}
    {{ return(adapter.dispatch('scd_differs', 'platform_macros')(left, right, type, roughly)) }}
{%- endmacro %}

{% macro default__scd_differs(left, right, type, roughly) -%}
    {%- if type | lower == 'json' -%}
        cast({{ left }} as jsonb) is distinct from cast({{ right }} as jsonb)
    {%- else -%}
        {{ left }} is distinct from {{ right }}
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__scd_differs(left, right, type, roughly) -%}
    {%- if type | lower == 'json' and not roughly -%}
        ({{ left }} is null) <> ({{ right }} is null)
        or (select list((fullkey, type, atom) order by fullkey) from json_tree({{ left }}))
        is distinct from (select list((fullkey, type, atom) order by fullkey) from json_tree({{ right }}))
    {%- else -%}
        {{ left }} is distinct from {{ right }}
    {%- endif -%}
{%- endmacro %}
