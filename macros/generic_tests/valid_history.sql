{#- Two versions of a key overlap somewhere exactly when two neighbours do, ordered by their start;
    two open versions are such an overlap. So one look at the next version is enough. -#}
{% test valid_history(model, key=none, valid_from=none, valid_to=none, valid_to_current=none, version_id=none) %}
    {%- set known = platform_macros.scd_history(model, {
        'unique_key': key, 'valid_from': valid_from, 'valid_to': valid_to,
        'valid_to_current': valid_to_current, 'version_id': version_id
    }) -%}
    {%- if execute and not known.unique_key -%}
        {{ exceptions.raise_compiler_error(
            'valid_history: ' ~ model ~ ' is no snapshot whose key could be looked up; name the key: arguments: {key: ...}'
        ) }}
    {%- endif -%}
    {%- set names = [] -%}
    {%- for part in known.unique_key -%}
        {%- do names.append(platform_macros.scd_key_name(part, loop.index)) -%}
    {%- endfor -%}

    with versions as (

        select
            {%- for part in known.unique_key %}
            {{ part }} as scd_key_{{ loop.index }},
            {%- endfor %}
            {{ known.valid_from }} as scd_from,
            {{ known.valid_to }} as scd_to,
            case when {{ known.is_open }} then 1 else 0 end as scd_open,
            {{ 'scd_rows.' ~ known.version_id if known.version_id else 'null' }} as scd_version
        from {{ known.all_rows }} as scd_rows

    ),

    numbered as (

        select
            versions.*,
            count(*) over (partition by scd_version) as scd_same_version,
            lead(scd_from) over scd_of_a_key as scd_next_from,
            lead(1) over scd_of_a_key as scd_has_next
        from versions
        window scd_of_a_key as (
            partition by {% for _ in names %}scd_key_{{ loop.index }}{{ ', ' if not loop.last }}{% endfor %}
            order by scd_from, scd_open, scd_to
        )

    ),

    judged as (

        select
            {%- for name in names %}
            scd_key_{{ loop.index }} as {{ name }},
            {%- endfor %}
            scd_from as valid_from,
            scd_to as valid_to,
            case
                when {% for _ in names %}scd_key_{{ loop.index }} is null{{ ' or ' if not loop.last }}{% endfor %} then 'key is null'
                when scd_from is null then 'start is null'
                when scd_open = 0 and scd_from >= scd_to then 'ends no later than it starts'
                when scd_open = 1 and scd_has_next = 1 then 'open although a later version exists'
                when scd_open = 0 and scd_next_from < scd_to then 'overlaps the next version'
                {%- if known.version_id %}
                when scd_version is null then 'version id is null'
                when scd_same_version > 1 then 'version id occurs more than once'
                {%- endif %}
            end as problem
        from numbered

    )

    select * from judged
    where problem is not null
{% endtest %}
