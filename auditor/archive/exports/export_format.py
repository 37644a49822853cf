"""What a format of exports is: its name, its files, and what writes events into them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TextIO

from auditor.archive.exports.event import Event
from auditor.archive.exports.heading import Coin, Heading


class ExportWriter(Protocol):
    """Writes what happened into the files of a format, in the order of time."""

    def open_with(self, coin: Coin, moment: int) -> None:
        """Write a balance that was there before the first row; ``moment``: Unix milliseconds."""

    def skip(self, older: Event | Coin) -> None:
        """Take an event, or a balance that was there before, that is older than what is to be written."""

    def write(self, event: Event, words: str) -> None:
        """Write an event; ``words``: what it is."""

    def close(self) -> None:
        """Write what comes at the end."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format: ``files`` are templates with the exchange's id; ``encoding``: of its files."""

    name: str
    files: tuple[str, ...]
    open: Callable[[Sequence[TextIO], Heading], ExportWriter]
    encoding: str = "utf-8"

    def names(self, exchange: str) -> tuple[str, ...]:
        """Return the names of its files."""
        return tuple(name.format(exchange=exchange) for name in self.files)
