{#- SQL: the events of this batch, typed as the history is. -#}
{% macro scd_log_source(scd) -%}
    {%- set log = scd.log -%}
    {%- set truncate = 'coalesce((\n' ~ log.truncate_when ~ '\n), false)' if log.truncate_when is not none else 'false' -%}
    {%- set delete = 'coalesce((\n' ~ log.delete_when ~ '\n), false)' if log.delete_when is not none else 'false' -%}
    select
        {%- for part in scd.key %}
        {{ part.source }} as k{{ loop.index0 }},
        {%- endfor %}
        {{ platform_macros.scd_cast(scd.sequence.source, scd.sequence.source_type, scd.time_type) }} as u,
        {%- for column in log.breakers %}
        {{ platform_macros.scd_cast(column.source, column.source_type, column.type) }} as b{{ loop.index0 }},
        {%- endfor %}
        {{ truncate }} as scd_is_truncate,
        {{ delete if log.truncate_when is none else delete ~ ' and not ' ~ truncate }} as scd_is_delete
        {%- for column in scd.data %},
        {{ platform_macros.scd_cast(column.source, column.source_type, column.type) if column.source else 'cast(null as ' ~ column.type ~ ')' }} as d{{ loop.index0 }}
        {%- endfor %}
    from {{ scd.source }} as source
{%- endmacro %}
