"""Fix: minimum-tests-by-layer."""

from __future__ import annotations

from platform_cli.conventions.fix import fix
from platform_cli.conventions.fixes.model_has_primary_key import model_has_primary_key

minimum_tests_by_layer = fix()(model_has_primary_key.function)
"""The tests of the declared key."""
