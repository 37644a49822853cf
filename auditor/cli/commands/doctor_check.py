"""What a check of `audit doctor` finds: in order, to be fixed, or not made."""

from dataclasses import dataclass, field
from enum import StrEnum

from auditor.i18n import EMPTY, Message, Text, _


class CheckStatus(StrEnum):
    """What came of a check."""

    OK = "ok"
    PROBLEM = "problem"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line: what was looked at, what was found, and what to do about it.

    ``is_wide``: it is a key that can do more than read.
    """

    id: str
    title: Message
    status: CheckStatus
    found: Message
    advice: Message = field(default=EMPTY)
    is_wide: bool = False


def ok(id_: str, title: Message, found: Text, advice: Message = EMPTY) -> Check:
    """Return a check with nothing to do; ``advice`` is a mere hint."""
    return Check(id=id_, title=title, status=CheckStatus.OK, found=_(found), advice=advice)


def problem(id_: str, title: Message, found: Text, advice: Message) -> Check:
    """Return a check with something to do."""
    return Check(id=id_, title=title, status=CheckStatus.PROBLEM, found=_(found), advice=advice)


def skipped(id_: str, title: Message, found: Message, advice: Message = EMPTY) -> Check:
    """Return a check that could not be made, or need not be."""
    return Check(id=id_, title=title, status=CheckStatus.SKIPPED, found=found, advice=advice)
