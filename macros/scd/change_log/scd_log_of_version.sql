{#- SQL: a version of the history as an event, from the columns of sequence_by on. -#}
{% macro scd_log_of_version(scd, alias) -%}
    {%- for column in scd.log.breakers -%}
        , {{ alias ~ '.h' ~ scd.data.index(column) if column.history else 'cast(null as ' ~ column.type ~ ')' }}
    {%- endfor -%}
    , false, false
    {%- for column in scd.data -%}
        , {{ alias ~ '.h' ~ loop.index0 if column.history else 'cast(null as ' ~ column.type ~ ')' }}
    {%- endfor -%}
{%- endmacro %}
