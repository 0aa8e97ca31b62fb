"""Settings: a flag before the environment before `fedkg.toml` before the default."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from fedkg.errors import InputError

DEFAULT_BASE = "https://w3id.org/fedkg/"
"""What things live under unless an operator says otherwise."""

SETTINGS_FILE = "fedkg.toml"
_LOG_FORMATS = ("text", "json")
_LAST_PORT = 65535
_DIGITS_AT_MOST = 7
_MIB = 2**20
_NONE = "none"
_STEP = re.compile(r"[A-Za-z0-9._~-]+")


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
    def facts(self) -> Path:
        """The folder in the graph directory for what services say."""
        return self.directory / "facts"

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
    def deadline(self) -> float:
        """Seconds that a query may take."""
        return float(self.values["deadline"].text)

    @property
    def max_answer(self) -> int:
        """Bytes of an answer."""
        return int(self.values["max-answer"].text) * _MIB

    @property
    def max_memory(self) -> int:
        """Bytes that a query may take above what the graph takes."""
        return int(self.values["max-memory"].text) * _MIB

    @property
    def fast(self) -> int:
        """Quick queries at once."""
        return int(self.values["fast"].text) or os.cpu_count() or 2

    @property
    def slow(self) -> int:
        """Slow queries at once."""
        return int(self.values["slow"].text)

    @property
    def queue(self) -> int:
        """Queries that wait to be begun."""
        return int(self.values["queue"].text)

    @property
    def cache(self) -> int:
        """Bytes of answers that are kept."""
        return int(self.values["cache"].text) * _MIB

    @property
    def trusted_proxy(self) -> str:
        """The address of the proxy whose X-Forwarded-For is believed; empty for none."""
        text = self.values["trusted-proxy"].text
        return "" if text == _NONE else text

    @property
    def root_path(self) -> str:
        """The path of the host that the site is below; empty for all of it."""
        return self.values["root-path"].text.rstrip("/")

    @property
    def contact(self) -> str:
        """Where services can reach who asks them; empty for nowhere."""
        text = self.values["contact"].text
        return "" if text == _NONE else text

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


def _number_complaint(text: str) -> str | None:
    good = text.isascii() and text.isdigit() and len(text) <= _DIGITS_AT_MOST
    return None if good else "give a whole number"


def _count_complaint(text: str) -> str | None:
    return _number_complaint(text) or (None if int(text) else "give a number of 1 or more")


def _seconds_complaint(text: str) -> str | None:
    good = text.isascii() and text.replace(".", "", 1).isdigit() and len(text) <= _DIGITS_AT_MOST
    return None if good and float(text) > 0 else "give a number of seconds such as 10 or 2.5"


def _proxy_complaint(text: str) -> str | None:
    try:
        ip_address("::" if text == _NONE else text)
    except ValueError:
        return f"give an address such as 10.0.0.1, or {_NONE}"
    return None


def _path_complaint(text: str) -> str | None:
    steps = text.strip("/").split("/")
    plain = all(_STEP.fullmatch(step) and set(step) != {"."} for step in steps)
    return None if text.startswith("/") and (plain or text == "/") else "give a path such as /fedkg"


def _contact_complaint(text: str) -> str | None:
    plain = text.isascii() and text.isprintable() and not set(text) & set(" ()\\")
    if plain and (text == _NONE or "@" in text or text.startswith(("http://", "https://"))):
        return None
    return f"give an e-mail address, the address of a page, or {_NONE}"


def _log_format_complaint(text: str) -> str | None:
    return None if text in _LOG_FORMATS else f"choose {' or '.join(_LOG_FORMATS)}"


SETTINGS: Mapping[str, Setting] = {
    "dir": Setting("fedkg-graph", "DIR", "Graph directory.", _folder_complaint),
    "base-iri": Setting(DEFAULT_BASE, "IRI", "What things live under.", _base_complaint),
    "host": Setting("127.0.0.1", "HOST", "Address to listen on.", _host_complaint),
    "port": Setting("8000", "PORT", "Port; 0 takes a free one.", _port_complaint),
    "deadline": Setting("10", "SECONDS", "What a query may take.", _seconds_complaint),
    "max-answer": Setting("64", "MIB", "Size of an answer.", _count_complaint),
    "max-memory": Setting("2048", "MIB", "Memory of a query beside the graph's.", _count_complaint),
    "fast": Setting("0", "N", "Quick queries at once; 0: one for each core.", _number_complaint),
    "slow": Setting("2", "N", "Slow queries at once, beside the quick.", _count_complaint),
    "queue": Setting("64", "N", "Queries that wait; more get 503.", _number_complaint),
    "cache": Setting("64", "MIB", "Answers that are kept; 0 keeps none.", _number_complaint),
    "trusted-proxy": Setting(
        _NONE, "ADDRESS", "Proxy whose X-Forwarded-For tells clients apart.", _proxy_complaint
    ),
    "root-path": Setting("/", "PATH", "Path of the host that the site is below.", _path_complaint),
    "contact": Setting(
        _NONE, "ADDRESS", "E-mail or page to reach you at, for services.", _contact_complaint
    ),
    "log-format": Setting("text", "text|json", "How to write the log.", _log_format_complaint),
}
"""All settings by name, in the order that `fedkg config` prints them."""
