{{ config(tags=[var('toolbox_prefix')], meta={'only': var('toolbox_only')}) }}
select i as id, i * 1.0 as amount, '{{ overridden() }}' as origin from range({{ var('toolbox_only', 3) }}) t(i)
