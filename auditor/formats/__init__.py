"""Formats of the report: the module ``as_NAME`` in this folder holds the format ``NAME``.

A format is loaded when it is used: listing the names imports none of them.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from auditor.i18n import Translator, _
from auditor.model.errors import UserError
from auditor.model.report import Report

PREFIX = "as_"


@dataclass(frozen=True, slots=True)
class PassCounts:
    """One earlier pass of a watch, for formats that show its progress."""

    at: datetime
    blockers: int
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sink:
    """The destination of an output, and what it can show.

    ``width`` in columns; ``details``: everything instead of the summary; ``quiet``: only the verdict; ``passes``:
    earlier passes and this one, if there is a history; ``translate``: renders messages in the language of the reader.
    """

    width: int = 80
    colour: bool = False
    encoding: str = "utf-8"
    passes: tuple[PassCounts, ...] = ()
    details: bool = False
    quiet: bool = False
    translate: Translator = field(default_factory=Translator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One output format, with the suffix and the encoding of its files."""

    name: str
    suffix: str
    render: Callable[[Report, Sink], str]
    file_encoding: str = "utf-8"


def format_names() -> tuple[str, ...]:
    """Return the names of all formats, without loading any."""
    modules = (info.name for info in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.removeprefix(PREFIX) for name in modules if name.startswith(PREFIX)))


def get_format(name: str) -> Format:
    """Load one format. Raises UserError for an unknown name."""
    if name not in format_names():
        known_names = ", ".join(format_names())
        raise UserError(_("Unknown format {name!r}. Known: {known}.").format(name=name, known=known_names))
    loaded: Format = importlib.import_module(f"{__name__}.{PREFIX}{name}").FORMAT
    return loaded
