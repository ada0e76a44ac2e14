{#- Removes the tables of this run: the connection may serve another snapshot after it. -#}
{% macro scd_drop_temporaries(scd) -%}
    {%- for table in scd.temporaries -%}
        {%- do platform_macros.scd_execute('drop table if exists ' ~ table) -%}
    {%- endfor -%}
{%- endmacro %}
