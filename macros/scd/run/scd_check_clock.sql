{#- Refuses a time that does not go on from what is on record, and a version that would end no later than it begins. -#}
{% macro scd_check_clock(scd) -%}
    {%- set initial = scd.scd.get('initial_valid_from') -%}
    {%- if scd.strategy != 'change_log' and scd.first_load and initial -%}
        {%- set late = platform_macros.scd_rows(
            'select 1 where cast(' ~ platform_macros.scd_text(initial) ~ ' as timestamp) > ' ~ platform_macros.scd_time(scd)
        ) -%}
        {%- if late -%}
            {%- do platform_macros.scd_refuse(
                scd, 'clock', 'meta.scd.initial_valid_from is ' ~ initial ~ ', after the time of this run, ' ~ scd.run_at
            ) -%}
        {%- endif -%}
    {%- endif -%}
    {%- if scd.strategy != 'change_log' and scd.exists -%}
        {%- set changes = scd.counts.new + scd.counts.returned + scd.counts.changed + scd.counts.closed
            + scd.counts.overwritten + scd.counts.late -%}
        {%- set now = platform_macros.scd_time(scd) -%}
        {%- if scd.last_run and not scd.begins_anew -%}
            {%- set ahead = platform_macros.scd_rows(
                'select case when ' ~ now ~ ' < last_run then \'before\' when ' ~ now ~ ' = last_run then \'same\' end from (select cast('
                ~ platform_macros.scd_text(scd.last_run.run_at) ~ ' as timestamp) as last_run) as ledger'
            )[0][0] -%}
            {%- if ahead == 'before' or (ahead == 'same' and changes) -%}
                {%- do platform_macros.scd_refuse(
                    scd, 'clock',
                    'this run is of ' ~ scd.run_at ~ ', but the history already holds a run of ' ~ scd.last_run.run_at
                    ~ (' with other data' if ahead == 'same' else '') ~ '; what was true then is not rewritten'
                ) -%}
            {%- endif -%}
        {%- endif -%}
        {%- if changes and not scd.refusals -%}
            {%- set backwards = platform_macros.scd_rows(
                'select ' ~ platform_macros.scd_shown_key(scd, 'judged') ~ ' as shown, cast(count(*) over () as varchar) from ' ~ scd.judged
                ~ ' as judged where ((kind = \'changed\' or scd_deleted) and kind <> \'late\' and start <= scd_from)'
                ~ ' or (kind = \'returned\' and start < last_end) or (kind = \'closed\' and ' ~ now ~ ' <= scd_from) order by shown limit 5'
            ) -%}
            {%- if backwards -%}
                {%- do platform_macros.scd_refuse(
                    scd, 'clock',
                    backwards[0][1] ~ ' version(s) would end before they begin: the history reaches beyond the time of this run, ' ~ scd.run_at,
                    backwards | map('first') | list
                ) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
