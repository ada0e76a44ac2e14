select '{{ this.identifier }}' as me, '{{ model.name }}' as name, '{{ target.schema }}' as home,
       '{{ run_started_at.strftime("%Y-%m-%d") }}' as run_day, '{{ modules.datetime.date(2024, 1, 1) }}' as fixed_day,
       '{{ invocation_id }}' as run, '{{ env_var("GEN_LABEL", "none") }}' as label,
       {{ var('nested')['limits']['high'] }} as high, '{{ var("start_date") | replace("-", "") }}' as start,
       {{ dbt.date_trunc('month', 'created_at') }} as month, {{ overridden() | length }} as n,
       {{ star_of_relation | default(1) }} as one
from {{ ref('plain') }}
