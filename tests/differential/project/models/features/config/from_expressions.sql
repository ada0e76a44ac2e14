{% set kinds = var('payment_kinds') %}
{{ config(
    enabled = var('with_extras', false) | as_bool and var('row_limit') > 10,
    materialized = 'table' if target.name == 'prod' else 'view',
    schema = (var('prefix', none) ~ '_x') if var('prefix', none) is not none else 'computed',
    tags = kinds + ['more'],
    meta = {'kinds': kinds | length, 'label': env_var('GEN_LABEL', 'none')}
) }}
select * from {{ ref('plain') }}
