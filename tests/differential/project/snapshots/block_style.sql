{% snapshot orders_by_time %}
{{ config(target_schema='history_by_block', unique_key='id', strategy='timestamp', updated_at='updated_at', invalidate_hard_deletes=True) }}
select * from {{ ref('plain') }}
{% endsnapshot %}

{% snapshot orders_by_check %}
{{ config(unique_key=['id', 'customer_id'], strategy='check', check_cols=['amount', 'status'], tags='checked', enabled=var('with_extras')) }}
select id, customer_id, amount, status from {{ source('raw_misc', 'orders_extra') }}
{% endsnapshot %}

{% snapshot orders_off %}
{{ config(unique_key='id', strategy='check', check_cols='all', enabled=false) }}
select * from {{ ref('plain') }}
{% endsnapshot %}
