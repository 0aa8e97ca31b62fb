"""Where this server is, as the client has called it."""

import re
from http import HTTPStatus

from flask import abort, request

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def own_origin() -> str:
    """Return scheme and host of the request, for links that have to be whole."""
    if not _HOST.fullmatch(request.host):
        abort(HTTPStatus.BAD_REQUEST, "The Host header names no host: send one that does.")
    return f"{request.scheme}://{request.host}"
