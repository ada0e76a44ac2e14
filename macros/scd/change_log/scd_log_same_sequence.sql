{#- SQL: do two rows have the same full sequence. A history from before may lack a column of sequence_by. -#}
{% macro scd_log_same_sequence(scd, left, right) -%}
    {%- set parts = [left ~ '.u = ' ~ right ~ '.u'] -%}
    {%- for name in scd.log.b -%}
        {%- do parts.append(left ~ '.' ~ name ~ ' is not distinct from ' ~ right ~ '.' ~ name) -%}
    {%- endfor -%}
    {{ return(parts | join(' and ')) }}
{%- endmacro %}
