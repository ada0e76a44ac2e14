{#- The time of this run as text, in UTC. -#}
{% macro run_at_text() -%}
    {%- set given = var('platform_run_at', none) -%}
    {%- if given is none -%}
        {{ return(run_started_at.astimezone(modules.pytz.utc).strftime('%Y-%m-%d %H:%M:%S.%f')) }}
    {%- endif -%}
    {%- set text = platform_macros.scd_utc_text(given) -%}
    {%- if text is none -%}
        {{ exceptions.raise_compiler_error(
            "run_at: platform_run_at is '" ~ given ~ "', which is not a date or a time. "
            ~ "Write 2022-04-06, 2022-04-06T10:30:00 (UTC) or 2022-04-06T10:30:00+02:00."
        ) }}
    {%- endif -%}
    {{ return(text) }}
{%- endmacro %}
