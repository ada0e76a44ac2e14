{#- SQL: the events to keep beside the history: those that no version shows as they came, none twice. Rows as scd_log_events gives them. -#}
{% macro scd_log_kept(scd) -%}
    {%- set log = scd.log -%}
    {%- set sequence = ['u'] + log.b -%}
    select {{ platform_macros.scd_log_names(sequence, 'events') }}, events.scd_is_truncate, events.scd_is_delete
        {%- for name in log.d %}, events.{{ platform_macros.scd_log_raw(scd, name) }} as {{ name }}{% endfor %}
    from {{ log.ordered }} as events
    left join {{ log.versions }} as versions
        on {{ platform_macros.scd_key_columns(scd, 'events', 'versions') }} and events.u = versions.u and versions.scd_is_shown
    where
        events.scd_origin >= 2
        and not events.scd_again
        and not events.scd_is_truncate
        {%- if log.type == 1 and not log.fill %}
        {#- Of a key without a current row only its last delete can matter to a later event. #}
        and events.scd_is_delete and events.scd_next is null
        {%- else %}
        and (versions.u is null or events.scd_next = events.u)
        {%- endif %}
    {%- if log.has_truncates %}
    union all
    select distinct {{ platform_macros.scd_log_names(sequence, 'truncates') }}, true, true
        {%- for column in scd.data -%}
        , {{ 'truncates.d' ~ loop.index0 if column == scd.sequence or column in log.breakers else 'cast(null as ' ~ column.type ~ ')' }}
        {%- endfor %}
    from {{ log.batch }} as truncates
    {%- if scd.exists and scd.has_events %}
    left join (
        {{ platform_macros.scd_log_events(scd) }}
    ) as known on {{ platform_macros.scd_log_same_sequence(scd, 'truncates', 'known') }} and known.scd_is_truncate
    where truncates.scd_is_truncate and known.u is null
    {%- else %}
    where truncates.scd_is_truncate
    {%- endif %}
    {%- endif %}
    {%- if log.bulk and log.has_deletes %}
    union all
    select {{ sequence | join(', ') }}, scd_is_truncate, scd_is_delete{% for name in log.d %}, {{ name }}{% endfor %}
    from (
        {{ platform_macros.scd_log_source(scd) }}
    ) as batch
    where
        scd_is_delete
        and not exists (select 1 from {{ log.odd }} as odd where {{ platform_macros.scd_key_columns(scd, 'odd', 'batch') }})
    {%- endif %}
    {%- if log.adopts %}
    union all
    select {{ sequence | join(', ') }}, scd_is_truncate, scd_is_delete{% for name in log.d %}, {{ name }}{% endfor %}
    from {{ log.adopted }}
    {%- endif %}
{%- endmacro %}
