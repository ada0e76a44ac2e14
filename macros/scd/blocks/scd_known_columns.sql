{#- [name, type] of every column of a relation; none when it is no relation, or is not there (yet). -#}
{% macro scd_known_columns(relation) -%}
    {%- if not execute or relation is string or not relation or relation.is_cte or not load_relation(relation) -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set columns = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do columns.append([column.name, column.data_type]) -%}
    {%- endfor -%}
    {{ return(columns or none) }}
{%- endmacro %}
