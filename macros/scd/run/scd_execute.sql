{#- Runs one statement in the transaction. -#}
{% macro scd_execute(sql) -%}
    {%- call statement(auto_begin=true) -%}{{ sql }}{%- endcall -%}
{%- endmacro %}
