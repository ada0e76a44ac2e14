{#- One line per run. -#}
{% macro scd_write_ledger(scd) -%}
    {%- set text = platform_macros.scd_text_type() -%}
    {%- if not scd.has_runs -%}
        {%- do platform_macros.scd_execute(
            'create table ' ~ scd.runs ~ ' (run_number integer, run_id ' ~ text ~ ', run_at timestamp, recorded_at timestamp, settings '
            ~ text ~ ', columns_before ' ~ text ~ ', source_rows bigint, new bigint, returned bigint, changed bigint, closed bigint,'
            ~ ' overwritten bigint, late bigint, unchanged bigint, open_versions bigint, versions bigint)'
        ) -%}
    {%- endif -%}
    {%- if scd.created and not scd.exists -%}
        {%- set row = platform_macros.scd_rows(
            'select cast(count(*) as varchar), cast(coalesce(sum(case when ' ~ scd.meta.dbt_valid_to.quoted ~ ' is null or '
            ~ scd.meta.dbt_valid_to.quoted ~ ' = ' ~ scd.current ~ ' then 1 else 0 end), 0) as varchar) from ' ~ scd.history
        )[0] -%}
        {%- do scd.counts.update({'versions': row[0] | int, 'open': row[1] | int}) -%}
    {%- endif -%}
    {%- set counts = scd.counts -%}
    {%- set settings = tojson({
        'strategy': scd.strategy, 'unique_key': scd.unique_key, 'hard_deletes': scd.hard_deletes,
        'valid_to_current': scd.valid_to_current, 'columns': scd.columns,
        'rules': scd.log.rules if scd.log else none
    }) -%}
    {%- do platform_macros.scd_execute(
        'insert into ' ~ scd.runs ~ ' select ' ~ [
            scd.run,
            platform_macros.scd_text(scd.run_id),
            platform_macros.scd_time(scd),
            'cast(' ~ platform_macros.scd_text(modules.datetime.datetime.now(modules.pytz.utc).strftime('%Y-%m-%d %H:%M:%S.%f')) ~ ' as timestamp)',
            platform_macros.scd_text(settings),
            platform_macros.scd_text(tojson(scd.history_columns)) if not scd.begins_anew else 'cast(null as ' ~ text ~ ')',
            counts.source, counts.new, counts.returned, counts.changed, counts.closed, counts.overwritten, counts.late,
            counts.unchanged, counts.open, counts.versions
        ] | join(', ')
    ) -%}
{%- endmacro %}
