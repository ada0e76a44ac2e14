{#- scd.meta: dbt_scd_id, dbt_updated_at, dbt_valid_from, dbt_valid_to and, when records of deletion are kept or were,
    dbt_is_deleted; each with its name, its type and, as `history`, the column that holds it now. -#}
{% macro scd_match_meta(scd) -%}
    {%- set meta = {} -%}
    {%- set text = platform_macros.scd_text_type() -%}
    {%- set before = scd.last_run.settings.columns if scd.last_run else {} -%}
    {%- set own = [] -%}
    {%- for part in ['dbt_scd_id', 'dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to', 'dbt_is_deleted'] -%}
        {%- set name = scd.columns.get(part) or part -%}
        {#- What the last run called it comes first: a column that the source once had may have the new name. -#}
        {%- set found = (platform_macros.scd_find_column(scd.history_columns, before[part]) if before.get(part))
            or platform_macros.scd_find_column(scd.history_columns, name)
            or platform_macros.scd_find_column(scd.history_columns, part) -%}
        {%- if found -%}{%- do own.append(found[0]) -%}{%- endif -%}
        {%- if part != 'dbt_is_deleted' and scd.exists and not found -%}
            {%- do platform_macros.scd_refuse(
                scd, 'unsound_history',
                'the table ' ~ scd.history ~ ' has no column ' ~ name ~ ', so it is no history of this snapshot; if it is, say with'
                ~ ' snapshot_meta_column_names how its columns are called'
            ) -%}
        {%- endif -%}
        {%- if part != 'dbt_is_deleted' or found or scd.hard_deletes == 'new_record' -%}
            {%- do meta.update({part: {
                'name': name,
                'quoted': platform_macros.scd_quote(name),
                'type': text if part in ['dbt_scd_id', 'dbt_is_deleted'] else 'timestamp',
                'history': platform_macros.scd_quote(found[0]) if found else none,
                'history_name': found[0] if found else none,
                'history_type': found[1] if found else none
            }}) -%}
            {%- if found and found[0] | lower != name | lower -%}
                {%- do scd.migrations.append(found[0] ~ ' is called ' ~ name) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do scd.update({'meta': meta}) -%}
    {%- for part, column in meta.items() -%}
        {%- set taken = platform_macros.scd_find_column(scd.history_columns, column.name) -%}
        {%- if taken and taken[0] not in own -%}
            {%- do platform_macros.scd_refuse(
                scd, 'reserved_column',
                'snapshot_meta_column_names calls ' ~ part ~ ' ' ~ column.name ~ ', but the history has a column of that name that the source once had;'
                ~ ' choose another name'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not scd.refusals -%}
        {%- do platform_macros.scd_match_times(scd) -%}
        {%- do platform_macros.scd_match_current(scd) -%}
    {%- endif -%}
{%- endmacro %}
