{#- SQL: the source's rows with k0, ... (the key), u (updated_at as the run reckons, if there is one) and s0, s1, ... (scd.data by
    position, in the history's types). -#}
{% macro scd_source_rows(scd, data=true) -%}
    select
        {%- for part in scd.key %}
        {{ part.source }} as k{{ loop.index0 }},
        {%- endfor %}
        {% if scd.sequence -%}
        {{ platform_macros.scd_cast(scd.sequence.source, scd.sequence.source_type, scd.time_type) }}
        {%- else -%}
        cast(null as {{ scd.time_type }})
        {%- endif %} as u
        {%- for column in scd.data if data and column.source %},
        {{ platform_macros.scd_cast(column.source, column.source_type, column.type) }} as s{{ scd.data.index(column) }}
        {%- endfor %}
    from {{ scd.source }} as source
{%- endmacro %}
