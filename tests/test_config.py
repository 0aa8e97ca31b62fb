"""Settings come from a flag, the environment, a file or a default, in that order."""

from pathlib import Path

import pytest

from fedkg.config import DEFAULT_BASE, SETTINGS, settle
from fedkg.errors import InputError


def test_without_anything_the_defaults_hold(tmp_path):
    """Each value says that it is a default."""
    settings = settle({}, {}, tmp_path)

    assert settings.directory == Path("fedkg-graph")
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.base_iri, settings.log_format) == (DEFAULT_BASE, "text")
    assert {value.origin for value in settings.values.values()} == {"default"}


@pytest.mark.parametrize(
    ("flags", "environment", "expected"),
    [
        ({"port": "1"}, {"FEDKG_PORT": "2"}, ("1", "--port")),
        ({"port": None}, {"FEDKG_PORT": "2"}, ("2", "FEDKG_PORT")),
        ({}, {"FEDKG_PORT": ""}, ("3", "fedkg.toml")),
        ({}, {}, ("3", "fedkg.toml")),
    ],
)
def test_a_flag_comes_before_the_environment_before_the_file(
    tmp_path, flags, environment, expected
):
    """The origin is told with the value; an empty variable counts as not set."""
    (tmp_path / "fedkg.toml").write_text("port = 3\n")

    value = settle(flags, environment, tmp_path).values["port"]

    assert (value.text, value.origin) == expected


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_can_stand_in_the_environment(tmp_path, name):
    """`base-iri` is FEDKG_BASE_IRI."""
    variable = f"FEDKG_{name.upper().replace('-', '_')}"

    value = settle({}, {variable: SETTINGS[name].default}, tmp_path).values[name]

    assert value.origin == variable


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "65536"),
        ("port", "-1"),
        ("port", "8000.0"),
        ("port", "٨٠٠٠"),
        ("port", "000000001"),
        ("base-iri", "https://example.org/fedkg"),
        ("base-iri", "ftp://example.org/"),
        ("base-iri", "HTTPS://Example.org/"),
        ("base-iri", "https://example.org/a b/"),
        ("base-iri", "https://example.org/?a=b/"),
        ("base-iri", "https://user@example.org/"),
        ("base-iri", "https://[::1/"),
        ("base-iri", "https://example.org/\n/"),
        ("base-iri", "urn:fedkg/"),
        ("host", " "),
        ("host", "local\0host"),
        ("dir", ""),
        ("dir", "a\0b"),
        ("log-format", "yaml"),
    ],
)
def test_a_bad_value_is_named_with_its_origin_and_remedy(tmp_path, name, text):
    """One sentence: setting, where it was set, what it is, what to do."""
    with pytest.raises(InputError) as caught:
        settle({name: text}, {}, tmp_path)

    sentence = str(caught.value)
    assert sentence.startswith(f"{name} (--{name}) is {text!r}: ")
    assert sentence.endswith(".")


@pytest.mark.parametrize("base", ["http://localhost:8000/", "https://example.org/a/b/"])
def test_a_base_can_be_any_plain_web_folder(tmp_path, base):
    """A port and a path are welcome."""
    assert settle({"base-iri": base}, {}, tmp_path).base_iri == base


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"prot = 8000", "sets prot, which is no setting: the settings are dir, base-iri"),
        (b"port = ", "is not valid TOML"),
        (b"\xff", "is not valid TOML"),
        (b"port = true", "sets port to neither text nor a number"),
        (b'dir = ["a"]', "sets dir to neither text nor a number"),
        (b"port = 70000", "port (fedkg.toml) is '70000'"),
    ],
)
def test_a_bad_file_says_what_to_mend(tmp_path, content, complaint):
    """A misspelt setting is refused: it would be ignored without a word."""
    (tmp_path / "fedkg.toml").write_bytes(content)

    with pytest.raises(InputError) as caught:
        settle({}, {}, tmp_path)

    assert complaint in str(caught.value)


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path):
    """A folder in its place, for example."""
    (tmp_path / "fedkg.toml").mkdir()

    with pytest.raises(InputError, match="cannot be read"):
        settle({}, {}, tmp_path)
