"""Rendering of messages in one language. Translators are passed in: there is no global one."""

from collections.abc import Callable
from dataclasses import dataclass, field

from auditor.i18n.catalogues import catalogue
from auditor.i18n.languages import CATALOGUES, ENGLISH
from auditor.i18n.message import STATE, Message, Text, render


@dataclass(frozen=True, slots=True)
class Translator:
    """A renderer of messages in ``language``, a key of `CATALOGUES`.

    ``clean``: removes secrets from each text.
    """

    language: str = ENGLISH
    clean: Callable[[str], str] = field(default=str, compare=False)

    def __call__(self, text: Text) -> str:
        """Render a message; return a text that is data unchanged."""
        return self.clean(render(text, self.template)) if isinstance(text, Message) else text

    def template(self, template: str) -> str:
        """Translate an unfilled template; it stays English when no catalogue has it."""
        return catalogue(CATALOGUES[self.language]).get(template, template).removesuffix(STATE)
