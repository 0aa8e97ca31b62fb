"""Settings: a flag before the environment before `fedkg.toml` before the default."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from fedkg.errors import InputError

DEFAULT_BASE = "https://w3id.org/fedkg/"
"""What things live under unless an operator says otherwise."""

SETTINGS_FILE = "fedkg.toml"
_FORMATS = ("text", "json")
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Value:
    """A setting's value and where it came from: `--dir`, `FEDKG_DIR`, `fedkg.toml`, `default`."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run."""

    values: Mapping[str, Value]

    @property
    def directory(self) -> Path:
        """The graph directory."""
        return Path(self.values["dir"].text)

    @property
    def base_iri(self) -> str:
        """The IRI that things live under; ends in `/`."""
        return self.values["base-iri"].text

    @property
    def host(self) -> str:
        """The address to serve on."""
        return self.values["host"].text

    @property
    def port(self) -> int:
        """The port to serve on; 0 takes any free one."""
        return int(self.values["port"].text)

    @property
    def log_format(self) -> str:
        """`text` or `json`."""
        return self.values["log-format"].text


def settle(flags: Mapping[str, object], environment: Mapping[str, str], folder: Path) -> Settings:
    """Return the settings that flags, environment and the `fedkg.toml` of a folder make.

    A flag that is None was not given. Raises InputError naming the setting and its origin.
    """
    file = _read(folder / SETTINGS_FILE)
    values = {name: _value(name, flags, environment, file) for name in _SETTINGS}
    return Settings(values)


def _value(
    name: str,
    flags: Mapping[str, object],
    environment: Mapping[str, str],
    file: Mapping[str, object],
) -> Value:
    default, check = _SETTINGS[name]
    variable = f"FEDKG_{name.upper().replace('-', '_')}"
    for given, origin in (
        (flags.get(name), f"--{name}"),
        (environment.get(variable), variable),
        (file.get(name), SETTINGS_FILE),
        (default, "default"),
    ):
        if given is not None:
            return Value(check(str(given), name, origin), origin)
    raise InputError(f"The setting {name} has no value: give it with --{name}.")


def _read(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): mend or remove it.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not valid TOML ({error}): mend that line.") from error
    unknown = sorted(set(content) - set(_SETTINGS))
    if unknown:
        known = ", ".join(_SETTINGS)
        raise InputError(
            f"{path} sets {unknown[0]}, which is no setting: the settings are {known}."
        )
    return content


def _any_path(text: str, name: str, origin: str) -> str:
    if not text.strip() or "\0" in text:
        raise InputError(f"{name} ({origin}) is empty: name a folder.")
    return text


def _base(text: str, name: str, origin: str) -> str:
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    plain = text.isascii() and not set(text) & set(' <>"{}|^`\\\t\n\r?#')
    if not (good and plain and text.endswith("/")):
        raise InputError(
            f"{name} ({origin}) is {text!r}: give an http(s) address that ends in /, such as "
            f"{DEFAULT_BASE}."
        )
    return text


def _host(text: str, name: str, origin: str) -> str:
    if not text.strip():
        raise InputError(f"{name} ({origin}) is empty: give an address such as 127.0.0.1.")
    return text


def _port(text: str, name: str, origin: str) -> str:
    if not (text.isascii() and text.isdigit() and int(text[:6]) <= _LAST_PORT):
        raise InputError(f"{name} ({origin}) is {text!r}: give a number from 0 to {_LAST_PORT}.")
    return text


def _log_format(text: str, name: str, origin: str) -> str:
    if text not in _FORMATS:
        raise InputError(f"{name} ({origin}) is {text!r}: choose text or json.")
    return text


_Check = Callable[[str, str, str], str]

_SETTINGS: Mapping[str, tuple[str, _Check]] = {
    "dir": ("fedkg-graph", _any_path),
    "base-iri": (DEFAULT_BASE, _base),
    "host": ("127.0.0.1", _host),
    "port": ("8000", _port),
    "log-format": ("text", _log_format),
}
