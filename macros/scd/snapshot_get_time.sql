{% macro default__snapshot_get_time() -%}
    {{ platform_macros.run_at() }}
{%- endmacro %}
