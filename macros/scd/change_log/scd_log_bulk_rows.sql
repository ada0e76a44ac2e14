{#- SQL: the versions of the keys that are not odd, straight from the source. -#}
{% macro scd_log_bulk_rows(scd) -%}
    {%- set log = scd.log -%}
    {%- set key = log.k | join(', ') -%}
    {%- set start = platform_macros.scd_log_start(scd, 'u', 'scd_is_first') -%}
    select
        {%- for column in scd.data %}
        d{{ loop.index0 }} as {{ column.quoted }}{{ ',' if not loop.last }}
        {%- endfor %}
        {{- platform_macros.scd_meta_columns(
            scd, id=platform_macros.scd_version_id(platform_macros.scd_id_parts(scd, 'scd_start')), updated='u', valid_from='scd_start', valid_to='scd_end', deleted='False'
        ) }}
    from (
        select events.*, {{ start }} as scd_start
        from (
            select
                batch.*,
                {%- if log.initial %}
                {{ 'true' if log.type == 1 else 'not scd_is_delete and count(case when not scd_is_delete then 1 end) over (partition by ' ~ key
                    ~ ' order by u rows between unbounded preceding and current row) = 1' }} as scd_is_first,
                {%- endif %}
                lead(u) over (partition by {{ key }} order by u) as scd_end
            from (
                {{ platform_macros.scd_log_source(scd) }}
            ) as batch
            where not exists (select 1 from {{ log.odd }} as odd where {{ platform_macros.scd_key_columns(scd, 'odd', 'batch') }})
        ) as events
        where not scd_is_delete{{ ' and scd_end is null' if log.type == 1 }}
    ) as started
{%- endmacro %}
