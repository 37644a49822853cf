"""Logging to stderr: redacted, quiet by default, without tracebacks on the screen."""

import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from auditor.formats.escape import escape_invisible
from auditor.i18n import Message, Translator
from auditor.security.redaction import SECRETS, LogFilter

SPEAKER = "audit"
PROGRAM, REQUESTS = "auditor", "ccxt"
"""The program's own loggers, and that of the exchange's requests. Any other library could log an address whole."""
SENTENCES, EVERYTHING = 1, 2
"""How often -v is given for sentences about what is being done, and for every request and answer."""


class SentenceFilter(logging.Filter):
    """Translates the sentences that the program logs for its reader, before anything makes English of them."""

    def __init__(self, translate: Translator) -> None:
        """Translate with ``translate``."""
        super().__init__()
        self._translate = translate

    def filter(self, record: logging.LogRecord) -> bool:
        """Translate the record's sentence, if it is one, and keep it."""
        if isinstance(record.msg, Message):
            record.msg, record.args, record.name = self._translate(record.msg), None, SPEAKER
        return True


class LineFormatter(logging.Formatter):
    """Writes each record on one line, in which nothing is obeyed by a terminal or a runner."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        return escape_invisible(super().format(record))


def configure(*, verbose: int, translate: Translator | None = None) -> None:
    """Send log records to stderr through the redaction filter.

    ``verbose``: 0 for warnings only, `SENTENCES`, or `EVERYTHING`: the program's records and the exchange's requests.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(SentenceFilter(translate or Translator()))
    handler.addFilter(LogFilter(SECRETS))
    handler.setFormatter(LineFormatter("%(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    levels = {0: logging.WARNING, SENTENCES: logging.INFO}
    logging.getLogger(PROGRAM).setLevel(levels.get(verbose, logging.DEBUG))
    logging.getLogger(REQUESTS).setLevel(logging.DEBUG if verbose >= EVERYTHING else logging.WARNING)


@contextmanager
def captured_errors() -> Iterator[None]:
    """Log errors of threads and destructors instead of printing them, and silence warnings.

    When the block ends, the previous hooks, handlers and levels are restored.
    """
    root = logging.getLogger()
    hooks = threading.excepthook, sys.unraisablehook
    handlers = list(root.handlers)
    levels = {one: one.level for one in (root, logging.getLogger(PROGRAM), logging.getLogger(REQUESTS))}
    threading.excepthook, sys.unraisablehook = _on_thread, _on_unraisable
    try:
        with warnings.catch_warnings():
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            yield
    finally:
        threading.excepthook, sys.unraisablehook = hooks
        root.handlers[:] = handlers
        for logger, level in levels.items():
            logger.setLevel(level)


def _on_thread(args: threading.ExceptHookArgs) -> None:
    _log(args.exc_value)


def _on_unraisable(args: "sys.UnraisableHookArgs") -> None:
    _log(args.exc_value)


def _log(error: BaseException | None) -> None:
    logging.getLogger("auditor").debug("left behind", exc_info=error)
