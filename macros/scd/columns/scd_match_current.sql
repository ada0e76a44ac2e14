{#- scd.current: what dbt_valid_to holds in an open version, as SQL; scd.current_before: what it holds in the history now. -#}
{% macro scd_match_current(scd) -%}
    {%- set type = scd.meta.dbt_valid_to.type -%}
    {%- set now = scd.valid_to_current -%}
    {%- set before = scd.last_run.settings.valid_to_current if scd.last_run else now -%}
    {%- do scd.update({
        'current': 'cast(' ~ now ~ ' as ' ~ type ~ ')' if now else 'cast(null as ' ~ type ~ ')',
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
    {%- endif -%}
{%- endmacro %}
