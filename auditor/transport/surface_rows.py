"""The rows of one surface: those of the last attempt, those that only an earlier one saw, and what they mean.

A list that breaks is read again. What an earlier attempt saw and the last one did not is reported all the same, with a
doubt beside it: a withdrawal that was seen once must not be forgotten since the next answer came back empty.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from auditor.i18n import _
from auditor.model.clock import now
from auditor.model.records import Record
from auditor.model.snapshot import Doubt, Trouble, Unread
from auditor.spec.fields import MalformedError
from auditor.spec.reader import Context, Reader
from auditor.spec.surface import Total
from auditor.transport.cursor_pagination import Page, PageLostError
from auditor.transport.errors import RequestFailedError, malformed_unread
from auditor.transport.pagination import unique_rows

_LOGGER = logging.getLogger(__name__)


class RowsRead:
    """The pages of every attempt to read a surface. ``pages``: their number; ``answers``: those of the last attempt."""

    def __init__(self) -> None:
        """Start without an attempt."""
        self._attempts: list[list[object]] = []
        self.answers: list[object] = []
        self.pages = 0

    def start(self) -> int:
        """Begin an attempt. Return the number of pages before it."""
        self._attempts.append([])
        self.answers.clear()
        return self.pages

    def keep(self, page: Page) -> None:
        """Keep a page of the attempt that began last."""
        self._attempts[-1] += page
        self.pages += 1

    @property
    def seen(self) -> bool:
        """Whether any page came."""
        return self.pages > 0

    @property
    def last(self) -> list[object]:
        """The rows of the last attempt. A row may be in several lists or pages; it counts once."""
        return unique_rows(self._attempts[-1])

    @property
    def earlier(self) -> list[object]:
        """The rows of the attempts before the last one."""
        return unique_rows(row for rows in self._attempts[:-1] for row in rows)


def understood(
    reader: Reader, total: Total | None, rows: RowsRead, context: Context, unread: Unread | None
) -> tuple[list[Record], int, datetime, list[Doubt]]:
    """Return the records of the rows, the number of rows, the time, and a doubt for each thing that is not certain.

    ``total``: where the answers give one; ``unread``: why the last attempt did not come to its end.
    """
    records, doubts = _read_rows(reader, rows.last, context)
    earlier, _errors = _read_rows(reader, rows.earlier, context)
    vanished = vanished_records(records, earlier)
    if unread is not None:
        doubts.append(doubt_of(unread))
    elif vanished:
        doubts.append(did_not_come_again())
    totals, odd_totals = ([], []) if total is None else _read_totals(total, rows.answers, context)
    return [*records, *vanished, *totals], len(rows.last), now(), [*doubts, *odd_totals]


def vanished_records(records: Iterable[Record], earlier: Iterable[Record]) -> list[Record]:
    """Return the holdings that only an attempt before the last one saw."""
    known = {(type(record), record.subject, record.owner) for record in records}
    return [one for one in earlier if one.holds and (type(one), one.subject, one.owner) not in known]


def did_not_come_again() -> Doubt:
    """Return the doubt about holdings that only an attempt before the last one saw."""
    reason = _("The list broke off while it was read, and what it showed before did not come again.")
    return Doubt(reason=reason, trouble=Trouble.PAGES)


def doubt_of(unread: Unread) -> Doubt:
    """Return the doubt about a part of a surface for the reason why it was not read."""
    return Doubt(reason=unread.reason, trouble=unread.trouble, code=unread.code, right=unread.right)


def _read_totals(total: Total, answers: Iterable[object], context: Context) -> tuple[list[Record], list[Doubt]]:
    """Return the total that the answers give, once, however many pages repeat it."""
    rows: list[object] = []
    doubts: list[Doubt] = []
    for answer in answers:
        try:
            rows += total.rows(answer)
        except MalformedError as error:
            doubts.append(_doubt(error))
    records, odd = _read_rows(total.reader, unique_rows(rows), context)
    return list({record.subject: record for record in records}.values()), [*doubts, *odd]


def unread_for(failure: Exception) -> Unread:
    """Return the Unread for the error that kept a surface from being read to its end."""
    if isinstance(failure, RequestFailedError):
        return failure.unread
    if isinstance(failure, PageLostError):
        return malformed_unread(failure, Trouble.PAGES)
    if isinstance(failure, MalformedError):
        return malformed_unread(failure)
    if isinstance(failure, TimeoutError):
        return out_of_time()
    _LOGGER.debug("an answer could not be read", exc_info=failure)
    return malformed_unread(MalformedError(_("it could not be read ({kind})").format(kind=type(failure).__name__)))


def out_of_time() -> Unread:
    """Return the Unread for what was not read before the time for the whole run was over."""
    reason = _("The time for the whole run was over; give it more with --timeout.")
    return Unread(reason=reason, trouble=Trouble.TIME)


def _read_rows(reader: Reader, rows: Iterable[object], context: Context) -> tuple[list[Record], list[Doubt]]:
    records: list[Record] = []
    doubts: list[Doubt] = []
    for row in rows:
        seen, errors = reader.records(row, context)
        records += seen
        doubts += map(_doubt, errors)
    return records, doubts


def _doubt(error: MalformedError) -> Doubt:
    unread = malformed_unread(error)
    return Doubt(reason=unread.reason, trouble=unread.trouble, settled_by=error.settled_by)
