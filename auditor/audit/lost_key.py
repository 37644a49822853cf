"""Tell a place that refused a key from a key that stopped working: what every key may ask is asked once more."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.i18n import Message, Text, _, sentences
from auditor.model.records import Area
from auditor.model.snapshot import Read, Reading, Trouble, Unread
from auditor.spec.identity import Identity

Identify = Callable[[], Awaitable[Identity | Unread]]
PUBLIC = "public data"


async def judge_refusals(
    readings: Sequence[Reading], identify: Identify, rights: Mapping[str, Text]
) -> tuple[tuple[Reading, ...], Message | None]:
    """Return the readings, and the sentence that the key stopped working or None.

    ``identify``: identifies the key again; ``rights``: by surface, the right that the key needs there. A key that still
    answers was refused by the place: its readings then name the right.
    """
    refused = [unread for reading in readings if (unread := _refusal(reading)) is not None]
    if not refused:
        return tuple(readings), None
    answer = await identify()
    if isinstance(answer, Unread) and answer.trouble is Trouble.CREDENTIALS:
        gone = _("The key stopped working while the account was read: it was deleted, or the account was closed.")
        return tuple(readings), sentences(gone, refused[0].reason)
    still_answers = _proves_key(answer) or (isinstance(answer, Identity) and _any_read(readings))
    return (tuple(_by_place(readings, rights)) if still_answers else tuple(readings)), None


def _refusal(reading: Reading) -> Unread | None:
    """Return the refusal of the key in a reading, None for any other result."""
    result = reading.result
    return result if isinstance(result, Unread) and result.trouble is Trouble.CREDENTIALS else None


def _proves_key(answer: Identity | Unread) -> bool:
    """Return whether the exchange answered the key; where it cannot be asked, nothing was sent."""
    return isinstance(answer, Identity) and (answer.proven or bool(answer.uid))


def _any_read(readings: Sequence[Reading]) -> bool:
    """Return whether the key read any place, for an exchange that cannot be asked about a key."""
    return any(
        isinstance(reading.result, Read) and reading.area is not Area.STATUS and PUBLIC not in reading.endpoint
        for reading in readings
    )


def _by_place(readings: Sequence[Reading], rights: Mapping[str, Text]) -> Iterator[Reading]:
    for reading in readings:
        unread = _refusal(reading)
        right = rights.get(reading.surface) or _("a right to read this")
        yield reading if unread is None else replace(reading, result=_refused_here(unread, right))


def _refused_here(unread: Unread, right: Text) -> Unread:
    reason = _("This place refused the key, which still answers elsewhere; it may lack a right that only reads.")
    return replace(unread, reason=sentences(reason, unread.reason), right=unread.right or right)
