{% macro local_pick(which) %}{{ ref('plain') if which == 1 else ref('alternative') }}{% endmacro %}
select * from {{ local_pick(2) }}
