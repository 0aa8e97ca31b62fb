"""Answers on the disk, so that what was answered is not asked again."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from fedkg.client.messages import Answer, Request
from fedkg.errors import ServiceError


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder with a file for each answer; one that is older than `keep` is not given any more.

    A file is written beside and renamed: after a kill it is whole or not there. Its first line
    says what it is, the rest is the body; the question stands in it as a digest alone.
    """

    folder: Path
    keep: timedelta

    def get(self, request: Request, now: datetime) -> Answer | None:
        """Return the answer to a request; None for one that is not there, too old or damaged."""
        try:
            head, _, body = (self.folder / request.key).read_bytes().partition(b"\n")
            said = json.loads(head)
            answer = Answer(body, said["type"], datetime.fromisoformat(said["at"]))
            is_good = said["sha256"] == hashlib.sha256(body).hexdigest()
            return answer if is_good and answer.at <= now <= answer.at + self.keep else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, request: Request, answer: Answer) -> None:
        """Keep an answer. Raises ServiceError where the folder cannot be written to."""
        digest = hashlib.sha256(answer.body).hexdigest()
        head = {"type": answer.type, "at": answer.at.isoformat(), "sha256": digest}
        beside = self.folder / f".{request.key}.{os.getpid()}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.write(json.dumps(head).encode() + b"\n" + answer.body)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.folder / request.key)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            reason = error.strerror or str(error)
            raise ServiceError(
                f"Answers cannot be kept in {self.folder} ({reason}): make that folder writable."
            ) from error

    def drop(self, request: Request) -> None:
        """Forget the answer to a request."""
        with suppress(OSError):
            (self.folder / request.key).unlink()
