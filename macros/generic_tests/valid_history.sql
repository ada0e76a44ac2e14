{#- Two versions of a key overlap somewhere exactly when two neighbours do, ordered by their start;
    two open versions are such an overlap. So one look at the next version is enough. -#}
{% test valid_history(model, key, valid_from='dbt_valid_from', valid_to='dbt_valid_to') %}
    {%- set keys = [key] if key is string else key -%}

    with versions as (

        select
            {{ keys | join(', ') }},
            {{ valid_from }} as valid_from,
            {{ valid_to }} as valid_to,
            row_number() over (
                partition by {{ keys | join(', ') }}
                order by {{ valid_from }}, {{ valid_to }} nulls last
            ) as version_number,
            lead({{ valid_from }}) over (
                partition by {{ keys | join(', ') }}
                order by {{ valid_from }}, {{ valid_to }} nulls last
            ) as next_valid_from,
            count(*) over (partition by {{ keys | join(', ') }}) as version_count
        from {{ model }}

    ),

    judged as (

        select
            {{ keys | join(', ') }},
            valid_from,
            valid_to,
            case
                when {{ keys | join(' is null or ') }} is null then 'key is null'
                when valid_from is null then 'start is null'
                when valid_from >= valid_to then 'ends before it starts'
                when version_number < version_count and valid_to is null
                    then 'open although a later version exists'
                when next_valid_from < valid_to then 'overlaps the next version'
            end as problem
        from versions

    )

    select * from judged
    where problem is not null
{% endtest %}
