{#- What a block knows of a history: `given` (arguments) over what history_of finds over dbt's names. A dictionary:
    `rows` (for a from clause, deleted records left out; to be called scd_rows), `valid_from` and `valid_to` (SQL over
    scd_rows, in UTC), `ends` (the same, NULL while open), `is_open`, `unique_key`, `version_id`, `names` (dbt's columns), `columns` (none when they are unknown). -#}
{% macro scd_history(history, given) -%}
    {%- set known = platform_macros.history_of(history) or {} -%}
    {%- set said = {
        'valid_from': 'dbt_valid_from', 'valid_to': 'dbt_valid_to', 'is_deleted': 'dbt_is_deleted', 'version_id': 'dbt_scd_id',
        'version_updated_at': 'dbt_updated_at'
    } -%}
    {%- for values in [known, given] -%}
        {%- for name, value in values.items() if value is not none -%}
            {%- do said.update({name: value}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set columns = platform_macros.scd_known_columns(history) -%}
    {%- set keys = said.get('unique_key') or [] -%}
    {%- set unique_key = [] -%}
    {%- for key in ([keys] if keys is string else keys) -%}
        {%- do unique_key.append(platform_macros.scd_column(key, columns, or_expression=true)) -%}
    {%- endfor -%}
    {#- Who names no start, not even as none, needs none. -#}
    {%- if 'valid_from' in given -%}
        {%- set valid_from = platform_macros.scd_in_utc(
            'scd_rows.' ~ platform_macros.scd_column(said.valid_from, columns), said.valid_from, columns
        ) -%}
    {%- endif -%}
    {%- set to_column = platform_macros.scd_column(said.valid_to, columns) -%}
    {%- set valid_to = platform_macros.scd_in_utc('scd_rows.' ~ to_column, said.valid_to, columns) -%}
    {%- set is_open = 'scd_rows.' ~ to_column ~ ' is null' -%}
    {%- set ends = valid_to -%}
    {%- if said.get('valid_to_current') -%}
        {%- set is_open = '(' ~ is_open ~ ' or scd_rows.' ~ to_column ~ ' = (' ~ said.valid_to_current ~ '))' -%}
        {%- set ends = 'case when not ' ~ is_open ~ ' then ' ~ valid_to ~ ' end' -%}
    {%- endif -%}
    {%- set has_ids = given.get('version_id') or platform_macros.scd_find_column(columns, said.version_id) if columns else known -%}
    {{ return({
        'rows': platform_macros.scd_live_rows(history, said, columns, known),
        'all_rows': platform_macros.scd_from(history),
        'unique_key': unique_key,
        'valid_from': valid_from,
        'valid_to': valid_to,
        'is_open': is_open,
        'ends': ends,
        'version_id': platform_macros.scd_column(said.version_id, columns) if has_ids or given.get('version_id') else none,
        'names': [said.valid_from, said.valid_to, said.is_deleted, said.version_id, said.version_updated_at],
        'columns': columns,
        'updated_at': said.get('updated_at'),
        'tracked': said.get('tracked'),
        'ignored': said.get('ignored')
    }) }}
{%- endmacro %}
