{#- atan2 and not asin: asin refuses the 1.0000000000000002 that rounding makes of two opposite points. -#}
{% macro distance_km(latitude_1, longitude_1, latitude_2, longitude_2) -%}
    {%- set haversine -%}
        power(sin(radians(({{ latitude_2 }}) - ({{ latitude_1 }})) / 2), 2)
        + cos(radians({{ latitude_1 }})) * cos(radians({{ latitude_2 }}))
        * power(sin(radians(({{ longitude_2 }}) - ({{ longitude_1 }})) / 2), 2)
    {%- endset -%}
    2 * 6371.0088 * atan2(sqrt({{ haversine }}), sqrt(greatest(0, 1 - ({{ haversine }}))))
{%- endmacro %}
