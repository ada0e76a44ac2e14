{#- dbt's snapshot materialization, with the inside of scd_snapshot. Hooks, grants, documentation and indexes are
    handled as dbt handles them. Everything between the first statement and the commit is one transaction. -#}
{% materialization snapshot, default %}
    {%- set settings = platform_macros.scd_settings(model, config) -%}

    {%- if not settings.plan_only -%}
        {{ run_hooks(pre_hooks, inside_transaction=False) }}
        {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- endif -%}

    {%- set outcome = platform_macros.scd_snapshot(settings, write=not settings.plan_only) -%}
    {%- do platform_macros.scd_report(settings, outcome) -%}
    {%- if outcome.refusals -%}
        {{ exceptions.raise_compiler_error(platform_macros.scd_refusal_text(settings, outcome)) }}
    {%- endif -%}
    {%- set history = api.Relation.create(
        database=settings.database, schema=settings.schema, identifier=settings.identifier, type='table'
    ) -%}

    {%- if not settings.plan_only -%}
        {%- do apply_grants(
            history, config.get('grants'), should_revoke(not outcome.created, full_refresh_mode=False)
        ) -%}
        {%- do persist_docs(history, model) -%}
        {%- if outcome.created -%}
            {%- do create_indexes(history) -%}
        {%- endif -%}
        {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- endif -%}
    {%- do adapter.commit() -%}
    {%- if not settings.plan_only -%}
        {{ run_hooks(post_hooks, inside_transaction=False) }}
    {%- endif -%}

    {{ return({'relations': [history] if not settings.plan_only else []}) }}
{% endmaterialization %}
