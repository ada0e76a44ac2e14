{#- scd.current: what dbt_valid_to holds in an open version, as SQL; scd.current_before: what it holds in the history now. -#}
{% macro scd_match_current(scd) -%}
    {%- set type = scd.meta.dbt_valid_to.type -%}
    {%- set now = scd.valid_to_current -%}
    {%- set before = scd.last_run.settings.valid_to_current if scd.last_run else now -%}
    {%- do scd.update({
        'current': platform_macros.scd_current_value(scd, now, type) if now else 'cast(null as ' ~ type ~ ')',
        'current_before': before
    }) -%}
    {%- if scd.exists and before != now -%}
        {%- do scd.migrations.append('open versions end at ' ~ (now or 'NULL') ~ ' instead of ' ~ (before or 'NULL')) -%}
    {%- elif scd.exists and now and not scd.last_run -%}
        {%- set nulls = platform_macros.scd_rows(
            'select 1 from ' ~ scd.history ~ ' where ' ~ scd.meta.dbt_valid_to.history ~ ' is null limit 1'
        ) -%}
        {%- if nulls -%}
            {%- do scd.migrations.append('open versions end at ' ~ now ~ ' instead of NULL') -%}
        {%- endif -%}
    {%- elif scd.exists and not now and not scd.last_run -%}
        {%- set ends = platform_macros.scd_rows(
            'select cast(max(history.' ~ scd.meta.dbt_valid_to.history ~ ') as ' ~ platform_macros.scd_text_type() ~ ') from '
            ~ scd.history ~ ' as history having count(*) > 0 and count(*) = count(history.' ~ scd.meta.dbt_valid_to.history
            ~ ') and cast(max(history.' ~ scd.meta.dbt_valid_to.history ~ ') as timestamp) > ' ~ platform_macros.scd_time(scd)
        ) -%}
        {%- if ends -%}
            {%- do platform_macros.scd_refuse(
                scd, 'unsound_history',
                'no version of the history is open, and some end in the future, at ' ~ ends[0][0]
                ~ ': it was made with dbt_valid_to_current, which is missing in the configuration'
            ) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
