{#- One test of a snapshot: its runs by the real engine, with the snapshot's own configuration, on a history of its own.
    A test is {number, snapshot (unique id), check (a query for the names of unreadable values), runs: [{sql, run_at, allow,
    refused (the name of the refusal that must come, or '')}], columns (names of the history to compare), expect (rows of
    SQL literals in the order of columns)}. It ends early at a run that goes otherwise than it must. -#}
{% macro scd_play_test(test) -%}
    {%- set began = modules.datetime.datetime.now() -%}
    {%- set node = graph.nodes[test.snapshot] -%}
    {%- set settings = platform_macros.scd_settings(node, node.config) -%}
    {%- do settings.update({'database': target.database, 'schema': 'test_' ~ test.number}) -%}
    {%- for name, given in (node.config.snapshot_meta_column_names or {}).items() if given -%}
        {%- do settings.columns.update({name: given}) -%}
    {%- endfor -%}
    {%- do platform_macros.scd_execute('create schema ' ~ platform_macros.scd_quote(settings.schema)) -%}
    {%- set unreadable = platform_macros.scd_rows(test.check) | map('first') | list if test.check else [] -%}
    {%- do adapter.commit() -%}

    {%- set state = namespace(plays=not unreadable) -%}
    {%- set outcomes = [] -%}
    {%- for run in test.runs if not unreadable -%}
        {%- if state.plays -%}
            {%- do settings.update({
                'sql': run.sql, 'run_at': run.run_at, 'allow': run.allow, 'run_id': 'run_' ~ loop.index
            }) -%}
            {%- set outcome = platform_macros.scd_snapshot(settings) -%}
            {%- do adapter.commit() -%}
            {%- do outcomes.append({'refusals': outcome.refusals, 'counts': outcome.counts}) -%}
            {%- set names = outcome.refusals | map(attribute='name') | list -%}
            {%- set state.plays = run.refused in names if run.refused else not names -%}
        {%- endif -%}
    {%- endfor -%}

    {%- set result = platform_macros.scd_compared_history(settings, test) if state.plays
        else {'columns': [], 'history': [], 'expect': []} -%}
    {%- do adapter.commit() -%}
    {{ return(dict(
        result, number=test.number, unreadable=unreadable, runs=outcomes,
        seconds=(modules.datetime.datetime.now() - began).total_seconds()
    )) }}
{%- endmacro %}
