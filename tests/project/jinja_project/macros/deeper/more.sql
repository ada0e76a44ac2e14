{% macro deeper() -%} deep {%- endmacro %}


{% test in_macros(model, column_name) %}select * from {{ model }} where {{ column_name }} is null{% endtest %}
{% materialization odd, adapter='duckdb' %}{% endmaterialization %}
{% materialization plain_one, default %}{% endmaterialization %}
