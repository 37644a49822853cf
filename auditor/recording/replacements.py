"""What stands for a value: the same for the same value, in the same form, and nothing that can be turned back."""

import re
import string
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from auditor.recording.exact_json import Number
from auditor.recording.field_names import IN_MESSAGES
from auditor.recording.figures import EXACT, Figure
from auditor.recording.kinds import ADDRESS, EMAIL, URL, ValueKind
from auditor.recording.matching import unix_seconds

ALPHABETS = (string.digits, string.ascii_lowercase, string.ascii_uppercase)
NEAR = timedelta(days=40)
TRIES, SECOND = 100, 10
HOST = "example.invalid"
KEY = "a-key"
# A date and time to the second, to the minute, and a date.
MOMENT_LENGTHS = (19, 16, 10)
_TOKEN = re.compile(r"[^\W_]+(?:['_-][^\W_]+)*")


@dataclass(slots=True)
class IdRange:
    """The ids of one length that were seen, and the distance by which all of them are moved."""

    low: int
    high: int
    distance: int = 0


@dataclass(slots=True)
class Replacements:
    """The replacements of one recording.

    ``shift``: the span by which times are moved; ``began``: when the audit began, really; ``amounts``: by figure;
    ``counts``: the values that were replaced, by kind; ``written``: what stands for them.
    """

    random: Random
    words: frozenset[str]
    began: datetime
    shift: timedelta
    amounts: Mapping[Figure, Figure] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    counts: dict[ValueKind, set[str]] = field(default_factory=lambda: defaultdict(set))
    written: set[str] = field(default_factory=set)
    _ids: dict[int, IdRange] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def see_id(self, value: str) -> None:
        """Note an id before distances are drawn."""
        known = self._ids.setdefault(len(value), IdRange(int(value), int(value)))
        known.low, known.high = min(known.low, int(value)), max(known.high, int(value))

    def is_near_id(self, value: str) -> bool:
        """Return whether a number is one of the ids that were seen, or next to one: pages are asked for so."""
        known = self._ids.get(len(value))
        return known is not None and known.low - 1 <= int(value) <= known.high + 1

    def draw_distances(self) -> None:
        """Draw the distance by which the ids of each length are moved: their order is what pages are read by."""
        for length, seen in self._ids.items():
            low, high = 10 ** (length - 1) - seen.low + 1, 10**length - 1 - seen.high - 1
            drawn = self.random.randint(low, high) if low < high else 0
            seen.distance = drawn or (high if high > 0 else low)

    def of(self, kind: ValueKind, value: str, *, public: bool = False) -> str:
        """Return what stands for a value of this kind."""
        if kind is ValueKind.KEPT:
            return value
        replaced = self._replaced(kind, value, public=public)
        self.written.add(replaced)
        if replaced != value:
            self.counts[kind].add(value)
        return Number(replaced) if isinstance(value, Number) else replaced

    def _replaced(self, kind: ValueKind, value: str, *, public: bool) -> str:
        if kind is ValueKind.TIME:
            return self.time(value, public=public)
        by_kind: Mapping[ValueKind, Callable[[str], str]] = {
            ValueKind.AMOUNT: self.amount,
            ValueKind.ID: self.id,
            ValueKind.KEY: self.key,
            ValueKind.MESSAGE: self.message,
            ValueKind.EMAIL: lambda text: EMAIL.sub(lambda match: self.email(match[0]), text),
            ValueKind.IP: lambda text: ADDRESS.sub(lambda match: self.ip(match[0]), text),
            ValueKind.URL: lambda text: URL.sub(lambda match: self.link(match[0]), text),
        }
        return by_kind.get(kind, self.text)(value)

    def text(self, value: str) -> str:
        """Return a text of the same form: a letter for a letter, a digit for a digit."""
        if value not in self.texts:
            self._remember(value, lambda: "".join(map(self._character, value)))
        return self.texts[value]

    def _remember(self, value: str, draw: Callable[[], str]) -> None:
        for _attempt in range(TRIES):
            drawn = draw()
            leads = drawn[:1] == "0" and value[:1] != "0" and value.isdigit()
            if drawn != value and drawn not in self._used and not leads:
                break
        self._used.add(drawn)
        self.texts[value] = drawn

    def _character(self, character: str) -> str:
        for alphabet in ALPHABETS:
            if character in alphabet:
                return self.random.choice(alphabet)
        return character if character.isascii() else "x"

    def key(self, value: str) -> str:
        """Return what stands for a key: a text that no exchange would take for one."""
        self.texts.setdefault(value, f"{KEY}-{len(self.texts)}")
        return self.texts[value]

    def email(self, value: str) -> str:
        """Return an address at a host that cannot be."""
        if value not in self.texts:
            local = value.partition("@")[0]
            self._remember(value, lambda: f"{''.join(map(self._character, local))}@{HOST}")
        return self.texts[value]

    def ip(self, value: str) -> str:
        """Return an address of the block that documentation may use (RFC 5737, RFC 3849)."""
        if value not in self.texts:
            form = "2001:db8::{:x}" if ":" in value else "192.0.2.{}"
            self._remember(value, lambda: form.format(self.random.randint(1, 254)))
        return self.texts[value]

    def link(self, value: str) -> str:
        """Return a link that leads nowhere."""
        self.texts.setdefault(value, f"https://{HOST}/{len(self.texts)}")
        return self.texts[value]

    def message(self, value: str) -> str:
        """Return an error's message, with its known words only."""
        without = URL.sub(lambda match: self.link(match[0]), value)
        without = EMAIL.sub(lambda match: match[0] if match[0].endswith(HOST) else self.email(match[0]), without)
        without = ADDRESS.sub(lambda match: self.ip(match[0]), without)
        return _TOKEN.sub(lambda match: match[0] if self._is_known(match[0], without) else self.text(match[0]), without)

    def _is_known(self, token: str, text: str) -> bool:
        if token.lower() in IN_MESSAGES or token in self.words:
            return True
        return token in HOST.split(".") or any(token in own and own in text for own in self.texts.values())

    def id(self, value: str) -> str:
        """Return an id at the same distance as all of its length."""
        if value in self.texts:
            return self.texts[value]
        known = self._ids.get(len(value))
        if known is None or not known.distance or len(str(int(value) + known.distance)) != len(value):
            return self.text(value)
        return str(int(value) + known.distance)

    def amount(self, value: str) -> str:
        """Return an amount with the same sign, length and form of writing."""
        amount = Decimal(value)
        figure = Figure.of(amount) if amount else None
        if figure is None or figure not in self.amounts:
            return value
        new = self.amounts[figure].amount
        mantissa, mark, exponent = re.split("([eE])", value)[:3] if re.search("[eE]", value) else (value, "", "")
        scaled = EXACT.scaleb(new, -int(exponent or 0))
        decimals = len(mantissa.partition(".")[2])
        sign = value[0] if value[0] in "+-" else ""
        return f"{sign}{EXACT.quantize(scaled, Decimal(1).scaleb(-decimals)):f}{mark}{exponent}"

    def time(self, value: str, *, public: bool = False) -> str:
        """Return the time moved by the span; what is the same for everybody only where it is of these days."""
        whole, dot, rest = value.partition(".")
        seconds = unix_seconds(whole)
        if seconds is None:
            return self._moment(value, public=public)
        if public and abs(datetime.fromtimestamp(seconds, UTC) - self.began) > NEAR:
            return value
        moved = int(whole) + int(self.shift.total_seconds()) * 10 ** (len(whole) - SECOND)
        return f"{moved}{dot}{rest}"

    def _moment(self, value: str, *, public: bool) -> str:
        """Return a written date and time moved by the span, in the same form."""
        length = next(length for length in MOMENT_LENGTHS if len(value) >= length)
        try:
            moment = datetime.fromisoformat(value[:length].replace(" ", "T")).replace(tzinfo=UTC)
        except ValueError:
            return value
        if public and abs(moment - self.began) > NEAR:
            return value
        moved = (moment + self.shift).isoformat()[:length]
        return (moved.replace("T", " ") if " " in value[:length] else moved) + value[length:]
