{#- The events to keep beside the history: those that no version shows as they came. Nothing is kept twice. -#}
{% macro change_log_kept(log) -%}
    select
        o.scd_is_delete,
        false as scd_is_truncate,
        o.scd_sequence,
        {%- for column in log.data %}
        o.{{ 'scd_raw_' ~ (log.fill.index(column) + 1) if column in log.fill else adapter.quote(column) }}
        {%- if column in log.fill %} as {{ adapter.quote(column) }}{% endif %}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ log.ordered }} as o
    left join {{ log.versions }} as v
        on
            {{ platform_macros.change_log_same_key(log, 'o', 'v') }}
            and o.scd_sequence = v.scd_sequence
            and v.scd_is_shown
    where
        o.scd_origin >= 2
        and not o.scd_again
        and not o.scd_is_truncate
        {%- if log.type == 1 and not log.fill %}
        {#- One current row per key: only the newest delete can matter to a later event. #}
        and o.scd_is_delete and o.scd_next is null
        {%- else %}
        and (v.scd_sequence is null or o.scd_next = o.scd_sequence)
        {%- endif %}
    {%- if log.has_truncates %}
    union all
    select distinct
        true, true, t.scd_sequence,
        {%- for column in log.data %}
        {% if column == log.updated_at or column in log.sequence_by %}t.{{ adapter.quote(column) }}{% else %}cast(null as {{ log.types[column] }}) as {{ adapter.quote(column) }}{% endif %}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ log.batch }} as t
    {%- if log.has_history %}
    left join {{ log.events }} as k
        on {{ platform_macros.change_log_same_sequence(log, 't', 'k') }} and k.scd_is_truncate
    where t.scd_is_truncate and k.scd_sequence is null
    {%- else %}
    where t.scd_is_truncate
    {%- endif %}
    {%- endif %}
{%- endmacro %}
