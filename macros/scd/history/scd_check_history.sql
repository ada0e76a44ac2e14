{#- Counts versions and open ones, and looks at all of them when they are not as the last recorded run left them. -#}
{% macro scd_check_history(scd) -%}
    {%- do scd.update({'first_load': true}) -%}
    {%- if scd.exists -%}
        {%- set row = platform_macros.scd_rows(
            'select cast(count(*) as varchar), cast(coalesce(sum(case when ' ~ platform_macros.scd_is_open(scd)
            ~ ' then 1 else 0 end), 0) as varchar) from ' ~ scd.history ~ ' as history'
        )[0] -%}
        {%- do scd.counts.update({'versions': row[0] | int, 'open': row[1] | int}) -%}
        {%- do scd.update({'first_load': scd.counts.versions == 0}) -%}
        {%- set as_left = scd.last_run and scd.last_run.versions == scd.counts.versions and scd.last_run.open == scd.counts.open
            and scd.last_run.settings.unique_key == scd.unique_key -%}
        {%- if not as_left -%}
            {%- do platform_macros.scd_refuse_unsound(scd) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
