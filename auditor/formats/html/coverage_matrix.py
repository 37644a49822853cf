"""Coverage matrix: surfaces read, not read or not applicable, by area and account."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from auditor.formats.terminal.labels import WORKING_ORDER, area_title
from auditor.i18n import EMPTY, Message, _
from auditor.model.records import Area
from auditor.model.report import AccountReport, Report
from auditor.model.snapshot import NotApplicable, Read, Reading, Unread

WIDTH = 120
Part = Literal["read", "unread", "absent"]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a cell's picture."""

    part: Part
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """The surfaces of one account in one area; ``bars`` is their picture, `WIDTH` wide."""

    read: int
    unread: int
    absent: int

    @property
    def words(self) -> Message:
        """The cell in words."""
        parts = (
            _("{count} checked").format(count=self.read) if self.read else EMPTY,
            _("{count} could not be checked").format(count=self.unread) if self.unread else EMPTY,
            _("{count} not applicable").format(count=self.absent) if self.absent else EMPTY,
        )
        return _(", ").join(part for part in parts if part) or _("not asked")

    @property
    def bars(self) -> Iterator[Bar]:
        """The bars of the picture, each wide enough to be visible."""
        counts: tuple[tuple[Part, int], ...] = (("read", self.read), ("unread", self.unread), ("absent", self.absent))
        everything = self.read + self.unread + self.absent
        at = 0
        for part, count in counts:
            if count:
                width = max(6, WIDTH * count // everything)
                yield Bar(part, at, width)
                at += width


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One area, with a cell for each account in the order of the report."""

    title: Message
    cells: tuple[CoverageCell, ...]


def matrix(report: Report) -> tuple[CoverageRow, ...]:
    """Count the surfaces of every account in every area."""
    return tuple(
        CoverageRow(area_title(area), tuple(_cell(account, area) for account in report.accounts))
        for area in WORKING_ORDER
    )


def status(reading: Reading) -> Message:
    """Return the result of a reading in words."""
    return {Read: _("checked"), Unread: _("could not be checked"), NotApplicable: _("not applicable")}[
        type(reading.result)
    ]


def _cell(account: AccountReport, area: Area) -> CoverageCell:
    results = [reading.result for reading in account.snapshot.readings if reading.area is area]
    counts = (sum(isinstance(result, kind) for result in results) for kind in (Read, Unread, NotApplicable))
    return CoverageCell(*counts)
