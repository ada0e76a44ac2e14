{% macro overridden() %}root{% endmacro %}
