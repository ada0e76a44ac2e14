{% test positive(model, column_name, than=0) %}
{{ config(severity='warn') }}
select * from {{ model }} where {{ column_name }} <= {{ than }}
{% endtest %}
{% macro not_seen() %}{% endmacro %}
