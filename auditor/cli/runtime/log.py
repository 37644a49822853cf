"""Logging to stderr: redacted, quiet by default, without tracebacks on the screen."""

import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from auditor.formats.escape import escape_invisible
from auditor.security.redaction import SECRETS, LogFilter

VERBOSE = ("auditor", "ccxt")
"""The program's own loggers, and that of the exchange's requests. Any other library could log an address whole."""


class LineFormatter(logging.Formatter):
    """Writes each record on one line, in which nothing is obeyed by a terminal or a runner."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        return escape_invisible(super().format(record))


def configure(*, verbose: bool) -> None:
    """Send log records to stderr through the redaction filter.

    Records below WARNING pass only when ``verbose``, and only those of the program and of the exchange's requests.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(LogFilter(SECRETS))
    handler.setFormatter(LineFormatter("%(name)s: %(message)s"))
    level = logging.DEBUG if verbose else logging.WARNING
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in VERBOSE:
        logging.getLogger(name).setLevel(level)


@contextmanager
def captured_errors() -> Iterator[None]:
    """Log errors of threads and destructors instead of printing them, and silence warnings.

    When the block ends, the previous hooks and handlers are restored.
    """
    root = logging.getLogger()
    hooks = threading.excepthook, sys.unraisablehook
    handlers, level = list(root.handlers), root.level
    threading.excepthook, sys.unraisablehook = _on_thread, _on_unraisable
    try:
        with warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            yield
    finally:
        threading.excepthook, sys.unraisablehook = hooks
        root.handlers[:] = handlers
        root.setLevel(level)


def _on_thread(args: threading.ExceptHookArgs) -> None:
    _log(args.exc_value)


def _on_unraisable(args: "sys.UnraisableHookArgs") -> None:
    _log(args.exc_value)


def _log(error: BaseException | None) -> None:
    logging.getLogger("auditor").debug("left behind", exc_info=error)
