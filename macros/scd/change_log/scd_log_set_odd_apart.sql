{#- Splits a first load: keys in which every event is a version of its own are written straight from the source (scd_log_bulk_rows);
    the odd ones (repeats, several events at one time, deletes of nothing or that make a record) become the batch that is rebuilt. -#}
{% macro scd_log_set_odd_apart(scd) -%}
    {%- set log = scd.log -%}
    {%- if log.has_truncates -%}
        {%- do log.update({'bulk': false, 'batch': platform_macros.scd_create_temporary(scd, 'batch', platform_macros.scd_log_source(scd))}) -%}
    {%- else -%}
        {%- set flagged = platform_macros.scd_create_temporary(scd, 'flagged', platform_macros.scd_log_flagged(scd)) -%}
        {%- set key = log.k | join(', ') -%}
        {%- do log.update({'odd': platform_macros.scd_create_temporary(
            scd, 'odd', 'select distinct ' ~ key ~ ' from ' ~ flagged ~ ' where scd_is_odd'
        )}) -%}
        {%- do log.update({'bulk_keys': platform_macros.scd_rows(
            'select cast(count(*) as varchar) from ' ~ flagged ~ ' as flagged where scd_is_first and not exists (select 1 from ' ~ log.odd
            ~ ' as odd where ' ~ platform_macros.scd_key_columns(scd, 'odd', 'flagged') ~ ')'
        )[0][0] | int}) -%}
        {%- do log.update({'batch': platform_macros.scd_create_temporary(
            scd, 'batch', 'select batch.* from ' ~ log.batch ~ ' as batch inner join ' ~ log.odd ~ ' as odd on '
            ~ platform_macros.scd_key_columns(scd, 'batch', 'odd')
        )}) -%}
    {%- endif -%}
{%- endmacro %}
