[% if model.incremental_on %]
{{
    config(
        materialized='incremental',
        unique_key=[[ model.key | list ]],
        on_schema_change='fail'
    )
}}

[% endif %]
[% include "_parts/select.sql" %]
