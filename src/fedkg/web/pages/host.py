"""Whole addresses on the host that was asked."""

import re
from http import HTTPStatus

from flask import abort, request

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def absolute(href: str) -> str:
    """Return a link on this host with scheme and host; aborts with 400 where the host is none."""
    if not _HOST.fullmatch(request.host):
        abort(HTTPStatus.BAD_REQUEST, "The Host header names no host: send one that does.")
    return f"{request.scheme}://{request.host}{href}"
