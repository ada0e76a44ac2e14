{% macro note_run(moment, relation=none) %}
    {% if execute %}{% do log('run ' ~ moment, info=false) %}{% endif %}
    select '{{ moment }}' as moment
{% endmacro %}
