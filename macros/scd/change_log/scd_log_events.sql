{#- SQL: the kept events of earlier runs, typed as the history will be. -#}
{% macro scd_log_events(scd) -%}
    {%- set there = platform_macros.scd_columns_of(scd.events) -%}
    select
        {%- for part in scd.key %}
        {{ part.event }} as k{{ loop.index0 }},
        {%- endfor %}
        scd_sequence as u,
        {%- for column in scd.log.breakers %}
        {{ column.quoted }} as b{{ loop.index0 }},
        {%- endfor %}
        scd_is_truncate, scd_is_delete
        {%- for column in scd.data %},
        {{ column.quoted }} as d{{ loop.index0 }}
        {%- endfor %}
    from (
        select scd_is_truncate, scd_is_delete, scd_sequence
        {%- for column in scd.data -%}
        {%- set found = platform_macros.scd_find_column(there, column.name) %},
            {{ platform_macros.scd_cast(platform_macros.scd_quote(found[0]), found[1], column.type) if found else 'cast(null as ' ~ column.type ~ ')' }} as {{ column.quoted }}
        {%- endfor %}
        from {{ scd.events }}
    ) as events
{%- endmacro %}
