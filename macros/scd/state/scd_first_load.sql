{#- SQL: the source's rows as the first versions of a history. -#}
{% macro scd_first_load(scd) -%}
    {%- set now = platform_macros.scd_time(scd) -%}
    {%- set initial = scd.scd.get('initial_valid_from') -%}
    with source_rows as (
        {{ platform_macros.scd_source_rows(scd) }}
    ),
    started as (
        select
            source_rows.*,
            {% if initial -%}
            cast({{ platform_macros.scd_text(initial) }} as timestamp)
            {%- elif scd.sequence -%}
            case when u < {{ now }} then u else {{ now }} end
            {%- else -%}
            {{ now }}
            {%- endif %} as start
        from source_rows
    )
    select
        {%- for column in scd.data %}
        s{{ loop.index0 }} as {{ column.quoted }}{{ ',' if not loop.last }}
        {%- endfor -%}
        {{ platform_macros.scd_meta_columns(
            scd, id=platform_macros.scd_version_id(platform_macros.scd_id_parts(scd, 'start')), updated='u' if scd.sequence else now, valid_from='start', deleted='False'
        ) }}
    from started
{%- endmacro %}
