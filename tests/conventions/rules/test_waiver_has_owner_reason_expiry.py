from platform_cli.conventions.exemptions import Exemptions
from platform_cli.conventions.rule import Violation
from platform_cli.conventions.rules.waiver_has_owner_reason_expiry import (
    waiver_has_owner_reason_expiry,
)

WRONG = Violation("something is wrong with it")


def test_says_what_the_check_has_found_out_and_nothing_else() -> None:
    every = {name: (Violation(name),) for name in Exemptions.__struct_fields__}
    exemptions = Exemptions(**every | {"not_holding": (WRONG,)})
    assert list(waiver_has_owner_reason_expiry.function(exemptions)) == [WRONG]
    assert not list(waiver_has_owner_reason_expiry.function(Exemptions()))
