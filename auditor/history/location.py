"""Where the history lies: a file of the user's, or a database of theirs whose password stands nowhere in the open."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from auditor.credentials import ENVIRONMENT, KEYRING, Vault, parse_reference
from auditor.errors import Problem
from auditor.i18n import _

FILE_NAME = "history.sqlite3"
_REFERENCES = (f"{ENVIRONMENT}:", f"{KEYRING}:")
_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Location:
    """A SQLite file, or the address of another database (``url``, which may hold a password: never shown)."""

    file: Path | None = None
    url: str | None = None

    def __repr__(self) -> str:
        """Never the address."""
        return f"Location({self.file})"

    @property
    def shown(self) -> str:
        """What to call it in front of people."""
        return _("the history's database") if self.file is None else str(self.file)


def default_file() -> Path:
    """Where the history lies when ``--history`` does not say."""
    return platformdirs.user_data_path("exchange-closure-audit", appauthor=False) / FILE_NAME


def parse_location(text: str | None) -> Location:
    """Read ``--history``: a file, a database URL without a password, or ``env:NAME`` for one with. Raises Problem."""
    if text is None:
        return Location(file=default_file())
    if text.startswith(_REFERENCES):
        return _database(_revealed(text))
    if "://" not in text:
        return Location(file=Path(text).expanduser())
    if _has_password(text):
        raise Problem(
            _("A password must not stand in --history: put the whole URL into a variable, --history env:NAME.")
        )
    return _database(text)


def _revealed(text: str) -> str:
    vault, reference = Vault(Path()), parse_reference(text, "url", "--history")
    vault.demand([reference])
    return vault.read(reference).reveal()


def _database(url: str) -> Location:
    return Location(file=Path(url.removeprefix(_SQLITE))) if url.startswith(_SQLITE) else Location(url=url)


def _has_password(url: str) -> bool:
    from sqlalchemy.engine import make_url  # noqa: PLC0415 - --help loads no database
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        return make_url(url).password is not None
    except (ArgumentError, ValueError):
        raise Problem(_("--history is neither a file nor a database URL.")) from None
