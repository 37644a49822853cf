"""The reading of a surface, or of a request about the key or the exchange itself, from its result."""

from dataclasses import replace
from typing import Protocol

from auditor.i18n import mark
from auditor.model.records import Area
from auditor.model.snapshot import REFUSALS, Doubt, Reading, Standing, Trouble, Unread
from auditor.spec.client import Result
from auditor.spec.identity import Identity
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface

WHOLE = Scope()
NOT_SERVED = mark("the exchange documents that it does not serve accounts of this site there: {endpoint}")


class ReadingSource(Protocol):
    """The subject of a reading: a surface, or a request about the key or the exchange itself."""

    @property
    def id(self) -> str: ...  # noqa: D102 - named as in `ReadingContext`
    @property
    def area(self) -> Area: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def standing(self) -> Standing: ...  # noqa: D102
    @property
    def address(self) -> str: ...  # noqa: D102


def reading(place: ReadingSource, result: Result, owner: str | None = None, by_eye: str = "") -> Reading:
    """Return the reading of ``place``.

    ``by_eye``: why a person must check, where a refusal proves nothing.
    """
    return Reading(
        surface=place.id,
        area=place.area,
        title=place.title,
        standing=Standing.UNDOCUMENTED if by_eye else place.standing,
        endpoint=place.address,
        result=result,
        owner=owner,
        by_eye=by_eye,
    )


def surface_reading(surface: Surface, result: Result, scope: Scope = WHOLE) -> Reading:
    """Return the reading of ``surface`` by a request of this ``scope``."""
    if not isinstance(result, Unread) or surface.standing is Standing.UNDOCUMENTED or result.at is not None:
        return replace(reading(surface, result, scope.owner), of_user=surface.of_user)
    told_in = _told_in(surface, result)
    by_eye = NOT_SERVED if told_in else _by_eye(surface, result, scope.by_eye)
    return replace(reading(surface, result, scope.owner, by_eye), of_user=surface.of_user, told_in=told_in)


def _told_in(surface: Surface, result: Unread) -> str:
    """Return the requirement that tells of a place that this site does not serve, where each refusal says so."""
    unserved = surface.not_served
    if unserved is None:
        return ""
    answers: tuple[Unread | Doubt, ...] = (result, *result.doubts)
    says_so = all({one.code, one.trouble} & unserved.refusals for one in answers)
    return unserved.requirement if says_so else ""


def _by_eye(surface: Surface, result: Unread, codes: frozenset[str]) -> str:
    """Return why a refusal may mean only that this account has no such place, or that no read-only key sees it."""
    if result.trouble is Trouble.UNNAMED:
        return mark("the exchange shows it only by its name: {endpoint}")
    if result.code in surface.manual_check.codes:
        return mark("the exchange may refuse it to every key that can only read: {endpoint}")
    if codes & {result.code, result.trouble} or (surface.manual_check.some_accounts and result.trouble in REFUSALS):
        return mark("the exchange documents it for some accounts only: {endpoint}")
    return ""


def doubt_readings(place: ReadingSource, identity: Identity) -> tuple[Reading, ...]:
    """Return an unread reading for each thing that this key does not show."""
    unseen = (Unread(reason=doubt, trouble=Trouble.UNSEEN) for doubt in identity.doubts)
    return tuple(
        replace(reading(place, result), surface=f"{place.id}-doubt-{index}") for index, result in enumerate(unseen, 1)
    )
