"""`platform.yml`: what is read, and how mistakes are shown."""

import json
import re
from pathlib import Path

import msgspec
import pytest
import yaml

from platform_cli import config
from platform_cli.config import Config, Layer, RuleWish, load_config, setting_place
from platform_cli.errors import ExitCode, PlatformError

REPOSITORY = Path(__file__).parent.parent
EXAMPLE = REPOSITORY / "dbt_project" / "platform.yml"
SCHEMA = REPOSITORY / "platform_cli" / "platform.schema.json"


def settings(folder: Path, text: str) -> Config:
    (folder / "platform.yml").write_text(text, encoding="utf-8")
    return load_config(folder)


def test_a_project_without_the_file_has_the_defaults(tmp_path):
    assert load_config(tmp_path) == Config()


@pytest.mark.parametrize("text", ["", "\n", "# check:\n#   ignore: []\n", "---\n", "check:\n"])
def test_a_file_that_says_nothing_means_the_defaults(tmp_path, text):
    assert settings(tmp_path, text) == Config()


def test_what_is_written_is_read_and_the_rest_stays_default(tmp_path):
    read = settings(tmp_path, "preview: {limit: 5}\ncheck: {waivers: {max_days: 7}}\n")
    assert read.preview.limit == 5
    assert read.check.waivers.max_days == 7
    assert read.check.layers == Config().check.layers


def test_layers_replace_the_default_ones(tmp_path):
    read = settings(tmp_path, "check: {layers: {raw: {folders: [L1_inlets]}}}\n")
    assert read.check.layers == {"raw": Layer(folders=("L1_inlets",))}


def test_a_rule_is_a_severity_or_a_mapping(tmp_path):
    check = settings(
        tmp_path, "check:\n  rules:\n    a: off\n    b: {severity: warn, words: 3}\n    c: {n: 1}\n"
    ).check
    assert check.rule("a") == RuleWish(severity="off")
    assert check.rule("b") == RuleWish(severity="warn", settings={"words": 3})
    assert check.rule("c") == RuleWish(settings={"n": 1})
    assert check.rule("unheard-of") == RuleWish()


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("chek: {}\n", "1:1", "unknown setting 'chek'", "did you mean 'check'?"),
        ("check:\n  waiver: {}\n", "2:3", "unknown setting 'check.waiver'", "'waivers'"),
        (
            "check:\n  zzz: {}\n",
            "2:3",
            "unknown setting",
            "known here: preset, locked, layers, rules",
        ),
        ("preview:\n  limit: ten\n", "2:3", "preview.limit: expected whole number, got text", ""),
        ("preview: {limit: 0}\n", "1:11", ">= 1", ""),
        ("check:\n  rules:\n    a: of\n", "3:5", "check.rules.a", "off, info, warn, error"),
        ("check:\n  rules:\n    a: {severity: eror}\n", "3:9", "'eror' is no severity", "'error'"),
        ("check:\n  layers:\n    a: {folders: x}\n", "3:9", "expected list, got text", ""),
        ("check:\n  layers:\n    a: {prefixes: [x]}\n", "3:5", "setting named folders", ""),
        (
            "check:\n  layers:\n    a: {folders: [x], parents: [sorce]}\n",
            "3:23",
            "'sorce', which is no layer",
            "did you mean 'source'?",
        ),
        ("check: [\n", "2:1", "not valid YAML", "indentation"),
        ("\tcheck: 1\n", "1:1", "not valid YAML", ""),
        ("check: {}\ncheck: {}\n", "2:1", "'check' is there twice", ""),
        ("check: &a\n  rules: *a\n", "2:10", "write it out", ""),
        ("a: !!python/object:os.system x\n", "1:4", "not valid YAML", ""),
        ("- check\n", "", "expected mapping, got list", ""),
        ("check: 2020-99-99\n", "", "not valid YAML", ""),
        ("check: " + "[" * 5000 + "]" * 5000, "", "not valid YAML", ""),
    ],
)
def test_a_mistake_is_shown_with_its_place_and_a_way_out(tmp_path, text, place, message, hint):
    with pytest.raises(PlatformError) as caught:
        settings(tmp_path, text)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert str(caught.value.where) == ":".join(part for part in ("platform.yml", place) if part)
    assert caught.value.exit_code is ExitCode.USAGE


def test_bytes_that_are_not_utf8_are_named_with_their_line(tmp_path):
    (tmp_path / "platform.yml").write_bytes(b"check:\n  ignore: [caf\xe9]\n")
    with pytest.raises(PlatformError, match="not UTF-8") as caught:
        load_config(tmp_path)
    assert str(caught.value.where) == "platform.yml:2"


def test_an_absurdly_large_file_is_not_read(tmp_path):
    (tmp_path / "platform.yml").write_bytes(b"# \n" * 400_000)
    with pytest.raises(PlatformError, match="larger than 1000 kB"):
        load_config(tmp_path)


def test_a_setting_can_be_pointed_at(tmp_path):
    settings(tmp_path, "check:\n  rules:\n    my-rule: {severity: warn, words: 3}\n")
    at = setting_place(tmp_path, "check", "rules", "my-rule", "words")
    assert str(at) == "platform.yml:3:31"
    assert str(setting_place(tmp_path, "check", "rules", "other")) == "platform.yml:2:3"


def schema() -> dict[str, object]:
    return json.loads(config.json_schema())


def test_the_schema_for_editors_is_up_to_date():
    """When this fails, `make schema` writes the file anew."""
    assert SCHEMA.read_text(encoding="utf-8") == config.json_schema()


def test_every_setting_has_a_description():
    for name, struct in schema()["$defs"].items():
        for option, its in struct["properties"].items():
            assert its.get("description"), f"{name}.{option}"


def uncommented(text: str) -> str:
    """The example with its options switched on; a comment in words starts with two signs."""
    lines = [line for line in text.splitlines() if not line.startswith(("##", "# yaml-"))]
    return "\n".join(re.sub(r"^# ?", "", line) for line in lines)


def test_the_example_shows_every_setting_at_its_default(tmp_path):
    text = uncommented(EXAMPLE.read_text(encoding="utf-8"))
    shown = settings(tmp_path, text)
    assert shown == msgspec.structs.replace(
        Config(), check=msgspec.structs.replace(Config().check, rules=shown.check.rules)
    )
    written = yaml.safe_load(text)
    for struct, part in ((Config, written), (config.Check, written["check"])):
        assert set(part) == set(struct.__struct_fields__)
    for layer in written["check"]["layers"].values():
        assert set(layer) == set(Layer.__struct_fields__)


def test_the_example_explains_every_setting_in_the_words_of_the_schema():
    words = " ".join(re.sub(r"^##? ?", "", line) for line in EXAMPLE.read_text().splitlines())
    text = re.sub(r"\s+", " ", words.replace("## ", ""))
    for struct in schema()["$defs"].values():
        for option, its in struct["properties"].items():
            assert its["description"] in text, option
