"""Questions to a person at a terminal; what is typed or pasted stays hidden."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from auditor.cli.runtime.keyboard import Keyboard
from auditor.cli.runtime.reader import Runtime
from auditor.i18n import Text, _
from auditor.i18n.columns import wrapped
from auditor.model.errors import UserError

PASTE_GAP = 0.15
"""Seconds: what comes sooner after a line's end was pasted, not typed."""
LONGEST = 20_000
"""Characters of one answer; the longest private keys have some 3,000."""
SHOWN = 20
"""Characters of an answer that is shown; the longest id of an exchange has fewer."""
WIDEST = 80
BEGIN, END = "200~", "201~"
"""The ends of the sequences around a paste."""
ESCAPE, BACKSPACE, ERASE, END_OF_INPUT = "\x1b", ("\x7f", "\b"), ("\x15", "\x17"), "\x04"
YES = frozenset({"y", "yes", "是", "好"})


@dataclass(slots=True)
class _Line:
    """The characters of an answer so far."""

    keyboard: Keyboard
    echo: Callable[[str], object] | None
    text: list[str] = field(default_factory=list)
    is_pasting: bool = False

    def read(self) -> str:
        """Read to the Enter key; the line ends within a paste are part of the answer. Raises EOFError."""
        while not self._take(self.keyboard.read()):
            if len(self.text) > LONGEST:
                raise UserError(_("That was too long for a key. Copy it again from the exchange."))
        return "".join(self.text)

    def _take(self, character: str) -> bool:
        """Take a character; return whether the answer ends with it."""
        if not character or (character == END_OF_INPUT and not self.text):
            raise EOFError
        if character in "\r\n":
            if not self.is_pasting and not self.keyboard.has_more(PASTE_GAP):
                return True
            self.text.append("\n")
        elif character == ESCAPE:
            self._escape()
        elif character in BACKSPACE:
            self._erase(1)
        elif character in ERASE:
            self._erase(len(self.text))
        else:
            self._add(character)
        return False

    def _add(self, character: str) -> None:
        self.text.append(character)
        if self.echo and not self.is_pasting and character.isprintable() and len(self.text) <= SHOWN:
            self.echo(character)

    def _erase(self, count: int) -> None:
        for _each in range(min(count, len(self.text))):
            self.text.pop()
            if self.echo and len(self.text) < SHOWN:
                self.echo("\b \b")

    def _escape(self) -> None:
        """Read a sequence of keys or of the terminal, and drop it; a paste begins and ends with one."""
        if not self.keyboard.has_more(PASTE_GAP) or self.keyboard.read() not in "[O":
            return
        sequence = self.keyboard.read()
        while sequence[-1:] and not "@" <= sequence[-1] <= "~":
            sequence += self.keyboard.read()
        if sequence in {BEGIN, END}:
            self.is_pasting = sequence == BEGIN


@dataclass(frozen=True, slots=True)
class Dialog:
    """Asks at a terminal, on stderr."""

    keyboard: Keyboard
    runtime: Runtime

    def hidden(self, prompt: Text) -> str:
        """Return what is typed or pasted, unseen. Raises EOFError."""
        return self._asked(prompt, None)

    def shown(self, prompt: Text) -> str:
        """Return a short answer, which is shown while it is typed. Raises EOFError."""
        return self._asked(prompt, self._write).strip()

    def confirm(self, question: Text) -> bool:
        """Return whether the answer is yes. Raises EOFError."""
        self._write(self.runtime.console(_("{question} [y/N] ").format(question=question)))
        answer = _Line(self.keyboard, None).read().strip().lower() in YES
        self._write(self.runtime.console(_("yes") if answer else _("no")) + "\n")
        return answer

    def say(self, text: Text) -> None:
        """Write a sentence, in lines that fit the terminal."""
        width = min(shutil.get_terminal_size().columns, WIDEST)
        for line in wrapped(self.runtime.console(text), width):
            self.runtime.note(line)

    def _asked(self, prompt: Text, echo: Callable[[str], object] | None) -> str:
        self._write(self.runtime.console(prompt))
        try:
            return _Line(self.keyboard, echo).read()
        finally:
            self._write("\n")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
