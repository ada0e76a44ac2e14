{{- config(materialized="incremental", unique_key=["id", "customer_id"], incremental_strategy="merge", merge_update_columns = ["amount"]) -}}
select id, customer_id, amount from {{ ref("plain") }}
