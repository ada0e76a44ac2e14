{#- The wanted columns of a history with their types, its rows, and the expected rows: all values as text, the expected ones by
    way of the column's type, so that equal values are equal texts. A row is a line of JSON. -#}
{% macro scd_compared_history(settings, test) -%}
    {%- set table = api.Relation.create(
        database=settings.database, schema=settings.schema, identifier=settings.identifier, type='table'
    ).render() -%}
    {%- set there = settings.identifier in platform_macros.scd_tables_there(settings) -%}
    {%- set known = platform_macros.scd_columns_of(table) if there else [] -%}
    {%- set columns = [] -%}
    {%- set cells = [] -%}
    {%- for name in test.columns -%}
        {%- set column = platform_macros.scd_find_column(known, name) -%}
        {%- do columns.append([name, column[1] if column else '']) -%}
        {%- do cells.append('cast(' ~ (platform_macros.scd_quote(column[0]) if column else 'null') ~ ' as varchar)') -%}
    {%- endfor -%}

    {%- set expected = [] -%}
    {%- for row in test.expect -%}
        {%- set texts = [] -%}
        {%- for literal in row -%}
            {%- set type = columns[loop.index0][1] -%}
            {%- set plain = 'cast(' ~ literal ~ ' as varchar)' -%}
            {%- do texts.append(
                'coalesce(cast(try_cast(' ~ literal ~ ' as ' ~ type ~ ') as varchar), ' ~ plain ~ ')' if type else plain
            ) -%}
        {%- endfor -%}
        {%- do expected.append('select ' ~ loop.index ~ ' as n, to_json([' ~ texts | join(', ') ~ ']) as row_text') -%}
    {%- endfor -%}
    {{ return({
        'columns': columns,
        'history': platform_macros.scd_rows(
            'select to_json([' ~ cells | join(', ') ~ ']) as row_text from ' ~ table ~ ' order by row_text'
        ) | map('first') | list if there else [],
        'expect': platform_macros.scd_rows(
            'select row_text from (' ~ expected | join(' union all ') ~ ') as expected order by n'
        ) | map('first') | list if expected else []
    }) }}
{%- endmacro %}
