{#- The keys with two different events at one full sequence. A delete holds no values: two deletes
    of a key at one sequence are one event. -#}
{% macro change_log_conflicts(log) -%}
    select distinct {{ platform_macros.change_log_list(log.key, 'a') }}
    from {{ log.ordered }} as a
    inner join {{ log.ordered }} as r
        on
            {{ platform_macros.change_log_same_key(log, 'a', 'r') }}
            and {{ platform_macros.change_log_same_sequence(log, 'a', 'r') }}
    where
        a.scd_again
        and a.scd_origin = 3
        and not r.scd_again
        and (
            a.scd_is_delete <> r.scd_is_delete
            or (not a.scd_is_delete and (
            {%- for column in log.given if column not in log.key -%}
                {%- set written = 'scd_raw_' ~ (log.fill.index(column) + 1) if column in log.fill else adapter.quote(column) -%}
                {{ platform_macros.change_log_differs('a.' ~ written, 'r.' ~ written, log.types[column]) }}
                {%- if not loop.last %} or {% endif -%}
            {%- endfor -%}
            ))
        )
{%- endmacro %}
