"""Asking services elsewhere politely: the only code that opens outbound connections.

A `Client` takes a `Request`, waits its turn, and returns an `Answer` whose bytes the caller parses.
Nothing is asked that a caller did not ask for, and every failure is one ServiceError.
"""

from fedkg.client.asking import Client
from fedkg.client.cache import Cache
from fedkg.client.messages import Answer, Request
from fedkg.client.timing import Clock
from fedkg.client.unpacking import Limits

__all__ = ["Answer", "Cache", "Client", "Clock", "Limits", "Request"]
