"""Languages of a command's output: one for the console, one for files."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Self

from auditor.cli.runtime.colour import Colour, chosen_colour
from auditor.cli.runtime.progress_form import ProgressForm, chosen_progress
from auditor.formats.escape import escape_invisible
from auditor.i18n import Text, Translator, _
from auditor.i18n.languages import ENGLISH, chosen_language, chosen_tag, is_traditional, unfit_encoding
from auditor.security.redaction import SECRETS

IN_UTC = "--utc"


def _translator(language: str, zone: tzinfo | None) -> Translator:
    """Return a translator that redacts translations; `Redactor.data` only redacts the English."""
    return Translator(language, zone=zone) if language == ENGLISH else Translator(language, SECRETS.text, zone)


@dataclass(frozen=True, slots=True)
class Runtime:
    """What a command's reader wants: one translator for the console and one for files, colours, a progress bar."""

    console: Translator = field(default_factory=Translator)
    files: Translator = field(default_factory=Translator)
    colour: Colour = Colour.AUTO
    progress: ProgressForm = ProgressForm.AUTO

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Self:
        """Choose languages and time zone by command line, environment and the console's encoding."""
        language = chosen_language(arguments)
        lacking = unfit_encoding(language, (sys.stdout.encoding, sys.stderr.encoding))
        console = language if lacking is None else ENGLISH
        progress, zone = chosen_progress(arguments), UTC if IN_UTC in arguments else None
        translators = _translator(console, zone), _translator(language, zone)
        runtime = cls(*translators, chosen_colour(arguments), progress)
        if lacking is not None:
            text = _("This console's encoding ({name}) cannot show Chinese, so this is English. Files are Chinese.")
            runtime.say(text.format(name=lacking))
        elif is_traditional(chosen_tag(arguments)):
            runtime.say(_("There is no traditional Chinese yet: this is simplified Chinese."))
        return runtime

    def say(self, text: Text) -> None:
        """Write one line to stderr, redacted, with the program's name."""
        line = escape_invisible(" ".join(SECRETS.text(self.console(text)).split()))
        sys.stderr.write(f"audit: {line}\n")

    def note(self, text: Text) -> None:
        """Write a text to stderr, lines and spaces unchanged."""
        lines = SECRETS.text(self.console(text)).split("\n")
        sys.stderr.write("".join(f"{escape_invisible(line)}\n" for line in lines))


Action = Callable[[Runtime], int]
"""What a command does once its arguments are parsed; returns the exit code."""
