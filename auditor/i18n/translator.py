"""Messages into texts, in one language. Whoever shows something is handed a translator; there is no current one."""

from collections.abc import Callable
from dataclasses import dataclass, field

from auditor.i18n.catalogues import catalogue
from auditor.i18n.languages import CATALOGUES, ENGLISH
from auditor.i18n.message import STATE, Message, Text, render


@dataclass(frozen=True, slots=True)
class Translator:
    """Renders messages in ``language``, a name of `CATALOGUES`. ``clean``: takes secrets out of each text."""

    language: str = ENGLISH
    clean: Callable[[str], str] = field(default=str, compare=False)

    def __call__(self, text: Text) -> str:
        """Render a message; a text that is data stays as it is."""
        return self.clean(render(text, self.template)) if isinstance(text, Message) else text

    def template(self, template: str) -> str:
        """Translate a template that is not filled in; it stays English where no catalogue has it."""
        return catalogue(CATALOGUES[self.language]).get(template, template).removesuffix(STATE)
