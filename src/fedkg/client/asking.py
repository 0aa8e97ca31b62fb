"""The client: kept answers first, then attempts with waits between them."""

import logging
from importlib.metadata import version
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from fedkg.client.cache import Cache
from fedkg.client.messages import Answer, LastingError, PassingError, Request
from fedkg.client.timing import Clock, Pace, back_off
from fedkg.client.unpacking import Limits
from fedkg.errors import InputError, ServiceError, TooMuchAskedError

log = logging.getLogger("fedkg")


class Client:
    """Asks services, for a person who can be reached at `contact`.

    Requests to one host are `interval` seconds apart. `sent` counts those that no kept answer had
    an answer to. Raises InputError where httpx is missing.
    """

    def __init__(
        self,
        contact: str,
        cache: Cache | None = None,
        *,
        interval: float = 1.0,
        limits: Limits | None = None,
        clock: Clock | None = None,
    ) -> None:
        try:
            from fedkg.client.sending import Sender
        except ModuleNotFoundError as error:
            raise InputError(
                'Services are asked with httpx, which is missing: pip install "fedkg[online]".'
            ) from error
        self.sent = 0
        self._cache = cache
        self._clock = clock or Clock()
        self._limits = limits or Limits()
        user_agent = f"fedkg/{version('fedkg')} ({contact})"
        pace = Pace(interval, self._clock)
        self._sender = Sender(user_agent, self._limits, pace, self._clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sender.close()

    def ask(self, request: Request) -> Answer:
        """Return the answer to a request, whole and of a type that was asked for.

        Raises ServiceError for one that cannot be had, TooMuchAskedError where less at once may be;
        what other requests got is kept.
        """
        _check_address(request)
        kept = self._cache and self._cache.get(request, self._clock.now())
        if kept:
            return kept
        self.sent += 1
        try:
            answer = self._insist(request)
        except LastingError as error:
            kind = TooMuchAskedError if error.is_of_size else ServiceError
            raise kind(f"{request.name} {error}.") from error
        if self._cache:
            self._cache.put(request, answer)
        return answer

    def forget(self, request: Request) -> None:
        """Do not keep the answer to a request, since it cannot be parsed: it is asked anew."""
        if self._cache:
            self._cache.drop(request)

    def _insist(self, request: Request) -> Answer:
        for attempt in range(1, self._limits.attempts + 1):
            try:
                return self._sender.send(request)
            except PassingError as error:
                if attempt == self._limits.attempts:
                    raise LastingError(
                        f"did not answer in {attempt} attempts ({error}): try again later"
                    ) from error
                self._wait(request, attempt, error)
        raise AssertionError("there is at least one attempt")

    def _wait(self, request: Request, attempt: int, error: PassingError) -> None:
        """Wait as long as the service asks, else longer after each attempt."""
        seconds = back_off(attempt, self._clock.chance())
        if error.wait is not None:
            if error.wait > self._limits.longest_wait:
                raise LastingError(
                    f"asks to wait {error.wait:,.0f} seconds ({error}): try again after that"
                ) from error
            seconds = max(seconds, error.wait)
        log.info("%s: %s; asked again in %.0f s", request.name, error, seconds)
        self._clock.sleep(seconds)


def _check_address(request: Request) -> None:
    try:
        parts = urlsplit(request.url)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise ServiceError("The address of a service begins with http:// or https:// and a host.")
    if "@" in parts.netloc:
        raise ServiceError(f"The address {request.name} has a user's name in it: leave it out.")
