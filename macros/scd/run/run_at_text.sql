{#- The time of this run as text, in UTC. -#}
{% macro run_at_text() -%}
    {%- set given = var('platform_run_at', none) -%}
    {%- set utc = modules.pytz.utc -%}
    {%- if given is none -%}
        {%- set moment = run_started_at.astimezone(utc) -%}
    {%- else -%}
        {%- set text = given | string | trim -%}
        {%- set form = '^\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?(Z|[+-]\\d\\d:\\d\\d)?)?$' -%}
        {%- if not modules.re.match(form, text) -%}
            {{ exceptions.raise_compiler_error(
                "run_at: platform_run_at is '" ~ text ~ "', which is not a date or a time. "
                ~ "Write 2022-04-06, 2022-04-06T10:30:00 (UTC) or 2022-04-06T10:30:00+02:00."
            ) }}
        {%- endif -%}
        {%- set moment = modules.datetime.datetime.fromisoformat(text) -%}
        {%- if moment.tzinfo is none -%}
            {%- set moment = moment.replace(tzinfo=utc) -%}
        {%- endif -%}
        {%- set moment = moment.astimezone(utc) -%}
    {%- endif -%}
    {{ return(moment.strftime('%Y-%m-%d %H:%M:%S.%f')) }}
{%- endmacro %}
