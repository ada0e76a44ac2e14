{#- The type that holds the values of both columns: `old` (name, type of the history) and `new` (of the source).
    Numbers, times and nested values: what the engine makes of a union, if every value survives it, those among them that only the undo record
    or a kept event has. Else text. -#}
{% macro scd_common_type(scd, old, new) -%}
    {%- if old[1] == new[1] -%}
        {{ return(old[1]) }}
    {%- endif -%}
    {#- DuckDB's name for the type of a column of which it has only seen NULL. -#}
    {%- if new[1] == '"NULL"' or old[1] == '"NULL"' -%}
        {{ return(old[1] if new[1] == '"NULL"' else new[1]) }}
    {%- endif -%}
    {%- set family = platform_macros.scd_type_family(old[1]) -%}
    {%- if family not in ['number', 'time', 'nested'] or family != platform_macros.scd_type_family(new[1]) -%}
        {{ return(platform_macros.scd_text_type()) }}
    {%- endif -%}
    {%- set text = platform_macros.scd_text_type() -%}
    {%- set common = platform_macros.scd_union_type(old[1], new[1]) -%}
    {%- if common is none -%}
        {{ return(text) }}
    {%- endif -%}
    {%- set places = [(scd.history, old), (scd.source, new)] -%}
    {%- for table in ([scd.undo] if scd.has_undo else []) + ([scd.events] if scd.has_events else []) -%}
        {%- set found = platform_macros.scd_find_column(platform_macros.scd_columns_of(table), old[0]) -%}
        {%- if found and platform_macros.scd_type_family(found[1]) == 'number' -%}
            {%- do places.append((table, found)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for table, column in places if column[1] != common and family == 'number' -%}
        {%- set lost = platform_macros.scd_rows(
            'select cast(count(*) as varchar) from ' ~ table ~ ' where not ('
            ~ platform_macros.scd_survives(platform_macros.scd_quote(column[0]), column[1], common) ~ ')'
        ) -%}
        {%- if lost[0][0] | int > 0 -%}
            {{ return(text) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(common) }}
{%- endmacro %}
