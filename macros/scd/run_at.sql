{#- Rendered here and not by the engine, so that the session's time zone has no say
    and every statement of a run shows the same time. -#}
{% macro run_at() -%}
    cast('{{ platform_macros.run_at_text() }}' as timestamp)
{%- endmacro %}
