"""The answers of one surface, and what they show."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from auditor.exchanges.unified.call_answer import CallAnswer
from auditor.exchanges.unified.errors import to_failure
from auditor.exchanges.unified.records import read_answer, unique_records
from auditor.model.records import Record
from auditor.model.snapshot import Doubt, Trouble
from auditor.transport.errors import RequestFailedError
from auditor.transport.surface_rows import did_not_come_again, doubt_of, vanished_records

# Parts of one surface that nothing answers before the others are not asked for.
MOST_FAILURES = 3
# Failures that cost many requests each: retries, or windows split down to the shortest.
OVER = frozenset({Trouble.LIMITED, Trouble.TIME})
COSTLY = frozenset({Trouble.NETWORK, Trouble.PAGES})


@dataclass(slots=True)
class ListRead:
    """The answers of one surface.

    ``broken``: answers of each attempt that broke off and was made again; ``failures``: why parts could not be read;
    ``cut``: why parts broke off after a page had come, so that no code of theirs says "never opened".
    """

    answers: list[CallAnswer] = field(default_factory=list)
    broken: list[list[CallAnswer]] = field(default_factory=list)
    failures: list[RequestFailedError] = field(default_factory=list)
    cut: list[RequestFailedError] = field(default_factory=list)

    @property
    def is_hopeless(self) -> bool:
        """Whether further parts would fail as well: a pause is wanted, the time is over, or too many have failed."""
        troubles = [failure.unread.trouble for failure in (*self.failures, *self.cut)]
        return bool(OVER.intersection(troubles)) or sum(map(COSTLY.__contains__, troubles)) >= MOST_FAILURES


def understood(read: ListRead) -> tuple[list[Record], list[Doubt]]:
    """Return what the answers show, with a doubt for each thing that is not certain."""
    records, errors = _read_answers(read.answers)
    vanished = vanished_records(records, _seen_before(read.broken))
    doubts = list(map(_doubt_about, errors))
    doubts += (doubt_of(failure.unread) for failure in (*read.failures, *read.cut))
    if vanished and not doubts:
        doubts.append(did_not_come_again())
    return [*records, *vanished], doubts


def _seen_before(attempts: Iterable[Iterable[CallAnswer]]) -> Iterable[Record]:
    """Return what attempts that broke off showed, once, however often they were made."""
    records = (record for answers in attempts for record in _read_answers(answers)[0])
    return {(type(record), record.subject): record for record in records}.values()


def _read_answers(answers: Iterable[CallAnswer]) -> tuple[list[Record], list[Exception]]:
    records: list[Record] = []
    errors: list[Exception] = []
    for answer in answers:
        seen, doubts = read_answer(answer)
        records += seen
        # Why an answer was cut off is a failure already, and ccxt shows none of its rows.
        errors += [] if answer.cut else doubts
    return list(unique_records(records)), errors


def _doubt_about(error: Exception) -> Doubt:
    """Return the doubt about a row. A `MalformedError` may say which surfaces settle it."""
    return replace(doubt_of(to_failure(error).unread), settled_by=getattr(error, "settled_by", ()))
