"""Parsers of option values; a malformed value is reported before anything else happens."""

from pathlib import Path

import typer

from auditor.formats import format_names
from auditor.i18n import Message, _


class WrongValueError(typer.BadParameter):
    """An option value that is refused, with the reason."""

    def __init__(self, message: Message) -> None:
        """Keep the reason for `auditor.cli.options.language.usage_error` to translate."""
        super().__init__(str(message))
        self.reason = message


def text(value: str) -> str:
    """Check that a text is not blank and has no white space around it."""
    if not value.strip():
        raise WrongValueError(_("it is blank"))
    if value != value.strip():
        raise WrongValueError(_("it has white space around it"))
    return value


def path(value: str | Path) -> Path:
    """Parse a path, checked as `text` is."""
    return value if isinstance(value, Path) else Path(text(value))


def format_name(value: str) -> str:
    """Check the name of a format."""
    if value not in format_names():
        raise WrongValueError(_("{name!r} is none of {known}").format(name=value, known=", ".join(format_names())))
    return value
