{% macro tidy(column) %}{{ return(adapter.dispatch('tidy', 'gen')(column)) }}{% endmacro %}
{% macro default__tidy(column) %}trim({{ column }}){% endmacro %}
{% macro duckdb__tidy(column) %}trim(cast({{ column }} as {{ dbt.type_string() }})){% endmacro %}

{# the root's version of a package's dispatched macro #}
{% macro default__scaled(column, factor) %}({{ column }} * {{ factor }} / 1.0){% endmacro %}
