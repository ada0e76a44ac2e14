{% test is_positive(model, column_name, strict=false) %}
    select * from {{ model }} where {{ column_name }} {{ '<=' if strict else '<' }} 0
{% endtest %}

{% macro test_below(model, column_name, high, factor=1) %}
    {{ config(tags=['from macro'], severity='warn') }}
    select * from {{ model }} where {{ column_name }} > {{ high }} * {{ factor }}
{% endmacro %}
