{#- scd.counts from scd.changes, and for state sources what stayed as it was. -#}
{% macro scd_count_kinds(scd) -%}
    {%- for row in platform_macros.scd_rows(
        'select scd_kind, cast(count(*) as varchar) from ' ~ scd.changes ~ ' where scd_kind is not null group by scd_kind'
    ) -%}
        {%- do scd.counts.update({row[0]: row[1] | int}) -%}
    {%- endfor -%}
    {%- if scd.strategy != 'change_log' -%}
        {%- set touched = scd.counts.new + scd.counts.returned + scd.counts.changed + scd.counts.late + scd.counts.overwritten -%}
        {%- do scd.counts.update({'unchanged': scd.counts.source - touched}) -%}
    {%- endif -%}
{%- endmacro %}
