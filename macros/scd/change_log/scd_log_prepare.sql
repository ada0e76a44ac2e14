{#- scd.log: what the steps of a change log share. Every row of theirs has the key as k0, k1, ..., the sequence as u and b0, b1, ...
    (the columns of sequence_by), and the data as d0, d1, ... (scd.data by position). -#}
{% macro scd_log_prepare(scd) -%}
    {%- set given = scd.scd -%}
    {%- set log = {
        'k': [], 'b': [], 'd': [], 'breakers': [], 'fill': [], 'tracked': [],
        'type': given.get('type', 2) | int(0), 'new_record': scd.hard_deletes == 'new_record',
        'has_deleted_records': 'dbt_is_deleted' in scd.meta,
        'delete_when': given.get('delete_when'), 'truncate_when': given.get('truncate_when'),
        'adopts': scd.exists and (not scd.has_events or (scd.last_run and scd.last_run.settings.strategy != 'change_log')),
        'has_truncates': false, 'has_deletes': false, 'bulk': false
    } -%}
    {%- do scd.update({'log': log}) -%}
    {%- for _ in scd.key -%}{%- do log.k.append('k' ~ loop.index0) -%}{%- endfor -%}
    {%- for _ in scd.data -%}{%- do log.d.append('d' ~ loop.index0) -%}{%- endfor -%}
    {%- set breakers = given.get('sequence_by') or [] -%}
    {%- for name in ([breakers] if breakers is string else breakers) -%}
        {%- set column = platform_macros.scd_named(scd, name, 'meta.scd.sequence_by') -%}
        {%- if column and not modules.re.match('^(u?(tiny|small|big|huge)int|u?integer|decimal|numeric|date|timestamp)', column.type | lower) -%}
            {%- do platform_macros.scd_refuse(
                scd, 'sequence_type', 'meta.scd.sequence_by names ' ~ column.name ~ ' of type ' ~ column.type
                ~ ', which does not order as a sequence; cast it in the query, say to a bigint'
            ) -%}
        {%- elif column -%}
            {%- do log.b.append('b' ~ loop.index0) -%}
            {%- do log.breakers.append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do platform_macros.scd_log_prepare_columns(scd) -%}
    {%- set numbers = scd.sequence and platform_macros.scd_type_family(scd.sequence.source_type) == 'number' -%}
    {%- if scd.exists and scd.sequence and numbers != (scd.time_type == 'bigint') -%}
        {%- do platform_macros.scd_refuse(
            scd, 'sequence_type', 'updated_at is the column ' ~ scd.sequence.name ~ ' of type ' ~ scd.sequence.source_type
            ~ ', but the history counts in ' ~ scd.meta.dbt_valid_from.type ~ '; convert it in the query, or begin a new snapshot'
        ) -%}
    {%- endif -%}
    {%- set initial = given.get('initial_valid_from') -%}
    {%- do log.update({'rules': platform_macros.scd_log_rules(scd)}) -%}
    {%- do log.update({'rules_changed': scd.exists and (
        log.type == 1 if log.adopts else (scd.last_run and scd.last_run.settings.get('rules') != log.rules)
    )}) -%}
    {%- do log.update({'initial': 'cast(' ~ platform_macros.scd_text(initial) ~ ' as ' ~ scd.time_type ~ ')' if initial is not none}) -%}
{%- endmacro %}
