{#- Name and type of every column of a table, given as SQL; types as the engine spells them in a cast. -#}
{% macro scd_columns_of(table) -%}
    {{ return(adapter.dispatch('scd_columns_of', 'platform_macros')(table)) }}
{%- endmacro %}

{% macro default__scd_columns_of(table) -%}
    {%- set query -%}
        select attname, format_type(atttypid, atttypmod) from pg_attribute
        where attrelid = cast({{ platform_macros.scd_text(table) }} as regclass) and attnum > 0 and not attisdropped
        order by attnum
    {%- endset -%}
    {{ return(platform_macros.scd_rows(query)) }}
{%- endmacro %}

{% macro duckdb__scd_columns_of(table) -%}
    {{ return(platform_macros.scd_rows('select column_name, column_type from (describe ' ~ table ~ ')')) }}
{%- endmacro %}
