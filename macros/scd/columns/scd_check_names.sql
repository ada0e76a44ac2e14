{#- Refuses names of the source that are the history's own, or that differ in letter case alone. -#}
{% macro scd_check_names(scd) -%}
    {%- set reserved = [
        'scd_action', 'scd_kind', 'scd_target', 'scd_run', 'scd_is_delete', 'scd_is_truncate', 'scd_sequence', 'undo_run', 'undo_action'
    ] -%}
    {%- for name in scd.columns.values() -%}
        {%- do reserved.append(name | lower) -%}
    {%- endfor -%}
    {%- set seen = {} -%}
    {%- for name, _ in scd.source_columns -%}
        {%- if name | lower in reserved -%}
            {%- do platform_macros.scd_refuse(
                scd, 'reserved_column',
                'the source has a column ' ~ name ~ ', a name that the history uses itself; rename it in the query,'
                ~ ' or the history\'s own with snapshot_meta_column_names'
            ) -%}
        {%- elif name | lower in seen -%}
            {%- do platform_macros.scd_refuse(
                scd, 'reserved_column',
                'the source has columns ' ~ seen[name | lower] ~ ' and ' ~ name ~ ', which differ in letter case alone; rename one'
            ) -%}
        {%- endif -%}
        {%- do seen.update({name | lower: name}) -%}
    {%- endfor -%}
{%- endmacro %}
