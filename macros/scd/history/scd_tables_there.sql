{#- Name -> kind of the history and the tables beside it. Not from dbt's cache: another process may have made them. -#}
{% macro scd_tables_there(scd) -%}
    {%- set found = {} -%}
    {%- set query -%}
        select table_name, table_type from information_schema.tables
        where lower(table_schema) = {{ platform_macros.scd_text(scd.schema | lower) }}
        {%- if scd.database %} and lower(table_catalog) = {{ platform_macros.scd_text(scd.database | lower) }}{% endif %}
        and lower(table_name) in (
            {%- for suffix in ['', '__runs', '__undo', '__events'] -%}
                {{ platform_macros.scd_text((scd.identifier ~ suffix) | lower) }}{{ ', ' if not loop.last }}
            {%- endfor -%}
        )
    {%- endset -%}
    {%- for row in platform_macros.scd_rows(query) -%}
        {%- for suffix in ['', '__runs', '__undo', '__events'] if (scd.identifier ~ suffix) | lower == row[0] | lower -%}
            {%- do found.update({scd.identifier ~ suffix: row[1]}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
