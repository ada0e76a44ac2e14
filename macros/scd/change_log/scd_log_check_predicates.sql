{#- Lets the engine read delete_when and truncate_when alone, before anything else, and refuses what is no predicate. -#}
{% macro scd_log_check_predicates(scd) -%}
    {%- for name in ['delete_when', 'truncate_when'] if scd.log[name] is not none -%}
        {%- do platform_macros.scd_log_check_predicate_text(scd, name) -%}
    {%- endfor -%}
    {%- for name in ['delete_when', 'truncate_when'] if scd.log[name] is not none and not scd.refusals -%}
        {%- set probe = platform_macros.scd_create_temporary(
            scd, name, 'select /* meta.scd.' ~ name ~ ' of snapshot ' ~ (scd.name | replace('*/', '')) ~ ' */ (\n' ~ scd.log[name] ~ '\n) as answer from ' ~ scd.source
            ~ ' as source limit 0'
        ) -%}
        {%- set type = platform_macros.scd_columns_of(probe)[0][1] -%}
        {%- if type | lower != 'boolean' -%}
            {%- do platform_macros.scd_refuse(
                scd, 'unknown_setting', 'meta.scd.' ~ name ~ ' is ' ~ scd.log[name] ~ ', which is no condition (it gives ' ~ type ~ "); write one, say op = 'D'"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
