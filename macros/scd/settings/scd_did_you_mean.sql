{#- ': did you mean x?', or the list of what there is. The distance is Levenshtein's (1966). -#}
{% macro scd_did_you_mean(word, words) -%}
    {%- set best = namespace(word=none, distance=1000) -%}
    {%- set target = word | string | lower -%}
    {%- for candidate in words -%}
        {%- set other = candidate | lower -%}
        {%- set row = namespace(cells=range(other | length + 1) | list) -%}
        {%- for letter in target -%}
            {%- set before = row.cells -%}
            {%- set cells = [loop.index] -%}
            {%- for other_letter in other -%}
                {%- do cells.append([
                    before[loop.index] + 1, cells[loop.index0] + 1,
                    before[loop.index0] + (0 if letter == other_letter else 1)
                ] | min) -%}
            {%- endfor -%}
            {%- set row.cells = cells -%}
        {%- endfor -%}
        {%- if row.cells[-1] < best.distance -%}
            {%- set best.word = candidate -%}
            {%- set best.distance = row.cells[-1] -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if best.word is not none and best.distance <= [2, target | length // 3] | max -%}
        {{ return(': did you mean ' ~ best.word ~ '?') }}
    {%- endif -%}
    {{ return('; there are: ' ~ words | join(', ')) }}
{%- endmacro %}
