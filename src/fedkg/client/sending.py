"""One attempt to ask, over httpx: the only code that knows it."""

import logging
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

from fedkg.client.messages import Answer, LastingError, PassingError, Request, origin
from fedkg.client.timing import Clock, Pace, retry_after
from fedkg.client.unpacking import Limits, unpacked

_REDIRECTS = 5
_CONNECT_SECONDS = 15.0
_KEEP_METHOD = (307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_TOO_MUCH = (400, 413)
"""Semantic Scholar gives 400 where the answer would be too large."""
_ABSENT = (404, 410)

for _name in ("httpx", "httpcore"):
    # They log whole addresses, and a service's key may stand in one.
    logging.getLogger(_name).setLevel(logging.WARNING)


class Sender:
    """Sends requests, each in its turn, and receives answers within limits."""

    def __init__(self, user_agent: str, limits: Limits, pace: Pace, clock: Clock) -> None:
        self._limits = limits
        self._pace = pace
        self._clock = clock
        self._http = httpx.Client(
            headers={"User-Agent": user_agent, "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(limits.silence, connect=min(_CONNECT_SECONDS, limits.silence)),
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def send(self, request: Request) -> Answer:
        """Return the answer to a request, following redirects on its own host.

        Raises PassingError or LastingError, which no secret is told to.
        """
        try:
            return self._follow(request)
        except httpx.TimeoutException as error:
            raise PassingError("it took too long") from error
        except httpx.RemoteProtocolError as error:
            raise PassingError("its answer broke off") from error
        except httpx.NetworkError as error:
            raise PassingError("it cannot be reached") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            kind = type(error).__name__
            raise LastingError(f"cannot be asked ({kind}): check its address") from error

    def _follow(self, request: Request) -> Answer:
        url = _with_secrets(request)
        for _ in range(_REDIRECTS + 1):
            found = self._once(request, url)
            if isinstance(found, Answer):
                return found
            url = found
        raise LastingError(f"redirects more than {_REDIRECTS} times")

    def _once(self, request: Request, url: str) -> Answer | str:
        """Return the answer, or the address to which the service redirects."""
        self._pace.wait(origin(url))
        headers = {"Accept": ", ".join(request.types), **request.secret_headers}
        if request.body:
            headers["Content-Type"] = request.body_type
        started = self._clock.monotonic()
        with self._http.stream(
            request.method, url, content=request.body or None, headers=headers
        ) as response:
            if response.has_redirect_location:
                return _target(request, url, response)
            if request.may_be_absent and response.status_code in _ABSENT:
                return Answer(b"", "", self._clock.now())
            self._check(request, response)
            coding = response.headers.get("content-encoding", "").strip().lower()
            body = unpacked(self._parts(response, started), coding, self._limits)
        return Answer(body, _media_type(response), self._clock.now())

    def _check(self, request: Request, response: httpx.Response) -> None:
        status = response.status_code
        if status in _PASSING:
            asked = response.headers.get("retry-after", "").strip()
            raise PassingError(f"status {status}", retry_after(asked, self._clock.now()))
        if status != httpx.codes.OK:
            raise LastingError(
                f"answers with status {status}: nothing was taken from it",
                is_of_size=status in _TOO_MUCH,
            )
        found = _media_type(response)
        if found not in request.types:
            raise LastingError(
                f"answers with {found[:80] or 'no media type'} where {' or '.join(request.types)} "
                "was asked for: nothing was taken from it"
            )

    def _parts(self, response: httpx.Response, started: float) -> Iterator[bytes]:
        for part in response.iter_raw():
            # A service that sends a byte now and then is never silent.
            if self._clock.monotonic() - started > self._limits.seconds:
                raise PassingError("it took too long")
            yield part


def _with_secrets(request: Request) -> str:
    if not request.secret_query:
        return request.url
    mark = "&" if urlsplit(request.url).query else "?"
    return f"{request.url}{mark}{urlencode(request.secret_query)}"


def _target(request: Request, url: str, response: httpx.Response) -> str:
    """Return where a redirect leads. Raises LastingError for one that leads elsewhere."""
    target = urljoin(url, response.headers["location"])
    if origin(target) != origin(url) or "@" in urlsplit(target).netloc:
        raise LastingError(f"redirects to {origin(target)}, where nothing was asked")
    if request.method == "POST" and response.status_code not in _KEEP_METHOD:
        raise LastingError(f"redirects a POST with status {response.status_code}")
    return target


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
