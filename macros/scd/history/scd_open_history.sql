{#- Looks at the history and what lies beside it: scd.history, runs, undo, events (names as SQL), exists, last_run,
    run (this one's number), history_columns (name and type). Refuses a history that is missing although runs are on record. -#}
{% macro scd_open_history(scd) -%}
    {%- for part, suffix in [('history', ''), ('runs', '__runs'), ('undo', '__undo'), ('events', '__events')] -%}
        {%- do scd.update({part: platform_macros.scd_table(scd, suffix)}) -%}
    {%- endfor -%}
    {%- set found = platform_macros.scd_tables_there(scd) -%}
    {%- do scd.update({
        'exists': scd.identifier in found,
        'has_runs': scd.identifier ~ '__runs' in found,
        'has_undo': scd.identifier ~ '__undo' in found,
        'has_events': scd.identifier ~ '__events' in found,
        'history_columns': []
    }) -%}
    {%- if scd.exists and found[scd.identifier] != 'BASE TABLE' -%}
        {%- do platform_macros.scd_refuse(
            scd, 'not_a_table', scd.history ~ ' is a view; a history needs a table of its own: choose another alias or schema'
        ) -%}
    {%- elif scd.exists -%}
        {%- do scd.update({'history_columns': platform_macros.scd_columns_of(scd.history)}) -%}
    {%- endif -%}
    {%- if scd.has_runs -%}
        {%- do scd.update({'last_run': platform_macros.scd_last_run(scd)}) -%}
    {%- endif -%}
    {%- do scd.update({'run': scd.last_run.number + 1 if scd.last_run else 1}) -%}
    {%- if scd.last_run and not scd.exists and platform_macros.scd_guard(scd, 'missing_history') -%}
        {%- do platform_macros.scd_refuse(
            scd, 'missing_history',
            'the history ' ~ scd.history ~ ' is gone, but ' ~ scd.last_run.number ~ ' run(s) are on record in ' ~ scd.runs
            ~ ', the last one of ' ~ scd.last_run.run_at ~ ' with ' ~ scd.last_run.versions
            ~ ' versions. A run would begin a new history and lose all that. Bring the table back'
        ) -%}
    {%- endif -%}
{%- endmacro %}
