{#- The columns that as_of_join adds, for engines without a way to say "all of them". -#}
{% macro scd_need_columns(join) -%}
    {%- if join.columns is none and execute -%}
        {{ exceptions.raise_compiler_error(
            'as_of_join: which columns the history has cannot be read here (a unit test, a CTE, or a table that is not'
            ~ " there yet); name those you want: columns=['...']"
        ) }}
    {%- endif -%}
    {{ return(join.columns or []) }}
{%- endmacro %}
