{#- SQL: is a part of the key (k0, k1, ...) NULL. -#}
{% macro scd_null_key(scd) -%}
    {%- set parts = [] -%}
    {%- for _ in scd.key -%}
        {%- do parts.append('k' ~ loop.index0 ~ ' is null') -%}
    {%- endfor -%}
    {{ return(parts | join(' or ')) }}
{%- endmacro %}
