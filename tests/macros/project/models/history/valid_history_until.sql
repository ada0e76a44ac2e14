{{ platform_macros.test_valid_history(ref('history'), 'id', valid_to_current="timestamp '9999-12-31'", version_id='name') }}
