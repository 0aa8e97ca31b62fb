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
_LOG_FORMATS = ("text", "json")
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


@dataclass(frozen=True, slots=True)
class Setting:
    """What may be set: its default, and what is wrong with a text, as the end of a sentence."""

    default: str
    metavar: str
    help: str
    complaint: Callable[[str], str | None]


def settle(flags: Mapping[str, str | None], env: Mapping[str, str], folder: Path) -> Settings:
    """Return the settings that flags, environment and the `fedkg.toml` of a folder make.

    A flag that is None and a variable that is empty were not given. Raises InputError naming the
    setting and its origin.
    """
    file = _read(folder / SETTINGS_FILE)
    return Settings({name: _value(name, flags, env, file) for name in SETTINGS})


def _value(
    name: str, flags: Mapping[str, str | None], env: Mapping[str, str], file: Mapping[str, str]
) -> Value:
    setting = SETTINGS[name]
    variable = f"FEDKG_{name.upper().replace('-', '_')}"
    given = (
        (flags.get(name), f"--{name}"),
        (env.get(variable) or None, variable),
        (file.get(name), SETTINGS_FILE),
    )
    found = (Value(text, origin) for text, origin in given if text is not None)
    value = next(found, Value(setting.default, "default"))
    complaint = setting.complaint(value.text)
    if complaint:
        raise InputError(f"{name} ({value.origin}) is {value.text!r}: {complaint}.")
    return value


def _read(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): mend or remove it.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not valid TOML ({error}): mend that line.") from error
    for name, value in content.items():
        if name not in SETTINGS:
            known = ", ".join(SETTINGS)
            raise InputError(f"{path} sets {name}, which is no setting: the settings are {known}.")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise InputError(f"{path} sets {name} to neither text nor a number: mend that line.")
    return {name: str(value) for name, value in content.items()}


def _folder_complaint(text: str) -> str | None:
    return None if text.strip() and text.isprintable() else "name a folder"


def _base_complaint(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        good = bool(parts.hostname) and parts.port != 0 and parts.netloc == parts.netloc.lower()
    except ValueError:
        good = False
    plain = text.isascii() and text.isprintable() and not set(text) & set(' <>"{}|^`\\?#@')
    if good and plain and text.startswith(("http://", "https://")) and text.endswith("/"):
        return None
    return f"give an http(s) address that ends in /, such as {DEFAULT_BASE}"


def _host_complaint(text: str) -> str | None:
    good = text.isprintable() and text != "" and " " not in text
    return None if good else "give an address such as 127.0.0.1"


def _port_complaint(text: str) -> str | None:
    good = text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= _LAST_PORT
    return None if good else f"give a number from 0 to {_LAST_PORT}"


def _log_format_complaint(text: str) -> str | None:
    return None if text in _LOG_FORMATS else f"choose {' or '.join(_LOG_FORMATS)}"


SETTINGS: Mapping[str, Setting] = {
    "dir": Setting("fedkg-graph", "DIR", "Graph directory.", _folder_complaint),
    "base-iri": Setting(DEFAULT_BASE, "IRI", "What things live under.", _base_complaint),
    "host": Setting("127.0.0.1", "HOST", "Address to listen on.", _host_complaint),
    "port": Setting("8000", "PORT", "Port; 0 takes a free one.", _port_complaint),
    "log-format": Setting("text", "text|json", "How to write the log.", _log_format_complaint),
}
"""All settings by name, in the order that `fedkg config` prints them."""
