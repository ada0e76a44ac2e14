{#- The types of the history's times, and scd.time_type, in which a run reckons: timestamp in UTC, or a number. New: timestamp, in UTC. An existing history keeps what it has when that holds a
    time to the microsecond; what does not (a date, say) becomes a timestamp. -#}
{% macro scd_match_times(scd) -%}
    {%- do scd.update({'time_type': 'timestamp'}) -%}
    {%- for part in ['dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to'] -%}
        {%- set column = scd.meta[part] -%}
        {%- set type = (column.history_type or '') | lower -%}
        {%- if scd.strategy == 'change_log' and type in ['bigint', 'integer', 'hugeint', 'smallint'] -%}
            {%- do column.update({'type': column.history_type}) -%}
            {%- do scd.update({'time_type': 'bigint'}) -%}
        {%- elif type and modules.re.match('^timestamp( with(out)? time zone)?$', type) -%}
            {%- do column.update({'type': column.history_type}) -%}
        {%- elif type and platform_macros.scd_type_family(type) != 'time' -%}
            {%- do platform_macros.scd_refuse(
                scd, 'unsound_history',
                'the history\'s ' ~ column.history_name ~ ' is of type ' ~ column.history_type ~ ', which is no time'
            ) -%}
        {%- elif type -%}
            {%- do scd.migrations.append(column.history_name ~ ' (' ~ column.history_type ~ ') becomes a timestamp') -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
