from platform_cli.conventions.rules.exposure_has_owner_and_contact import (
    exposure_has_owner_and_contact,
)
from tests.rule_builders import found

EXPOSURES = """\
exposures:
  - name: with_email
    type: dashboard
    owner: {email: sales@example.com}
  - name: with_channel
    type: dashboard
    owner: {name: Sales}
    config: {meta: {slack: '#sales'}}
  - name: with_a_name
    type: dashboard
    owner:
      name: Sales
"""


def test_an_owner_without_contact_is_found(tmp_path) -> None:
    files = {"models/exposures.yml": EXPOSURES}
    assert found(exposure_has_owner_and_contact, tmp_path, files) == [
        "models/exposures.yml:11:5 an owner without contact"
    ]


def test_what_is_a_contact_is_a_setting(tmp_path) -> None:
    files = {"models/exposures.yml": EXPOSURES}
    assert len(found(exposure_has_owner_and_contact, tmp_path, files, contact=("email",))) == 2
    assert not found(exposure_has_owner_and_contact, tmp_path, files, contact=("name", "email"))
