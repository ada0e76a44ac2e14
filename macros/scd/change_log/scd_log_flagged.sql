{#- SQL: the keys of a first load, once each where they begin to live (scd_is_first), and again where they are odd: two events at one
    time, a delete of nothing, or two neighbours that may be the same. The hash may call different rows the same, which only makes their key odd; the types
    in it never hash the same value to different numbers. -#}
{% macro scd_log_flagged(scd) -%}
    {%- set log = scd.log -%}
    {%- set hashed = ['0'] -%}
    {%- for column in log.tracked -%}
        {%- if modules.re.match('^(boolean|u?(tiny|small|big)int|u?integer|float|double|varchar|date|time|timestamp(_s|_ms|_ns)?|timestamp with time zone)$', column.type | lower) -%}
            {%- do hashed.append(column.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set key = log.k | join(', ') -%}
    select {{ key }}, scd_is_first, scd_is_odd
    from (
        select
            {{ key }},
            not scd_is_delete and count(case when not scd_is_delete then 1 end) over (
                by_time rows between unbounded preceding and current row
            ) = 1 as scd_is_first,
            coalesce(
                lag(u) over by_time = u
                or (scd_is_delete and lag(u) over by_time is null)
                {%- if log.type == 1 or log.has_deleted_records %}
                or scd_is_delete
                {%- endif %}
                {%- if log.type == 2 %}
                or (scd_fingerprint = lag(scd_fingerprint) over by_time and not scd_is_delete and not lag(scd_is_delete) over by_time)
                {%- endif %},
                false
            ) as scd_is_odd
        from (
            select {{ key }}, u, scd_is_delete, hash({{ hashed | join(', ') }}) as scd_fingerprint
            from {{ log.batch }} as batch
        ) as narrow
        window by_time as (partition by {{ key }} order by u)
    ) as flagged
    where scd_is_first or scd_is_odd
{%- endmacro %}
