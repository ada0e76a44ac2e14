"""All cases, by what is broken."""

from tests.broken_projects import (
    broken_database,
    broken_exemptions,
    broken_folders,
    broken_machine,
    broken_snapshots,
    broken_sql,
    broken_yaml,
    wrong_words,
)

EVERY_CASE = (
    *broken_yaml.CASES,
    *broken_exemptions.CASES,
    *broken_sql.CASES,
    *broken_database.CASES,
    *broken_machine.CASES,
    *broken_snapshots.CASES,
    *broken_folders.CASES,
    *wrong_words.CASES,
)
