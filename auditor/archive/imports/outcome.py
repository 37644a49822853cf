"""What added files leave open, in words: each sentence keeps an archive from being complete."""

from collections.abc import Iterator

from auditor.archive.imports.imported_file import ImportedFile
from auditor.archive.imports.reading import Imports
from auditor.archive.times import iso
from auditor.i18n import Message, _


def import_doubts(imports: Imports) -> Iterator[Message]:
    """Yield what the files leave open."""
    for file in imports.files:
        yield from _unread(file)
        if file.format is not None and file.rows:
            yield from _times(file)
            yield from _digits(file)


def _unread(file: ImportedFile) -> Iterator[Message]:
    if not file.unread:
        return
    if file.rows:
        text = _("{file}: only its first {count} rows could be read: {reason}.")
        yield text.format(file=file.source, count=file.rows, reason=file.unread)
    else:
        yield _("{file} is kept and not read: {reason}.").format(file=file.source, reason=file.unread)


def _times(file: ImportedFile) -> Iterator[Message]:
    if file.other_time is not None:
        stored, time = file.other_time
        text = _("{file}: its times are of another zone: row {number} is of {time} there, of {own} at the exchange.")
        number = str(stored.entry.number)
        yield text.format(file=file.source, number=number, time=iso(stored.entry.time), own=iso(time))
    elif file.format is not None and file.format.is_zoned and file.heading.zone is None and not file.matched:
        text = _(
            "{file}: it names no time zone that this program knows, and the exchange gave none of its rows: its times "
            "are taken as UTC."
        )
        yield text.format(file=file.source)
    if file.format is not None and file.format.is_quarter and file.stretch is None and not file.unread:
        text = _("{file}: its rows are not of one quarter ({first} to {last}): its times may be of another zone.")
        yield text.format(file=file.source, first=iso(file.first_time), last=iso(file.last_time))


def _digits(file: ImportedFile) -> Iterator[Message]:
    if file.format is not None and file.format.is_rounded:
        text = _(
            "{file}: its amounts are rounded, so that its rows fit and do not prove each digit; the files of each "
            "quarter would."
        )
        yield text.format(file=file.source)
