{#- The order of steps of one run. Nothing before scd_write touches a table that stays, and no step runs once
    something is refused. -#}
{% macro scd_snapshot(settings, write=true) -%}
    {%- set scd = dict(
        settings, refusals=[], samples=[], temporaries=[], created=false, last_run=none, first_load=false, changes=none, judged=none, touched=none, log=none, live=0,
        counts={
            'source': 0, 'new': 0, 'returned': 0, 'changed': 0, 'closed': 0, 'overwritten': 0, 'late': 0,
            'unchanged': 0, 'open': 0, 'versions': 0
        }
    ) -%}
    {%- set steps = [
        platform_macros.scd_check_settings,
        platform_macros.scd_begin,
        platform_macros.scd_open_history,
        platform_macros.scd_stage_source,
        platform_macros.scd_match_columns,
        platform_macros.scd_check_history,
        platform_macros.scd_find_changes,
        platform_macros.scd_guards,
        platform_macros.scd_check_clock
    ] -%}
    {%- for step in steps if not scd.refusals -%}
        {%- do step(scd) -%}
    {%- endfor -%}
    {%- if scd.changes and not write and not scd.refusals -%}
        {%- do platform_macros.scd_look_ahead(scd) -%}
    {%- endif -%}
    {%- if scd.changes and (scd.refusals or not write) -%}
        {%- do scd.update({'samples': platform_macros.scd_samples(scd)}) -%}
    {%- endif -%}
    {%- if write and not scd.refusals -%}
        {%- do platform_macros.scd_write(scd) -%}
    {%- endif -%}
    {%- do platform_macros.scd_drop_temporaries(scd) -%}
    {{ return({
        'refusals': scd.refusals, 'counts': scd.counts, 'samples': scd.samples, 'created': scd.created
    }) }}
{%- endmacro %}
