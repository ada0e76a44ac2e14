{#- Refuses a setting that does not exist or has no such value, before anything is read. -#}
{% macro scd_check_settings(scd) -%}
    {%- if scd.scd is not mapping -%}
        {%- do platform_macros.scd_refuse(scd, 'unknown_setting', 'meta.scd is ' ~ scd.scd ~ '; it is a mapping of settings') -%}
        {%- do scd.update({'scd': {}}) -%}
    {%- endif -%}
    {%- set known = platform_macros.scd_known_settings() -%}
    {%- for name in scd.scd if name not in known -%}
        {%- do platform_macros.scd_refuse(
            scd, 'unknown_setting',
            'meta.scd has no setting ' ~ name ~ platform_macros.scd_did_you_mean(name, known)
        ) -%}
    {%- endfor -%}
    {%- set guards = platform_macros.scd_default_guards() -%}
    {%- for name in (scd.scd.guards if scd.scd.guards is mapping else {}) if name not in guards -%}
        {%- do platform_macros.scd_refuse(
            scd, 'unknown_setting',
            'meta.scd.guards has no guard ' ~ name ~ platform_macros.scd_did_you_mean(name, guards | list)
        ) -%}
    {%- endfor -%}
    {%- for given in scd.allow if given | trim -%}
        {%- set name = given | trim | replace('-', '_') -%}
        {%- if name not in guards -%}
            {%- do platform_macros.scd_refuse(
                scd, 'unknown_setting',
                'there is no guard ' ~ name ~ ' to allow' ~ platform_macros.scd_did_you_mean(name, guards | list)
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if scd.strategy not in ['timestamp', 'check', 'change_log'] -%}
        {%- do platform_macros.scd_refuse(
            scd, 'unknown_setting',
            'there is no strategy ' ~ scd.strategy
            ~ platform_macros.scd_did_you_mean(scd.strategy, ['timestamp', 'check', 'change_log'])
        ) -%}
    {%- elif scd.strategy == 'change_log' and not scd.updated_at -%}
        {%- do platform_macros.scd_refuse(
            scd, 'unknown_setting', 'strategy change_log needs updated_at: the column that orders the events'
        ) -%}
    {%- endif -%}
    {%- if scd.hard_deletes not in platform_macros.scd_hard_deletes() -%}
        {%- do platform_macros.scd_refuse(
            scd, 'unknown_setting',
            'hard_deletes is ' ~ scd.hard_deletes ~ '; it is ' ~ platform_macros.scd_hard_deletes() | join(', ')
        ) -%}
    {%- endif -%}
    {%- if scd.scd -%}
        {%- do platform_macros.scd_check_values(scd) -%}
    {%- endif -%}
    {%- if scd.get('reduced') -%}
        {%- do platform_macros.scd_refuse(
            scd, 'reduced_input',
            'with ' ~ scd.reduced | join(', ') ~ ' the source is cut short, and every row that is missing would look deleted;'
            ~ ' leave snapshots out of such a run: --exclude resource_type:snapshot'
        ) -%}
    {%- endif -%}
{%- endmacro %}
