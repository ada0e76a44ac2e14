{% snapshot a_history %}
{{ config(target_schema='snap', unique_key='id', strategy='timestamp', updated_at='at') }}
select * from {{ ref('a') }}
{% endsnapshot %}

{% snapshot b_history %}
  {{ config(unique_key='id', strategy='check', check_cols=['x', 'y']) }}
  select * from {{ source('raw', 'orders') }}
{%- endsnapshot %}
