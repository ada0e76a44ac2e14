{#- Snapshots are taken by platform_macros; dbt wants that said in the project itself. -#}
{% materialization snapshot, default %}
    {{ return(platform_macros.materialization_snapshot_default()) }}
{% endmaterialization %}
