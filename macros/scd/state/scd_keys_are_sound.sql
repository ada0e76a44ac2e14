{#- Whether no key is NULL, and none occurs twice in the source or among the open versions; without grouping either. A join by key meets every row
    of one side with as many of the other as there are: if each side has its keys once, the rows of the source that have a version
    are as many as the versions that have a row. So only the new keys have to be counted one by one. -#}
{% macro scd_keys_are_sound(scd) -%}
    {%- set row = platform_macros.scd_rows(
        'select cast(coalesce(sum(case when scd_target is null then 1 else 0 end), 0) as varchar),'
        ~ ' cast(coalesce(sum(case when scd_target is not null and k0 is null then 1 else 0 end), 0) as varchar),'
        ~ ' cast(coalesce(sum(case when scd_target is null and (' ~ platform_macros.scd_null_key(scd) ~ ') then 1 else 0 end), 0) as varchar)'
        ~ ' from ' ~ scd.candidates
    )[0] -%}
    {%- if row[2] | int or scd.counts.source - row[0] | int != scd.counts.open - row[1] | int -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(not platform_macros.scd_rows(
        'select 1 from ' ~ scd.candidates ~ ' as candidates where scd_target is null group by '
        ~ platform_macros.scd_key_columns(scd, 'candidates') ~ ' having count(*) > 1 limit 1'
    )) }}
{%- endmacro %}
