{% test matches(model, to) %}
select * from {{ model }} except select * from {{ to }} -- {{ ref('c') }}
{% endtest %}
