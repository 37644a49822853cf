"""Notes of the owner that items of the plan are done: a private file, by what an item is about and never by number."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from auditor.formats.atomic_write import replace_file
from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.model.snapshot import AccountSnapshot
from auditor.model.suppressions import Attestation
from auditor.security.paths import check_default_folder, make_private_folders

FILE_NAME = "done.json"
VALID = timedelta(days=90)
"""After this time the owner has to look again."""
REQUIREMENT = "requirement/"
LARGEST = 10_000_000


class DoneNote(BaseModel):
    """One note: what is done (``key``), at which account, who said so, and from when until when it counts.

    ``uid``: "" for what concerns all accounts at an exchange.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    exchange: str
    uid: str
    by: str
    on: date
    until: date


class DoneFile(BaseModel):
    """The content of the file."""

    model_config = ConfigDict(extra="forbid")

    version: int = 1
    notes: tuple[DoneNote, ...] = ()


def default_path() -> Path:
    """Return the path of the file."""
    return platformdirs.user_data_path("exchange-closure-audit", appauthor=False) / FILE_NAME


def load(path: Path) -> tuple[DoneNote, ...]:
    """Return the notes in the file; none if it does not exist. Raises UserError."""
    try:
        with path.open("rb") as file:
            return TypeAdapter(DoneFile).validate_json(file.read(LARGEST)).notes
    except FileNotFoundError:
        return ()
    except ValidationError:
        text = _("{path} does not hold notes of this program. Delete it, then mark again what is done.")
        raise UserError(text.format(path=path)) from None
    except OSError as error:
        raise UserError(_("Cannot read {path}: {why}.").format(path=path, why=error.strerror)) from None


def save(path: Path, notes: Iterable[DoneNote]) -> None:
    """Write the notes in place of those in the file, for the user alone. Raises UserError."""
    check_default_folder(path.parent, "XDG_DATA_HOME")
    try:
        make_private_folders(path.parent)
    except OSError as error:
        raise UserError(_("{path} cannot be written: {why}.").format(path=path, why=error.strerror)) from None
    replace_file(path, DoneFile(notes=tuple(notes)).model_dump_json(indent=1).encode())


def days(notes: Iterable[DoneNote], report: Report) -> Mapping[str, date]:
    """Return the day of each note that counts for an account of the report, by key."""
    today = report.generated_at.date()
    accounts = [account.snapshot for account in report.accounts]
    counting = (note for note in notes if today <= note.until and any(_concerns(note, one) for one in accounts))
    return {note.key: note.on for note in counting}


def _concerns(note: DoneNote, account: AccountSnapshot) -> bool:
    """Return whether a note is about an account: under its name of then, which another may have now."""
    is_own = note.uid == account.uid and f"/{account.name}/" in f"{note.key}/"
    return note.exchange == account.exchange and (is_own or not note.uid)


def attestations(notes: Iterable[DoneNote]) -> tuple[Attestation, ...]:
    """Return the notes about what exchanges require as if they stood in the configuration file."""
    return tuple(
        Attestation(
            # The name of a requirement about a sub-account has a slash of its own.
            requirement=note.key.removeprefix(f"{REQUIREMENT}{note.exchange}/"),
            exchange=note.exchange,
            by=note.by,
            on=note.on,
            until=note.until,
        )
        for note in notes
        if note.key.startswith(REQUIREMENT)
    )
