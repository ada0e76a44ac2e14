{#- Gives the parts of the key that are expressions their types, and refuses those whose value depends on the session's time zone: in another
    session, that of `platform snapshot verify` say, the same rows would have other keys. -#}
{% macro scd_match_key_expressions(scd) -%}
    {{ return(adapter.dispatch('scd_match_key_expressions', 'platform_macros')(scd)) }}
{%- endmacro %}

{% macro default__scd_match_key_expressions(scd) -%}
{%- endmacro %}

{% macro duckdb__scd_match_key_expressions(scd) -%}
    {%- set parts = scd.key | rejectattr('name') | list -%}
    {%- if not parts or scd.refusals -%}
        {{ return('') }}
    {%- endif -%}
    {%- set sql = parts | map(attribute='source') | join(', ') -%}
    {%- for row in platform_macros.scd_rows('select column_type from (describe select ' ~ sql ~ ' from ' ~ scd.source ~ ')') -%}
        {%- do parts[loop.index0].update({'type': row[0]}) -%}
    {%- endfor -%}
    {%- set types = scd.source_columns | map('last') | join(' ') ~ ' ' ~ sql -%}
    {%- set zone = platform_macros.scd_rows("select current_setting('TimeZone')")[0][0] -%}
    {%- if zone in ['UTC', 'Etc/UTC'] or not modules.re.search('(?i)time zone|timestamptz', types) -%}
        {{ return('') }}
    {%- endif -%}
    {%- set sums = [] -%}
    {%- for table in ([scd.source, scd.history] if scd.exists else [scd.source]) -%}
        {%- do sums.append('select cast(sum(cast(hash(' ~ sql ~ ') as hugeint)) as varchar) from ' ~ table) -%}
    {%- endfor -%}
    {%- set query = sums | join(' union all ') -%}
    {%- set here = platform_macros.scd_rows(query) | map('first') | list -%}
    {%- do platform_macros.scd_execute("set TimeZone = 'UTC'") -%}
    {%- set in_utc = platform_macros.scd_rows(query) | map('first') | list -%}
    {%- do platform_macros.scd_execute('set TimeZone = ' ~ platform_macros.scd_text(zone)) -%}
    {%- if here != in_utc -%}
        {%- do platform_macros.scd_refuse(
            scd, 'key_time_zone',
            'unique_key is ' ~ scd.unique_key | join(', ') ~ ', which gives other keys in ' ~ zone ~ ', the time zone of this session, than in UTC, so nobody'
            ~ " could say whose a version is. Name the zone, as in date_trunc('day', seen_at at time zone 'Europe/Berlin'), or make the key a column of the query"
        ) -%}
    {%- endif -%}
{%- endmacro %}
