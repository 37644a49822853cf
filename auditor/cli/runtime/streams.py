"""stdout and stderr as the program needs them: no secret passes, no console's encoding and no closed pipe stops it."""

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO, cast

from auditor.i18n import _
from auditor.model.errors import Problem
from auditor.security.redaction import SECRETS

_CLOSED = frozenset({errno.EPIPE, errno.ESHUTDOWN, errno.EBADF} | ({errno.EINVAL} if os.name == "nt" else set()))


class GuardedStream(io.TextIOBase):
    """A text stream that cleans what passes. When the reader is gone it swallows the rest."""

    def __init__(self, stream: TextIO, clean: Callable[[str], str]) -> None:
        """Write to ``stream`` what ``clean`` leaves."""
        super().__init__()
        self._stream = stream
        self._clean = clean
        self._open = True

    def __getattr__(self, name: str) -> Any:
        """Whatever else somebody asks of a stream."""
        return getattr(self._stream, name)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """What the stream can carry."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    def write(self, text: str, /) -> int:
        """Write ``text`` without secrets; what the encoding lacks becomes escapes."""
        cleaned = self._clean(text).encode(self.encoding, "backslashreplace").decode(self.encoding)
        self._attempt(lambda: self._stream.write(cleaned))
        return len(text)

    def flush(self) -> None:
        """Hand on what is held back."""
        self._attempt(self._stream.flush)

    def isatty(self) -> bool:
        """Whether a person is looking."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the file behind it."""
        return self._stream.fileno()

    def writable(self) -> bool:
        """Say yes: that is what it is for."""
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
                raise Problem(_("The output cannot be written: {why}.").format(why=error.strerror)) from None


def _discard(stream: TextIO) -> None:
    """Let the interpreter's own last flush of ``stream`` go nowhere, as Python's documentation recommends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


@contextmanager
def guarded_streams() -> Iterator[None]:
    """Stand before stdout and stderr while the block runs."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_guarded, before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _guarded(stream: TextIO | None) -> TextIO:
    """``stream`` under guard; a windowed Python on Windows has none."""
    return cast(TextIO, GuardedStream(stream or io.StringIO(), SECRETS.text))
