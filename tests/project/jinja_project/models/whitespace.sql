select
  {%- if true %}
  1
  {%- endif %}
  , 2 {{- ' x' -}}   ,3

