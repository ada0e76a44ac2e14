{#- Refuses rows without updated_at, among those that are new or differ: none was ever accepted. -#}
{% macro scd_check_sequence(scd) -%}
    {%- if scd.sequence -%}
        {%- set missing = platform_macros.scd_rows(
            'select cast(count(*) as varchar) from ' ~ scd.pairs ~ ' as pairs where sk0 is not null and u is null'
        )[0][0] | int -%}
        {%- if missing -%}
            {%- do platform_macros.scd_refuse(
                scd, 'null_sequence', missing ~ ' of ' ~ scd.counts.source ~ ' source rows have no ' ~ scd.updated_at
                ~ ', so nobody could say since when they hold; fill it upstream, or use strategy check',
                platform_macros.scd_source_examples(scd, 'sequence')
            ) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
