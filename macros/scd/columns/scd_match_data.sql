{#- scd.data: the history's data columns and, after them, the source's new ones. A column is a dictionary: `name`, `quoted`,
    `type`, `source` and `history` (as SQL, none when it is not there), `source_type`, `history_type`. -#}
{% macro scd_match_data(scd) -%}
    {%- set own = [] -%}
    {%- for column in scd.meta.values() if column.history_name -%}
        {%- do own.append(column.history_name) -%}
    {%- endfor -%}
    {%- set matched = [] -%}
    {%- for old in scd.history_columns if old[0] not in own -%}
        {%- set new = platform_macros.scd_find_column(scd.source_columns, old[0]) -%}
        {%- if new -%}{%- do matched.append(new[0]) -%}{%- endif -%}
        {%- set type = platform_macros.scd_common_type(scd, old, new) if new else old[1] -%}
        {%- do scd.data.append({
            'name': old[0], 'quoted': platform_macros.scd_quote(old[0]), 'type': type,
            'source': platform_macros.scd_quote(new[0]) if new else none, 'source_type': new[1] if new else none,
            'history': platform_macros.scd_quote(old[0]), 'history_type': old[1]
        }) -%}
        {%- if type != old[1] -%}
            {%- do scd.migrations.append(old[0] ~ ' becomes ' ~ type ~ ' (was ' ~ old[1] ~ ')') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for new in scd.source_columns if new[0] not in matched -%}
        {%- do scd.data.append({
            'name': new[0], 'quoted': platform_macros.scd_quote(new[0]), 'type': new[1],
            'source': platform_macros.scd_quote(new[0]), 'source_type': new[1], 'history': none, 'history_type': none
        }) -%}
    {%- endfor -%}
    {%- do platform_macros.scd_mark_compared(scd) -%}
{%- endmacro %}
