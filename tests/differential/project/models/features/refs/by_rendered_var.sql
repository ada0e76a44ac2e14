select id, '{{ var("jinja_text") }}' as text from {{ var('events_relation') }}
