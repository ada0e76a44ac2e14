{#- Every event of the touched keys that matters: kept ones, those a version shows, and the batch's.
    `scd_origin`: 0 the version before all that can change, whose values a NULL or a deleted record keeps; 1 kept in
    the table of events; 2 shown by a version; 3 of the batch. -#}
{% macro change_log_gathered(log) -%}
    {%- set data = platform_macros.change_log_list(log.data, 'e') -%}
    {#- The one row of `type: 1` does not show what was before it, so a NULL needs all events. -#}
    {%- set recent = 'true' if log.type == 1 and log.fill else 'e.scd_sequence >= b.scd_low' -%}
    select {{ data }}, e.scd_sequence, e.scd_is_delete, false as scd_is_truncate, 3 as scd_origin
    from {{ log.batch }} as e
    where not e.scd_is_truncate
    {%- if log.has_history %}
    union all
    select {{ data }}, e.scd_sequence, e.scd_is_delete, false, 1
    from {{ log.events }} as e
    inner join {{ log.bounds }} as b on {{ platform_macros.change_log_same_key(log, 'e', 'b') }}
    where not e.scd_is_truncate and {{ recent }}
    union all
    {#- A version whose event is kept shows more than the event, or is shown by it: the kept one counts. #}
    select {{ data }}, e.scd_sequence, false, false, 2
    from {{ log.existing }} as e
    left join {{ log.events }} as k
        on
            {{ platform_macros.change_log_same_key(log, 'e', 'k') }}
            and {{ platform_macros.change_log_same_sequence(log, 'e', 'k') }}
            and not k.scd_is_delete
            and not k.scd_is_truncate
    where k.scd_sequence is null and not e.scd_is_deleted
    {%- if log.fill or log.has_deleted_records %}
    union all
    select {{ data }}, e.{{ adapter.quote(log.meta.dbt_updated_at) }}, false, false, 0
    from {{ log.history }} as e
    inner join {{ log.bounds }} as b
        on
            {{ platform_macros.change_log_same_key(log, 'e', 'b') }}
            and e.{{ adapter.quote(log.meta.dbt_valid_to) }} = b.scd_low
            and b.scd_low < b.scd_touched_from
    {%- if log.has_deleted_records %}
    where e.{{ adapter.quote(log.meta.dbt_is_deleted) }} <> 'True'
    {%- endif %}
    {%- endif %}
    {%- endif %}
    {%- for table, origin in ([[log.batch, 3]] if log.has_truncates else []) + ([[log.events, 1]] if log.has_history and log.truncate_when else []) %}
    union all
    select
        {%- for column in log.data %}
            {%- if column in log.key %} b.{% elif column in log.sequence_by %} e.{% else %} null as {% endif %}{{ adapter.quote(column) }},
        {%- endfor %}
        e.scd_sequence, true, true, {{ origin }}
    from {{ table }} as e
    inner join {{ log.bounds }} as b on {{ recent }}
    where e.scd_is_truncate
    {%- endfor %}
{%- endmacro %}
