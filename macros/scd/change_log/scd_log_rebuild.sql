{#- Builds the versions of the touched keys from all their events, and compares them with the history's. -#}
{% macro scd_log_rebuild(scd) -%}
    {%- set log = scd.log -%}
    {%- set steps = [['touched', platform_macros.scd_log_touched]] -%}
    {%- if scd.exists -%}
        {%- do steps.extend([
            ['existing', platform_macros.scd_log_existing], ['bounds', platform_macros.scd_log_bounds],
            ['earlier', platform_macros.scd_log_earlier]
        ]) -%}
    {%- endif -%}
    {%- if log.adopts -%}
        {%- do steps.append(['adopted', platform_macros.scd_log_adopted_deletes]) -%}
    {%- endif -%}
    {%- do steps.append(['ordered', platform_macros.scd_log_ordered]) -%}
    {%- for name, step in steps -%}
        {%- do log.update({name: platform_macros.scd_create_temporary(scd, name, step(scd))}) -%}
    {%- endfor -%}
    {%- do platform_macros.scd_log_check_conflicts(scd) -%}
    {%- if not scd.refusals -%}
        {%- set built = platform_macros.scd_log_current if log.type == 1 else platform_macros.scd_log_versions -%}
        {%- do log.update({'versions': platform_macros.scd_create_temporary(scd, 'versions', built(scd))}) -%}
        {%- do scd.update({
            'changes': platform_macros.scd_create_temporary(scd, 'changes', platform_macros.scd_log_changes(scd)),
            'kept': platform_macros.scd_create_temporary(scd, 'kept', platform_macros.scd_log_kept(scd)),
            'touched': log.touched
        }) -%}
        {%- do platform_macros.scd_count_kinds(scd) -%}
        {%- set counts = scd.counts -%}
        {%- set keys = platform_macros.scd_rows('select cast(count(*) as varchar) from ' ~ log.touched)[0][0] | int -%}
        {%- do counts.update({
            'unchanged': keys - counts.new - counts.returned - counts.changed - counts.closed - counts.overwritten - counts.late
        }) -%}
        {%- if log.bulk -%}
            {%- do counts.update({'new': counts.new + log.bulk_keys}) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
