"""What is typed or pasted at a terminal, character by character, while nothing of it is shown."""

import codecs
import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from auditor.i18n import _
from auditor.model.errors import UserError

BRACKETS_ON, BRACKETS_OFF = "\x1b[?2004h", "\x1b[?2004l"
"""Ask a terminal to mark what is pasted (bracketed paste), and to stop. Source: xterm's control sequences."""
CHUNK = 4096
QUIET = 0.05
"""Seconds without input after which nothing more of a paste is on its way."""
POLL = 0.01
_INTERRUPT, _END = "\x03", "\x1a"
_FUNCTION_KEYS = ("\x00", "\xe0")
"""On Windows the first of the two characters of a key that writes none."""


class Keyboard(Protocol):
    """A source of characters."""

    def read(self) -> str:
        """Return the next character, "" at the end of the input."""

    def has_more(self, seconds: float) -> bool:
        """Return whether something more comes within so many seconds."""


@contextmanager
def hidden_keyboard() -> Iterator[Keyboard]:
    """Yield the keyboard, with its echo off until the block ends. Raises UserError where it cannot be turned off.

    What is left of a paste when the block ends is dropped: a shell would run it and keep it in its history.
    """
    try:
        import termios  # noqa: PLC0415 - not on Windows
    except ImportError:
        yield _windows_keyboard()
        return
    descriptor = sys.stdin.fileno()
    try:
        before = termios.tcgetattr(descriptor)
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, _without_echo(before))
        is_hidden = not termios.tcgetattr(descriptor)[3] & termios.ECHO
    except termios.error:
        raise _cannot_hide() from None
    try:
        if not is_hidden:
            raise _cannot_hide()
        _write_to_terminal(BRACKETS_ON)
        keyboard = _PosixKeyboard(descriptor)
        yield keyboard
    finally:
        _write_to_terminal(BRACKETS_OFF)
        _drop_input(descriptor)
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, before)


class _PosixKeyboard:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._text = ""

    def read(self) -> str:
        while not self._text:
            data = os.read(self._descriptor, CHUNK)
            if not data:
                return ""
            self._text = self._decoder.decode(data)
        first, self._text = self._text[0], self._text[1:]
        return first

    def has_more(self, seconds: float) -> bool:
        return bool(self._text) or bool(select.select([self._descriptor], [], [], seconds)[0])


class _WindowsKeyboard:
    def __init__(self, console: Any) -> None:
        self._console = console

    def read(self) -> str:
        character: str = self._console.getwch()
        if character in _FUNCTION_KEYS:
            self._console.getwch()
            return self.read()
        if character == _INTERRUPT:
            raise KeyboardInterrupt
        return "" if character == _END else character

    def has_more(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not self._console.kbhit():
            if time.monotonic() > end:
                return False
            time.sleep(POLL)
        return True


def _windows_keyboard() -> Keyboard:
    try:
        import msvcrt  # noqa: PLC0415 - only on Windows
    except ImportError:
        raise _cannot_hide() from None
    return _WindowsKeyboard(msvcrt)


def _without_echo(attributes: list[Any]) -> list[Any]:
    """Return a terminal's attributes without echo and line editing; Ctrl-C works, Ctrl-Z does not.

    A program that is stopped would leave its terminal to the shell, with the rest of a paste in it.
    """
    import termios  # noqa: PLC0415 - not on Windows

    changed = [*attributes[:6], list(attributes[6])]
    changed[3] &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.IEXTEN)
    changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
    changed[6][termios.VSUSP] = b"\x00"
    return changed


def _write_to_terminal(sequence: str) -> None:
    if sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        with suppress(OSError, UserError):
            sys.stderr.write(sequence)
            sys.stderr.flush()


def _drop_input(descriptor: int) -> None:
    with suppress(OSError):
        while select.select([descriptor], [], [], QUIET)[0]:
            if not os.read(descriptor, CHUNK):
                return


def _cannot_hide() -> UserError:
    return UserError(
        _("What you type could be seen here, so no key is asked for. Use another terminal, or --stdin to hand it over.")
    )
