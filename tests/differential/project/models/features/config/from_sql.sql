{{ config(
    materialized='table',
    schema='elsewhere',
    alias='renamed_by_sql',
    tags=['sql', 'gen'],
    meta={'level': 'sql', 'list': [1, 2]},
    post_hook=["select 1", "{{ note_run('post') }}"],
    pre_hook="select 'before'"
) }}
{{ config(materialized='view') }}
select * from {{ ref('plain') }}
