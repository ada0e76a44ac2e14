{#- Refuses events without a key or without a place in time, and notes how many there are, and whether any are truncates or deletes. -#}
{% macro scd_log_check_rows(scd) -%}
    {%- set log = scd.log -%}
    {%- set no_key = '(' ~ log.k | join(' is null or ') ~ ' is null) and not scd_is_truncate' -%}
    {%- set no_sequence = (['u'] + log.b) | join(' is null or ') ~ ' is null' -%}
    {%- set query -%}
        select
            cast(count(*) as varchar),
            cast(coalesce(sum(case when scd_is_truncate then 1 else 0 end), 0) as varchar),
            cast(coalesce(sum(case when scd_is_delete then 1 else 0 end), 0) as varchar),
            cast(coalesce(sum(case when {{ no_key }} then 1 else 0 end), 0) as varchar),
            cast(coalesce(sum(case when {{ no_sequence }} then 1 else 0 end), 0) as varchar)
        from {{ log.batch }} as batch
    {%- endset -%}
    {%- set row = platform_macros.scd_rows(query)[0] -%}
    {%- do scd.counts.update({'source': row[0] | int}) -%}
    {%- do log.update({'has_truncates': row[1] | int > 0, 'has_deletes': row[2] | int > 0}) -%}
    {%- if row[3] | int -%}
        {%- do platform_macros.scd_refuse(
            scd, 'null_key', row[3] ~ ' of ' ~ row[0] ~ ' events have a NULL in the key (' ~ scd.unique_key | join(', ')
            ~ '), so nobody could say whose they are; filter or repair them upstream'
            ~ (', or say with meta.scd.truncate_when which of them delete every key' if log.truncate_when is none else ''),
            platform_macros.scd_log_examples(scd, no_key)
        ) -%}
    {%- endif -%}
    {%- if row[4] | int -%}
        {%- do platform_macros.scd_refuse(
            scd, 'null_sequence', row[4] ~ ' of ' ~ row[0] ~ ' events have no '
            ~ ([scd.sequence.name] + log.breakers | map(attribute='name') | list) | join(' or ')
            ~ ', so nobody could say where they belong; filter or repair them upstream',
            platform_macros.scd_log_examples(scd, no_sequence)
        ) -%}
    {%- endif -%}
{%- endmacro %}
