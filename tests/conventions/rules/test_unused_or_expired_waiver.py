from platform_cli.conventions.exemptions import Exemptions
from platform_cli.conventions.rule import Violation
from platform_cli.conventions.rules.unused_or_expired_waiver import unused_or_expired_waiver

WRONG = Violation("something is wrong with it")


def test_says_what_the_check_has_found_out_and_nothing_else() -> None:
    every = {name: (Violation(name),) for name in Exemptions.__struct_fields__}
    exemptions = Exemptions(**every | {"not_needed": (WRONG,)})
    assert list(unused_or_expired_waiver.function(exemptions)) == [WRONG]
    assert not list(unused_or_expired_waiver.function(Exemptions()))
