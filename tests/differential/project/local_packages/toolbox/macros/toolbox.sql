{% macro scaled(column, factor=100) %}{{ return(adapter.dispatch('scaled', 'toolbox')(column, factor)) }}{% endmacro %}
{% macro default__scaled(column, factor) %}({{ column }} / {{ factor }}){% endmacro %}

{% macro star_of(relation, except=[]) -%}
    {%- if not execute -%}{{ return('*') }}{%- endif -%}
    {%- for c in adapter.get_columns_in_relation(relation) if c.name not in except -%}
    {{ c.name }}{% if not loop.last %}, {% endif %}
    {%- endfor -%}
{%- endmacro %}

{% macro overridden() %}package{% endmacro %}

{% macro generate_schema_name(custom_schema_name, node) %}never used{% endmacro %}

{% test at_least_one(model, column_name) %}
    select 1 where (select count({{ column_name }}) from {{ model }}) = 0
{% endtest %}

{% test unique_together(model, columns, quote_columns=false, note=none) %}
    select {{ columns | join(', ') }} from {{ model }} group by {{ columns | join(', ') }} having count(*) > 1
{% endtest %}
