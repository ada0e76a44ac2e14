{#- Looks at the whole history, or where `query` (scd_faults_query) does, and refuses one from which there is no right way on. -#}
{% macro scd_refuse_unsound(scd, query=none) -%}
    {%- set faults = platform_macros.scd_faults(query or platform_macros.scd_faults_query(scd)) -%}
    {%- if faults -%}
        {%- set other_key = scd.last_run and scd.last_run.settings.unique_key != scd.unique_key -%}
        {%- do platform_macros.scd_refuse(
            scd, 'key_change' if other_key else 'unsound_history',
            'the history has ' ~ faults | map(attribute='what') | join(', ')
            ~ (
                ' under the new unique_key; it was written with ' ~ scd.last_run.settings.unique_key | join(', ')
                ~ ". Change unique_key back, or say what stands for a NULL, as coalesce(region, ''), or begin a new snapshot with another name"
                if other_key else ', so there is no right way to go on from it before `platform snapshot repair ' ~ scd.name ~ ' --dry-run` has shown what can be done'
            ),
            faults | map(attribute='keys') | sum(start=[]) | unique | list
        ) -%}
    {%- endif -%}
{%- endmacro %}
