{#- Plays tests of snapshots, written as scd_play_test takes them, in a database that is thrown away, and logs what came of
    each as a line of JSON. `platform snapshot test` calls it. -#}
{% macro scd_play_tests(tests) -%}
    {%- for test in tests -%}
        {%- do log('platform_snapshot_test ' ~ tojson(platform_macros.scd_play_test(test)), info=false) -%}
    {%- endfor -%}
{%- endmacro %}
