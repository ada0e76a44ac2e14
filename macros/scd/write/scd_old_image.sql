{#- SQL: the history's rows (alias history) with the columns and types it will have; `valid_to` may replace the end. -#}
{% macro scd_old_image(scd, valid_to=none) -%}
    {%- set parts = [] -%}
    {%- for column in scd.data -%}
        {%- do parts.append(
            (platform_macros.scd_cast('history.' ~ column.history, column.history_type, column.type)
            if column.history else 'cast(null as ' ~ column.type ~ ')') ~ ' as ' ~ column.quoted
        ) -%}
    {%- endfor -%}
    {%- for part, column in scd.meta.items() -%}
        {%- if part == 'dbt_is_deleted' and not column.history -%}
            {%- do parts.append("cast('False' as " ~ column.type ~ ') as ' ~ column.quoted) -%}
        {%- elif part == 'dbt_valid_to' and valid_to -%}
            {%- do parts.append(valid_to ~ ' as ' ~ column.quoted) -%}
        {%- else -%}
            {%- do parts.append(
                platform_macros.scd_cast('history.' ~ column.history, column.history_type, column.type) ~ ' as ' ~ column.quoted
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(parts | join(',\n        ')) }}
{%- endmacro %}
