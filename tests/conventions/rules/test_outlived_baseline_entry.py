from platform_cli.conventions.exemptions import Exemptions
from platform_cli.conventions.rule import Violation
from platform_cli.conventions.rules.outlived_baseline_entry import outlived_baseline_entry

WRONG = Violation("something is wrong with it")


def test_says_what_the_check_has_found_out_and_nothing_else() -> None:
    every = {name: (Violation(name),) for name in Exemptions.__struct_fields__}
    exemptions = Exemptions(**every | {"outlived": (WRONG,)})
    assert list(outlived_baseline_entry.function(exemptions)) == [WRONG]
    assert not list(outlived_baseline_entry.function(Exemptions()))
