{#- The columns of a table beside the history, as they will be: `same` when it has them already, and `selected`, SQL that makes them from what is
    `there` (name and type). A column that the history calls otherwise now is found by the name it had, which another column may have taken. -#}
{% macro scd_in_line(there, columns) -%}
    {%- set same = namespace(yes=true) -%}
    {%- set selected = [] -%}
    {%- set taken = columns | selectattr('history_name') | map(attribute='history_name') | map('lower') | list -%}
    {%- for column in columns -%}
        {%- set found = platform_macros.scd_find_column(there, column.history_name) if column.history_name else none -%}
        {%- if not found and column.name | lower not in taken -%}
            {%- set found = platform_macros.scd_find_column(there, column.name) -%}
        {%- endif -%}
        {%- do selected.append(
            (platform_macros.scd_cast(platform_macros.scd_quote(found[0]), found[1], column.type) if found
            else 'cast(null as ' ~ column.type ~ ')') ~ ' as ' ~ column.quoted
        ) -%}
        {%- if not found or found[0] != column.name or found[1] | lower != column.type | lower -%}
            {%- set same.yes = false -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({'same': same.yes, 'selected': selected | join(', ')}) }}
{%- endmacro %}
