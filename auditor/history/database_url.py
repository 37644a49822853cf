"""Location of the history: a file, or a database whose password is never shown."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from auditor.i18n import Text, _
from auditor.model.errors import UserError
from auditor.security.credentials import ENVIRONMENT, KEYRING, SecretReader, parse_reference
from auditor.security.paths import check_default_folder

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

FILE_NAME = "history.sqlite3"
MOST = 9
"""Histories beside each other, the damaged ones included."""
_REFERENCES = (f"{ENVIRONMENT}:", f"{KEYRING}:")
_SQLITE = frozenset({"sqlite", "sqlite+pysqlite"})


@dataclass(frozen=True, slots=True)
class Location:
    """A SQLite file, or the URL of another database.

    ``url`` may contain a password and is never shown.
    """

    file: Path | None = None
    url: str | None = None

    def __repr__(self) -> str:
        """Leave the URL out."""
        return f"Location({self.file})"

    @property
    def shown(self) -> Text:
        """The name to show to users: the file, or words for a database."""
        return _("the history's database") if self.file is None else str(self.file)


def default_file() -> Path:
    """Return the file of the history that is used without ``--history``."""
    return platformdirs.user_data_path("exchange-closure-audit", appauthor=False) / FILE_NAME


def beside(location: Location) -> tuple[Location, ...]:
    """Return the histories that take the place of a damaged file, in their order."""
    file = location.file
    if file is None:
        return ()
    return tuple(Location(file=file.with_name(f"{file.stem}-{number}{file.suffix}")) for number in range(2, MOST + 1))


def parse_location(text: str | None) -> Location:
    """Parse ``--history``: a file, or a database URL. Raises UserError.

    A URL with a password has to be given as a reference such as ``env:NAME``.
    """
    if text is None:
        file = default_file()
        check_default_folder(file.parent, "--history")
        return Location(file=file)
    if text.startswith(_REFERENCES):
        return _database(_read_reference(text))
    if "://" not in text:
        return Location(file=Path(text).expanduser())
    if _has_password(text):
        raise UserError(
            _("Do not write a password into --history: put the whole URL into a variable and use --history env:NAME.")
        )
    return _database(text)


def _read_reference(text: str) -> str:
    vault, reference = SecretReader(Path()), parse_reference(text, "url", "--history")
    vault.demand([reference])
    return vault.read(reference).get_secret_value()


def _database(url: str) -> Location:
    parts = _parse_url(url)
    if parts.drivername in _SQLITE and parts.database:
        return Location(file=Path(parts.database))
    return Location(url=url)


def _has_password(url: str) -> bool:
    parts = _parse_url(url)
    names = {name.lower() for name in parts.query} - {"passfile"}
    return parts.password is not None or any("pass" in name for name in names)


def _parse_url(url: str) -> "URL":
    from sqlalchemy.engine import make_url  # noqa: PLC0415 - --help loads no database
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise UserError(_("--history is neither a file nor a database URL.")) from None
