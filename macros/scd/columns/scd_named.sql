{#- The data column of the source that a name in the configuration means. Refuses a name that means none; where an
    expression may stand, what is no plain name gives none instead. -#}
{% macro scd_named(scd, given, setting, or_expression=false) -%}
    {%- set found = platform_macros.scd_find_column(scd.source_columns, given) -%}
    {%- if found -%}
        {%- for column in scd.data if column.source == platform_macros.scd_quote(found[0]) -%}
            {{ return(column) }}
        {%- endfor -%}
    {%- endif -%}
    {%- set is_gone = scd.exists and platform_macros.scd_find_column(scd.history_columns, given) -%}
    {%- set names = modules.re.findall('"[^"]+"|\\w+', given | string) -%}
    {%- set is_names = modules.re.match('^\\s*("[^"]+"|\\w+)(\\s*[.]\\s*("[^"]+"|\\w+))*\\s*$', given | string) -%}
    {#- a.b is an expression, a field, where there is a column a. -#}
    {%- set is_expression = not is_names or (names | length > 1 and platform_macros.scd_find_column(scd.source_columns, names[0])) -%}
    {%- if or_expression and not is_gone and is_expression -%}
        {{ return(none) }}
    {%- endif -%}
    {%- do platform_macros.scd_refuse(
        scd, 'missing_column',
        setting ~ ' names the column ' ~ given ~ ', which the source does not have'
        ~ platform_macros.scd_did_you_mean(given, scd.source_columns | map('first') | list)
    ) -%}
    {{ return(false) }}
{%- endmacro %}
