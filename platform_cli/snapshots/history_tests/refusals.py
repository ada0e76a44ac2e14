"""The names of refusals and guards, as the macros have them."""

GUARDS = ("empty_source", "mass_delete", "mass_change", "missing_history")

REFUSALS = (
    *GUARDS,
    "clock",
    "conflicting_events",
    "duplicate_key",
    "key_change",
    "key_time_zone",
    "missing_column",
    "no_transaction",
    "not_a_table",
    "null_key",
    "null_sequence",
    "reduced_input",
    "reserved_column",
    "sequence_type",
    "unknown_setting",
    "unsound_history",
)
