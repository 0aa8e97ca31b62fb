"""Every error fedkg raises, on one screen.

Each is one sentence for a person: what is wrong, where (file, line), and what to do about it.
`exit_code` is what the command line returns for it: 1, the data has problems; 2, wrong use or
unreadable input.
"""


class FedkgError(Exception):
    """Root of all errors that a user may see; `str(error)` is the sentence."""

    exit_code = 2


class InputError(FedkgError):
    """A file, folder or setting that cannot be read or used as given."""


class GraphDirectoryError(FedkgError):
    """A graph directory that is missing, foreign, of another format, or cannot be written."""


class InvalidGraphError(FedkgError):
    """A graph that does not conform to the shapes, or breaks an invariant of the build."""

    exit_code = 1


class QueryError(FedkgError):
    """A query the engine refuses; `detail` holds the engine's own words."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail or sentence


class AnswerTooLargeError(FedkgError):
    """An answer of more bytes than may be sent; nothing of it is."""


class UnknownNameError(FedkgError):
    """A paper, property or query name that the graph does not know."""


class ExportError(FedkgError):
    """A file that cannot be written, or a graph that a format cannot hold."""


class NetworkError(FedkgError):
    """A network of more links than memory holds, or papers that a measure of one cannot take."""


class ServerError(FedkgError):
    """The server cannot start, for example because its port is taken."""


class ServiceError(FedkgError):
    """A service elsewhere that did not answer, or not as it was asked; what was there is kept."""


class TooMuchAskedError(ServiceError):
    """An answer that the service, or the client, finds too large: ask for less at once."""


class ValidationError(FedkgError):
    """A validation that did not come to its end, so that nothing is known of the graph."""


class MalformedError(FedkgError):
    """A request to the reconciliation service is not of the form that its specification asks."""
