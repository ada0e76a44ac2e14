{#- SQL: the order of a key's events. A truncate comes before the rows of its own sequence; of repetitions the one that is already known
    comes last, for it stays. -#}
{% macro scd_log_order(scd) -%}
    {%- set parts = ['u'] -%}
    {%- for name in scd.log.b -%}{%- do parts.append(name ~ ' nulls first') -%}{%- endfor -%}
    {%- if scd.log.truncate_when is not none -%}{%- do parts.append('case when scd_is_truncate then 0 else 1 end') -%}{%- endif -%}
    {{ return(parts | join(', ') ~ ', scd_origin desc') }}
{%- endmacro %}
