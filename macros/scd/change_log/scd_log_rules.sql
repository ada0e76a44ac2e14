{#- The settings by which events make a history, as text: when they change, every key is built anew. -#}
{% macro scd_log_rules(scd) -%}
    {%- set rules = ['new_record' if scd.log.new_record else ''] -%}
    {%- for name in ['sequence_by', 'ignore_null_updates', 'track_columns', 'ignore_columns', 'type', 'initial_valid_from'] -%}
        {%- set given = scd.scd.get(name) -%}
        {%- do rules.append('' if given is none or given is sameas false else given | string) -%}
    {%- endfor -%}
    {{ return(rules | join('; ')) }}
{%- endmacro %}
