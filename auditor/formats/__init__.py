"""Formats: one output a file, found by being there. The module ``as_NAME`` holds the format ``NAME``.

A format is loaded when it is asked for: listing the names imports none of them.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from auditor.i18n import Translator, _
from auditor.model.errors import Problem
from auditor.model.report import Report

PREFIX = "as_"


@dataclass(frozen=True, slots=True)
class Pass:
    """One earlier pass of a watch, for formats that show how it went."""

    at: datetime
    blockers: int
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sink:
    """Where an output goes: its ``width`` in columns, whether it shows ``colour``, what ``encoding`` it can show.

    ``passes``: earlier passes and this one, where there is a history; ``translate``: renders messages for its reader.
    """

    width: int = 80
    colour: bool = False
    encoding: str = "utf-8"
    passes: tuple[Pass, ...] = ()
    translate: Translator = field(default_factory=Translator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One output. ``suffix`` of a file of it; ``file_encoding``: what such a file is written in."""

    name: str
    suffix: str
    render: Callable[[Report, Sink], str]
    file_encoding: str = "utf-8"


def format_names() -> tuple[str, ...]:
    """List the formats there are, without loading any."""
    modules = (info.name for info in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.removeprefix(PREFIX) for name in modules if name.startswith(PREFIX)))


def get_format(name: str) -> Format:
    """Load one format. Raises Problem for an unknown name."""
    if name not in format_names():
        known = ", ".join(format_names())
        raise Problem(_("Unknown format {name!r}. Known: {known}.").format(name=name, known=known))
    loaded: Format = importlib.import_module(f"{__name__}.{PREFIX}{name}").FORMAT
    return loaded
