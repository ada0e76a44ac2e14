{#- scd.key: per part of unique_key its SQL over the source, the history and the kept events. A part names a column or, as in dbt,
    is an expression. -#}
{% macro scd_match_key(scd) -%}
    {%- set parts = [] -%}
    {%- for given in scd.unique_key -%}
        {%- set column = platform_macros.scd_named(scd, given, 'unique_key', or_expression=true) -%}
        {%- if column is none -%}
            {%- set sql = '(' ~ given ~ ')' -%}
            {%- do parts.append({'source': sql, 'history': sql, 'event': sql, 'name': none, 'type': none}) -%}
        {%- elif column and scd.exists and not column.history -%}
            {%- do platform_macros.scd_refuse(
                scd, 'key_change',
                'the key column ' ~ column.name ~ ' is new: no version of the history has a value there. Load it into a new'
                ~ ' snapshot, or add the column to the history and fill it first'
            ) -%}
        {%- elif column -%}
            {%- set source = platform_macros.scd_cast(column.source, column.source_type, column.type) -%}
            {%- set history = platform_macros.scd_cast(column.history, column.history_type, column.type) if column.history -%}
            {%- do parts.append({
                'source': platform_macros.scd_key_value(source, column.type),
                'history': platform_macros.scd_key_value(history, column.type) if history,
                'event': platform_macros.scd_key_value(column.quoted, column.type),
                'name': column.name,
                'type': column.type
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do scd.update({'key': parts}) -%}
    {%- do platform_macros.scd_match_key_expressions(scd) -%}
{%- endmacro %}
