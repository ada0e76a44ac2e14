{#- SQL: k0, k1, ... of a table, or with a second one the condition that both have one key. -#}
{% macro scd_key_columns(scd, alias, other=none) -%}
    {%- set parts = [] -%}
    {%- for _ in scd.key -%}
        {%- set k = 'k' ~ loop.index0 -%}
        {%- do parts.append(alias ~ '.' ~ k if other is none else alias ~ '.' ~ k ~ ' = ' ~ other ~ '.' ~ k) -%}
    {%- endfor -%}
    {{ return(parts | join(', ' if other is none else ' and ')) }}
{%- endmacro %}
