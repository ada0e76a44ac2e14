{#- A column's name as SQL. Among known columns it is spelled as there; unknown ones are quoted when they need it. With
    `or_expression`, what is no name is SQL and stays as it is. -#}
{% macro scd_column(name, columns, or_expression=false) -%}
    {%- set text = name | string | trim -%}
    {%- if columns is not none -%}
        {%- set found = platform_macros.scd_find_column(columns, text) -%}
        {%- if found -%}
            {{ return(platform_macros.scd_quote(found[0])) }}
        {%- elif not (or_expression and not modules.re.match('^"?[\\w ]+"?$', text)) -%}
            {{ exceptions.raise_compiler_error(
                'there is no column ' ~ text ~ platform_macros.scd_did_you_mean(text, columns | map('first') | list)
            ) }}
        {%- endif -%}
        {{ return(text) }}
    {%- endif -%}
    {%- if modules.re.match('^[a-z_][a-z0-9_]*$', text) or modules.re.match('^\\w+( +\\w+)+$', text) -%}
        {{ return(platform_macros.scd_quote(text)) }}
    {%- endif -%}
    {{ return(text) }}
{%- endmacro %}
