select {{ 1 }}


