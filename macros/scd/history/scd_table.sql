{#- The history, or a table beside it, as SQL. -#}
{% macro scd_table(scd, suffix) -%}
    {{ return(api.Relation.create(
        database=scd.database, schema=scd.schema, identifier=scd.identifier ~ suffix, type='table'
    ).render()) }}
{%- endmacro %}
