"""Where sealed archives lie: a private file that `audit archive` writes, so that a plan knows which accounts have one.

A note counts while its folder is there and has the seal of then. Nothing else looks for archives. Of archives that do
not reconcile, and of those since a day or of some tables, none counts.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from auditor.archive.document import facts_in, read_document
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.raw import DamagedError
from auditor.archive.seal import TAGMANIFEST, digest_of
from auditor.cli.runtime import done_file
from auditor.formats.atomic_write import replace_file
from auditor.model.report import Report
from auditor.plan.tasks import archive_key
from auditor.security.paths import check_default_folder, make_private_folders

FILE_NAME = "archives.json"
LARGEST = 10_000_000


class ArchiveNote(BaseModel):
    """One sealed archive: whose it is, where it lies, and its seal."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    exchange: str
    uid: str
    folder: Path
    seal: str
    on: date


class ArchivesFile(BaseModel):
    """The content of the file."""

    model_config = ConfigDict(extra="forbid")

    version: int = 1
    archives: tuple[ArchiveNote, ...] = ()


def default_path() -> Path:
    """Return the path of the file."""
    return done_file.default_path().with_name(FILE_NAME)


def note(folder: Path) -> None:
    """Note a sealed archive, in place of a note about the same folder. Raises UserError."""
    folder, path = folder.resolve(), default_path()
    facts = facts_in(read_document(folder))
    new = ArchiveNote(
        exchange=facts.exchange,
        uid=facts.uid,
        folder=folder,
        seal=digest_of(folder / TAGMANIFEST),
        on=datetime.now(UTC).date(),
    )
    others = (one for one in _load(path) if one.folder != folder)
    check_default_folder(path.parent, "XDG_DATA_HOME")
    make_private_folders(path.parent)
    replace_file(path, ArchivesFile(archives=(*others, new)).model_dump_json(indent=1).encode())


def days(report: Report) -> Mapping[str, date]:
    """Return the day of the newest archive of each account of a report, by the key of its item in a plan."""
    notes = _load(default_path())
    found = {(one.exchange, one.uid): one.on for one in sorted(notes, key=lambda one: one.on) if _counts(one)}
    return dict(_days(report, found))


def _days(report: Report, found: Mapping[tuple[str, str], date]) -> Iterator[tuple[str, date]]:
    for account in report.accounts:
        on = found.get((account.snapshot.exchange, account.snapshot.uid or ""))
        if on is not None:
            yield archive_key(account.snapshot.name), on


def _counts(one: ArchiveNote) -> bool:
    """Return whether an archive lies where it was sealed, with its seal, and saved what the exchange gives.

    One that does not reconcile is to be cleared up before closing; one since a day, or of some tables, lacks what can
    still be fetched.
    """
    try:
        if digest_of(one.folder / TAGMANIFEST) != one.seal:
            return False
        document = read_document(one.folder)
        facts = facts_in(document)
    except (OSError, DamagedError):
        return False
    return (
        facts.uid == one.uid
        and not (facts.since or facts.only)
        and document.get("status") != ArchiveStatus.DIFFERS.value
    )


def _load(path: Path) -> tuple[ArchiveNote, ...]:
    """Return the notes; none where the file is not there or not this program's: archives can be made again."""
    try:
        with path.open("rb") as file:
            return TypeAdapter(ArchivesFile).validate_json(file.read(LARGEST)).archives
    except (OSError, ValidationError):
        return ()
