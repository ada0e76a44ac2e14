{#- Refuses NULL keys, NULL sequences, and different rows of one key. Identical rows of one key are made one. -#}
{% macro scd_check_source(scd) -%}
    {%- set found = platform_macros.scd_source_counts(scd) -%}
    {%- if found.all_rows - found.null_keys != found.distinct_keys -%}
        {%- do scd.update({
            'source': platform_macros.scd_create_temporary(
                scd, 'distinct', platform_macros.scd_distinct_rows(scd)
            )
        }) -%}
        {%- set found = platform_macros.scd_source_counts(scd) -%}
    {%- endif -%}
    {%- do scd.counts.update({'source': found.all_rows}) -%}
    {%- if found.null_keys -%}
        {%- do platform_macros.scd_refuse(
            scd, 'null_key', found.null_keys ~ ' of ' ~ found.all_rows ~ ' source rows have a NULL in the key ('
            ~ scd.unique_key | join(', ') ~ '), so nobody could say whose versions they are; filter or repair them upstream',
            platform_macros.scd_source_examples(scd, 'null')
        ) -%}
    {%- endif -%}
    {%- if found.all_rows - found.null_keys != found.distinct_keys -%}
        {%- do platform_macros.scd_refuse(
            scd, 'duplicate_key', (found.all_rows - found.null_keys - found.distinct_keys) ~ ' source rows too many: several different rows have one key ('
            ~ scd.unique_key | join(', ') ~ '). Filter them upstream, or choose the columns that do identify a row as unique_key',
            platform_macros.scd_source_examples(scd, 'duplicate')
        ) -%}
    {%- endif -%}
    {%- if found.null_sequences -%}
        {%- do platform_macros.scd_refuse(
            scd, 'null_sequence', found.null_sequences ~ ' of ' ~ found.all_rows ~ ' source rows have no ' ~ scd.updated_at
            ~ ', so nobody could say since when they hold; fill it upstream, or use strategy check',
            platform_macros.scd_source_examples(scd, 'sequence')
        ) -%}
    {%- endif -%}
{%- endmacro %}
