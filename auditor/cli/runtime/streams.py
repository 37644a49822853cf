"""Guarded stdout and stderr: redacted, safe for any encoding and for closed pipes."""

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.redaction import SECRETS

_CLOSED = frozenset({errno.EPIPE, errno.ESHUTDOWN, errno.EBADF} | ({errno.EINVAL} if os.name == "nt" else set()))


class GuardedStream(io.TextIOBase):
    """A text stream that redacts its output, and drops it once the pipe is closed."""

    def __init__(self, stream: TextIO, clean: Callable[[str], str]) -> None:
        """Wrap ``stream``; ``clean`` removes secrets from each text."""
        super().__init__()
        self._stream = stream
        self._clean = clean
        self._open = True

    def __getattr__(self, name: str) -> Any:
        """Pass every other attribute on to the stream."""
        return getattr(self._stream, name)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Return the encoding of the stream."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    def write(self, text: str, /) -> int:
        """Write ``text`` without secrets; characters that cannot be encoded become escapes."""
        cleaned = self._clean(text).encode(self.encoding, "backslashreplace").decode(self.encoding)
        self._attempt(lambda: self._stream.write(cleaned))
        return len(text)

    def flush(self) -> None:
        """Flush the stream."""
        self._attempt(self._stream.flush)

    def isatty(self) -> bool:
        """Return whether the stream is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the file descriptor of the stream."""
        return self._stream.fileno()

    def writable(self) -> bool:
        """Return True, as for any output stream."""
        return True

    def _attempt(self, act: Callable[[], object]) -> None:
        if not self._open:
            return
        try:
            act()
        except OSError as error:
            self._open = False
            _discard(self._stream)
            if error.errno not in _CLOSED:
                raise UserError(_("The output cannot be written: {why}.").format(why=error.strerror)) from None


def _discard(stream: TextIO) -> None:
    """Send the interpreter's last flush of ``stream`` to os.devnull.

    Source: the note on SIGPIPE in the documentation of Python's module signal.
    """
    with suppress(OSError, ValueError):
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, stream.fileno())
        os.close(devnull)


@contextmanager
def guarded_streams() -> Iterator[None]:
    """Guard stdout and stderr while the block runs."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_guard, before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _guard(stream: TextIO | None) -> TextIO:
    """Return a guarded ``stream``; a windowed Python on Windows has None."""
    return cast(TextIO, GuardedStream(stream or io.StringIO(), SECRETS.text))
