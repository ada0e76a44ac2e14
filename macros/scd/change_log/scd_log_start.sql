{#- SQL: where a version starts; the first one of a key reaches back to initial_valid_from. -#}
{% macro scd_log_start(scd, start, is_first) -%}
    {%- set log = scd.log -%}
    {%- if log.initial -%}
        case
            when
                {{ is_first }} and {{ log.initial }} < {{ start }}
                {%- if scd.exists and log.type == 2 %}
                and not exists (
                    select 1 from {{ log.earlier }} as earlier where {{ platform_macros.scd_key_columns(scd, 'earlier', 'events') }}
                )
                {%- endif %}
                then {{ log.initial }}
            else {{ start }}
        end
    {%- else -%}
        {{ start }}
    {%- endif -%}
{%- endmacro %}
