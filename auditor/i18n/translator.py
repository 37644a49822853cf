"""Rendering of messages in one language. Translators are passed in: there is no global one."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo

from auditor.i18n.catalogues import catalogue
from auditor.i18n.languages import CATALOGUES, ENGLISH
from auditor.i18n.message import STATE, Message, Text, render
from auditor.i18n.moments import written_time, zone_name


@dataclass(frozen=True, slots=True)
class Translator:
    """A renderer of messages in ``language``, a key of `CATALOGUES`.

    ``clean``: removes secrets from each text; ``zone``: the time zone of the reader, None for that of this computer.
    """

    language: str = ENGLISH
    clean: Callable[[str], str] = field(default=str, compare=False)
    zone: tzinfo | None = UTC

    def __call__(self, text: Text) -> str:
        """Render a message; return a text that is data unchanged."""
        return self.clean(render(text, self.template, self._time)) if isinstance(text, Message) else text

    def template(self, template: str) -> str:
        """Translate an unfilled template; it stays English when no catalogue has it."""
        return catalogue(CATALOGUES[self.language]).get(template, template).removesuffix(STATE)

    def in_utc(self) -> "Translator":
        """Return a translator that writes times in UTC, for data."""
        return replace(self, zone=UTC)

    def named_time(self, when: datetime) -> str:
        """Return a time with its time zone, once for a page whose other times have none."""
        return written_time(when, "", self.template, self.zone) + (
            "" if self.zone is UTC else f" {zone_name(when, self.zone)}"
        )

    def _time(self, when: datetime, field_name: str) -> str:
        return written_time(when, field_name, self.template, self.zone)
