{#- SQL: the counted changes with the version that each replaces, named as the pairs of a state source are. -#}
{% macro scd_log_sampled(scd) -%}
    select
        changes.kind, {{ platform_macros.scd_key_columns(scd, 'changes') }}
        {%- for column in scd.data %},
        changes.s{{ loop.index0 }}
        {%- if column.history %}, {{ 'existing.h' ~ loop.index0 }}{% endif -%}
        {%- endfor %}
    from (
        select
            scd_kind as kind, scd_target
            {%- for part in scd.key %},
            {{ part.event }} as k{{ loop.index0 }}
            {%- endfor -%}
            {%- for column in scd.data %},
            {{ column.quoted }} as s{{ loop.index0 }}
            {%- endfor %}
        from {{ scd.changes }} as changes
        where scd_kind is not null
    ) as changes
    {%- if scd.exists %}
    left join {{ scd.log.existing }} as existing
        on {{ platform_macros.scd_key_columns(scd, 'changes', 'existing') }}
        and case when changes.kind = 'overwritten' then existing.scd_target = changes.scd_target else existing.scd_to is null end
    {%- endif %}
    where changes.k0 is not null
{%- endmacro %}
