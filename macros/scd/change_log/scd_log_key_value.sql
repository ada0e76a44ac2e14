{#- SQL: a data column of an event of which only the key is known. -#}
{% macro scd_log_key_value(scd, column, alias) -%}
    {%- for part in scd.key if part.name == column.name -%}
        {{ return(alias ~ '.k' ~ loop.index0) }}
    {%- endfor -%}
    {{ return('cast(null as ' ~ column.type ~ ')') }}
{%- endmacro %}
