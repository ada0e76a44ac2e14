{#- Refuses two different events of one key at one full sequence. A delete has no values, so two of them are one. -#}
{% macro scd_log_check_conflicts(scd) -%}
    {%- set log = scd.log -%}
    {%- set parts = ['repeated.scd_is_delete <> stays.scd_is_delete'] -%}
    {%- for column in scd.data if column.source -%}
        {%- set name = platform_macros.scd_log_raw(scd, 'd' ~ scd.data.index(column)) -%}
        {%- do parts.append(
            'not repeated.scd_is_delete and (' ~ platform_macros.scd_differs('repeated.' ~ name, 'stays.' ~ name, column.type) ~ ')'
        ) -%}
    {%- endfor -%}
    {%- set query -%}
        select shown, cast(count(*) over () as varchar) from (
            select distinct {{ platform_macros.scd_shown_key(scd, 'repeated') }} as shown
            from (select * from {{ log.ordered }} where scd_again and scd_origin = 3) as repeated
            inner join (select * from {{ log.ordered }} where not scd_again) as stays
                on
                    {{ platform_macros.scd_key_columns(scd, 'repeated', 'stays') }}
                    and {{ platform_macros.scd_log_names(['u'] + log.b, 'repeated', 'stays') }}
                    and repeated.scd_is_truncate = stays.scd_is_truncate
            where {{ parts | join('\n                or ') }}
        ) as conflicts order by shown limit 5
    {%- endset -%}
    {%- set found = platform_macros.scd_rows(query) -%}
    {%- if found -%}
        {%- do platform_macros.scd_refuse(
            scd, 'conflicting_events', found[0][1] ~ ' key(s) have two different events with one sequence ('
            ~ ([scd.sequence.name] + log.breakers | map(attribute='name') | list) | join(', ')
            ~ '), so nobody could say which came last; name further columns that order them in meta.scd.sequence_by',
            found | map('first') | list
        ) -%}
    {%- endif -%}
{%- endmacro %}
