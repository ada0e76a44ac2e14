{% test same_rows(model, other, key='id') %}
    {{ config(fail_calc='coalesce(count(*), 0)', error_if='>1000', warn_if='>0') }}
    select {{ key }} from {{ model }}
    except
    select {{ key }} from {{ other }}
{% endtest %}

{% test follows_rules(model, rules, mapping=none, depth=1, flag=none) %}
    {# rules: [{column: x, test: y}] #}
    select 1 as broken where 1 = 0
    {% for rule in rules %}
    union all select 1 from {{ model }} where not ({{ rule.column }} {{ rule.test }})
    {% endfor %}
    {% if mapping %}union all select 1 from {{ ref(mapping.model) }} where 1 = 0{% endif %}
{% endtest %}
