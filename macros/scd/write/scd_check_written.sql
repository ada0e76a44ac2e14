{#- The last look before the commit: the versions of every touched key must be sound, else all of it is undone. -#}
{% macro scd_check_written(scd) -%}
    {%- set written = dict(scd) -%}
    {%- do written.update({
        'migrations': [], 'history_columns': platform_macros.scd_columns_of(scd.history),
        'current_before': scd.valid_to_current
    }) -%}
    {%- for part, column in scd.meta.items() -%}
        {%- do column.update({'history': column.quoted, 'history_type': column.type}) -%}
    {%- endfor -%}
    {%- for part in scd.key if part.name -%}
        {%- do part.update({'history': part.event}) -%}
    {%- endfor -%}
    {%- set row = platform_macros.scd_rows(
        'select cast(coalesce(sum(case when history.' ~ scd.meta.dbt_valid_from.quoted
        ~ ' is null then 0 else 1 end), 0) as varchar), cast(coalesce(sum(case when ' ~ platform_macros.scd_is_open(written)
        ~ ' then 1 else 0 end), 0) as varchar) from ' ~ scd.history ~ ' as history'
    )[0] -%}
    {%- set expected = scd.counts.versions + platform_macros.scd_rows(
        "select cast(coalesce(sum(case scd_action when 'add' then 1 when 'remove' then -1 else 0 end), 0) as varchar) from " ~ scd.changes
    )[0][0] | int -%}
    {%- set faults = platform_macros.scd_faults(platform_macros.scd_faults_query(written, touched=scd.touched)) if scd.touched else [] -%}
    {%- if row[0] | int != expected or faults -%}
        {%- do platform_macros.scd_undo_and_look(scd) -%}
    {%- endif -%}
    {%- if row[0] | int != expected and not scd.refusals -%}
        {{ exceptions.raise_compiler_error(
            'snapshot ' ~ scd.name ~ ': stopped before the commit, nothing was written: the history would hold ' ~ row[0]
            ~ ' versions instead of ' ~ expected ~ '. The engine lost rows; please report it.'
        ) }}
    {%- endif -%}
    {%- if faults and not scd.refusals -%}
        {{ exceptions.raise_compiler_error(
            'snapshot ' ~ scd.name ~ ': stopped before the commit, nothing was written: the run would have left '
            ~ faults | map(attribute='what') | join(', ') ~ ', for example of ' ~ faults[0]['keys'] | join(', ')
            ~ '. This is a fault of platform_macros; please report it.'
        ) }}
    {%- endif -%}
    {%- if not scd.refusals -%}
        {%- do scd.counts.update({'versions': row[0] | int, 'open': row[1] | int}) -%}
    {%- endif -%}
{%- endmacro %}
