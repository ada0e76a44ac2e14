{{ platform_macros.test_valid_history(ref('history'), 'id') }}
