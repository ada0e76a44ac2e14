-- depends_on: {{ ref('alternative') }}
{% if execute %}
    {% set n = alive(ref('alternative')) %}
{% endif %}
select id, amount, {{ n | default(0) }} as n from {{ ref('plain') }}
{# {{ ref('in_a_comment') }} #}
{% raw %}-- {{ ref('in_raw') }}{% endraw %}
