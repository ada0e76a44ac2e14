{#- Notes a refusal; scd_snapshot stops after the step that did. -#}
{% macro scd_refuse(scd, name, message, keys=[]) -%}
    {%- do scd.refusals.append({'name': name, 'message': message, 'keys': keys}) -%}
{%- endmacro %}
