"""Logging: to stderr, filtered, and quiet unless it is asked for. Tracebacks go nowhere."""

import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from auditor.security.redaction import SECRETS, LogFilter

CHATTY = ("ccxt", "aiohttp", "asyncio")
"""Libraries that log requests, headers included, below WARNING."""


def configure(*, verbose: bool) -> None:
    """Send log records to stderr through the redaction filter; below WARNING only when ``verbose``."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(LogFilter(SECRETS))
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    level = logging.DEBUG if verbose else logging.WARNING
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(level)


@contextmanager
def contained() -> Iterator[None]:
    """Keep what Python prints by itself (of threads, destructors, warnings) off the screen, but in the log.

    When the block ends, hooks and handlers are again what they were.
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
