select '{{ var('own') }}' as own, '{{ var('scoped') }}' as scoped, '{{ project_name }}' as p from {{ ref('a') }} {{ own_var() }}
