{#- Counts versions and open ones, and looks at all of them when they are not as the last recorded run left them. -#}
{% macro scd_check_history(scd) -%}
    {%- do scd.update({'first_load': true}) -%}
    {%- if scd.exists -%}
        {%- set is_open = platform_macros.scd_is_open(scd) -%}
        {%- set is_live = '(' ~ is_open ~ ') and not ' ~ platform_macros.scd_is_deleted(scd) -%}
        {%- set row = platform_macros.scd_rows(
            'select cast(count(*) as varchar), cast(coalesce(sum(case when ' ~ is_open ~ ' then 1 else 0 end), 0) as varchar),'
            ~ ' cast(coalesce(sum(case when ' ~ is_live ~ ' then 1 else 0 end), 0) as varchar) from ' ~ scd.history ~ ' as history'
        )[0] -%}
        {%- do scd.counts.update({'versions': row[0] | int, 'open': row[1] | int}) -%}
        {%- do scd.update({'live': row[2] | int}) -%}
        {%- do scd.update({'first_load': scd.counts.versions == 0}) -%}
        {%- set last = scd.last_run -%}
        {%- set as_left = last and last.versions == scd.counts.versions and last.open == scd.counts.open -%}
        {%- if last and last.versions and scd.first_load and platform_macros.scd_guard(scd, 'missing_history') -%}
            {%- do platform_macros.scd_refuse(
                scd, 'missing_history',
                'the history ' ~ scd.history ~ ' is empty, but run ' ~ last.number ~ ' of ' ~ last.run_at ~ ' left ' ~ last.versions
                ~ ' versions. A run would begin a new history and lose all that. Bring the rows back'
            ) -%}
        {%- elif not as_left or last.settings.unique_key != scd.unique_key -%}
            {%- do platform_macros.scd_refuse_unsound(scd) -%}
            {%- if last and not as_left and not scd.refusals -%}
                {%- do exceptions.warn(
                    scd.name ~ ': something else than a run wrote to the history: run ' ~ last.number ~ ' left ' ~ last.versions ~ ' versions, '
                    ~ last.open ~ ' open; now there are ' ~ scd.counts.versions ~ ', ' ~ scd.counts.open ~ ' open. They are sound, so this run goes on from them'
                ) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
    {%- do platform_macros.scd_find_old_life(scd) -%}
{%- endmacro %}
