{#- Plays the cases of a JSON file, each on a history of its own. What each run said and the history after it go to the
    database `dumps`, and are there even when a later run fails. -#}
{% macro scd_play(file, dumps) -%}
    {%- do run_query("attach '" ~ dumps ~ "' as dumps") -%}
    {%- do run_query('create table dumps.outcomes (played text, batch integer, outcome text, runs bigint)') -%}
    {%- set content = run_query("select content from read_text('" ~ file ~ "')").rows[0][0] -%}
    {%- for case in fromjson(content) -%}
        {%- for batch in case.batches -%}
            {%- do scd_play_batch(case.name, loop.index0, batch) -%}
        {%- endfor -%}
        {%- for suffix in ['', '__runs', '__undo', '__events'] -%}
            {%- do run_query('drop table if exists main.' ~ case.name ~ suffix) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{% macro scd_play_batch(history, number, batch) -%}
    {%- if batch.lost -%}
        {%- do run_query('drop table if exists main.' ~ history) -%}
    {%- endif -%}
    {%- set outcome = platform_macros.scd_snapshot(batch.settings) -%}
    {%- do adapter.commit() -%}
    {%- set tables = run_query("select table_name from duckdb_tables() where database_name = 'memory'")
        .columns[0].values() -%}
    {%- set runs = 0 -%}
    {%- if history ~ '__runs' in tables -%}
        {%- set runs = run_query('select count(*) from main.' ~ history ~ '__runs').rows[0][0] -%}
    {%- endif -%}
    {%- set said = tojson({'refusals': outcome.refusals, 'counts': outcome.counts}) -%}
    {%- if said is none -%}
        {%- do exceptions.raise_compiler_error('this outcome is not JSON: ' ~ outcome) -%}
    {%- endif -%}
    {%- if history in tables -%}
        {%- do run_query('create table dumps.' ~ history ~ '_' ~ number ~ ' as select * from main.' ~ history) -%}
    {%- endif -%}
    {%- do run_query(
        "insert into dumps.outcomes values ('" ~ history ~ "', " ~ number ~ ", '"
        ~ said | replace("'", "''") ~ "', " ~ runs ~ ")"
    ) -%}
{%- endmacro %}
