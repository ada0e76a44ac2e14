{#- The one thing that is not dbt's own: a clock that can be set. -#}
{% macro default__snapshot_get_time() -%}
    cast('{{ var("run_at") }}' as timestamp)
{%- endmacro %}
