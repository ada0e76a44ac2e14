{{
    config(
        materialized='incremental',
[% if model.incremental.append %]
        incremental_strategy='append',
[% else %]
        incremental_strategy='delete+insert',
        unique_key=[[ model.key | list ]],
[% endif %]
        on_schema_change='fail'
    )
}}

[% include "_parts/select.sql" %]
