"""What `audit login` asks for: the exchange, and the values of its key, each checked before the next one."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.cli.options.exchange_ids import exchange_id
from auditor.cli.runtime.dialog import LONGEST, Dialog
from auditor.i18n import Message, Text, _
from auditor.model.errors import UserError
from auditor.security import secret_looks as looks
from auditor.security.credentials import learn
from auditor.security.own_words import is_own_word
from auditor.security.redaction import SHORTEST
from auditor.security.secret_checks import LIKE_AN_AMOUNT, PEM
from auditor.security.secret_forms import whole_pem
from auditor.settings import exchange_checks as needs

TRIES = 3
LONGEST_ID = 24
"""Characters; ccxt's longest id has 18. A longer text is not repeated: it may be a key."""


def ask_exchange(dialog: Dialog, suggested: str) -> str:
    """Ask for the exchange until a known one is given. Raises UserError."""
    for _each in range(TRIES):
        answer = dialog.shown(_("Exchange [{suggested}]: ").format(suggested=suggested)) or suggested
        try:
            return checked_exchange(exchange_id(answer))
        except UserError as problem:
            dialog.say(problem.message)
    raise UserError(_("No exchange was chosen. `audit exchanges` lists all."))


def checked_exchange(text: str) -> str:
    """Return an exchange's id. Raises UserError, without repeating what may be a key."""
    if len(text) > LONGEST_ID:
        raise UserError(_("That is no exchange. `audit exchanges` lists all."))
    needs.check_exchange(text)
    return text


@dataclass(slots=True)
class CredentialDialog:
    """Asks for the values of a key at ``exchange``. ``names``: ccxt's, in the order in which they are asked for."""

    exchange: str
    names: Sequence[str]
    dialog: Dialog
    values: dict[str, str] = field(default_factory=dict)

    def ask(self) -> Mapping[str, str]:
        """Return the values by ccxt's names. Raises UserError after too many wrong answers, EOFError."""
        while len(self.values) < len(self.names):
            self._ask_next()
        return self.values

    def _ask_next(self) -> None:
        name = self.names[len(self.values)]
        for _each in range(TRIES):
            lines = pasted_lines(self.dialog.hidden(_("{label}: ").format(label=looks.label(name))))
            if self._take(lines):
                return
        raise UserError(_("Nothing was stored. Copy the key again from the exchange and run `audit login` once more."))

    def _take(self, lines: Sequence[str]) -> bool:
        """Take one line, or one for each value that is missing; return whether they were taken."""
        names = self.names[len(self.values) :]
        if len(lines) > 1 and len(lines) != len(names):
            text = _("You pasted {count} lines. None of it was taken: paste one value at a time.")
            self.dialog.say(text.format(count=len(lines)))
            return False
        if len(lines) > 1 and not self.dialog.confirm(_several(names)):
            self.dialog.say(_("None of it was taken: paste one value at a time."))
            return False
        taken: dict[str, str] = {}
        for name, value in zip(names, lines or [""], strict=False):
            if not self._is_fit(name, value, {**self.values, **taken}):
                return False
            taken[name] = value
        self.values.update(taken)
        return True

    def _is_fit(self, name: str, value: str, earlier: Mapping[str, str]) -> bool:
        fault = looks.pasted_fault(name, value, earlier)
        if fault is not None:
            self.dialog.say(_faulty(name, fault))
            return False
        doubt = looks.doubt(self.exchange, name, value)
        question = _("{doubt} Use it as {label} all the same?")
        return doubt is None or self.dialog.confirm(question.format(doubt=doubt, label=looks.short_label(name)))


def read_credentials(names: Sequence[str], lines: Callable[[], str]) -> Mapping[str, str]:
    """Return the values that were handed over on stdin, one line each, in the order of ``names``. Raises UserError."""
    values: dict[str, str] = {}
    given = pasted_lines(lines())
    if len(given) != len(names):
        text = _("stdin has {count} lines, and {wanted} are needed: {labels}, one line each.")
        labels = _(", ").join(map(looks.short_label, names))
        raise UserError(text.format(count=len(given), wanted=len(names), labels=labels))
    for name, value in zip(names, given, strict=True):
        fault = looks.pasted_fault(name, value, values)
        if fault is not None:
            raise UserError(_faulty(name, fault))
        values[name] = value
    return values


def read_stdin() -> str:
    """Return what was handed over on stdin. Raises UserError."""
    try:
        text = sys.stdin.read(LONGEST + 1)
    except (UnicodeDecodeError, OSError):
        raise UserError(_("What came on stdin is not text.")) from None
    if len(text) > LONGEST:
        raise UserError(_("That was too long for a key. Copy it again from the exchange."))
    return text


def pasted_lines(text: str) -> list[str]:
    """Return the lines with text in them, trimmed, a private key in PEM form as one. No output shows any of them."""
    begin, dashes, rest = text.partition(PEM)
    body, end, after = rest.partition("-----END ")
    if dashes and end:
        label, close, behind = after.partition("-----")
        whole = whole_pem(f"{dashes}{body}{end}{label}{close}")
        lines = [*_lines(begin), whole, *_lines(behind)]
    else:
        lines = _lines(text)
    for line in lines:
        _learn(line)
    return lines


def _lines(text: str) -> list[str]:
    return [line for line in map(looks.trimmed, text.splitlines()) if line]


def _learn(line: str) -> None:
    """Let no output show a line, unless it is a word that the program itself needs."""
    if len(line) >= SHORTEST and not LIKE_AN_AMOUNT.fullmatch(line) and not is_own_word(line):
        learn(line)


def _several(names: Sequence[str]) -> Message:
    text = _("You pasted {count} lines. Use them as {labels}, in this order?")
    return text.format(count=len(names), labels=_(", ").join(map(looks.short_label, names)))


def _faulty(name: str, fault: Text) -> Message:
    text = _("{label}: {fault}. Copy it again from the exchange.")
    return text.format(label=looks.short_label(name), fault=fault)
