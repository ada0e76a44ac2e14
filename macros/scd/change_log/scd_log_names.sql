{#- SQL: columns of the steps, each after the alias: e.k0, e.k1. With `other`, the condition that both rows have the same (keys: no NULL). -#}
{% macro scd_log_names(names, alias, other=none) -%}
    {%- set parts = [] -%}
    {%- for name in names -%}
        {%- do parts.append(alias ~ '.' ~ name if other is none else alias ~ '.' ~ name ~ ' = ' ~ other ~ '.' ~ name) -%}
    {%- endfor -%}
    {{ return(parts | join(', ' if other is none else ' and ')) }}
{%- endmacro %}
