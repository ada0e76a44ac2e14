{#- The [name, type] that a name in YAML means: spelled the same, else whatever the letter case; quotes around it are
    not part of it. None when there is none. -#}
{% macro scd_find_column(columns, name) -%}
    {%- set mark = adapter.quote('x')[0] -%}
    {%- set bare = name | string | trim -%}
    {%- if bare | length > 2 and bare[0] == mark and bare[-1] == mark -%}
        {%- set bare = bare[1:-1] | replace(mark ~ mark, mark) -%}
    {%- endif -%}
    {%- for column in columns if column[0] == bare -%}
        {{ return(column) }}
    {%- endfor -%}
    {%- for column in columns if column[0] | lower == bare | lower -%}
        {{ return(column) }}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}
