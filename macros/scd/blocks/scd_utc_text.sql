{#- '2022-04-06' or '2022-04-06T10:30:00+02:00' as text in UTC, to the microsecond; none for what is no such time. -#}
{% macro scd_utc_text(given) -%}
    {%- set text = given | string | trim -%}
    {%- set form = '^\\d{4}-\\d\\d-\\d\\d([T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?(Z|[+-]\\d\\d:\\d\\d)?)?$' -%}
    {%- if not modules.re.match(form, text) -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set moment = modules.datetime.datetime.fromisoformat(text) -%}
    {%- if moment.tzinfo is none -%}
        {%- set moment = moment.replace(tzinfo=modules.pytz.utc) -%}
    {%- endif -%}
    {{ return(moment.astimezone(modules.pytz.utc).strftime('%Y-%m-%d %H:%M:%S.%f')) }}
{%- endmacro %}
