"""Sentences as data: a template with its values. Nothing here knows a language; `Translator` renders them.

Write ``_("{amount} {asset} left").format(...)``: the template is the key of the catalogues, never an f-string. Texts in
tables and facts are marked where they stand (``mark("...")``) and become messages where they are used.
"""

import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

Translate = Callable[[str], str]
Values = Mapping[str, object] | tuple[object, ...] | None
STATE = " (a state)"
"""Behind a word that has another meaning elsewhere; only translators see it."""
COMMA = ", "
_STORABLE = (int, float, Decimal, datetime)


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """A template, filled in or not; compared by content, and false where it has no text.

    ``values``: by the names in the template; or the items of a list, whose separator is ``template``; None before
    either. Values may be messages. ``begins``: with a capital, whatever the template does. ``words``: names of things
    with commas between them, which a catalogue has as a whole or one by one.
    """

    template: str
    values: Values = None
    begins: bool = False
    words: bool = False

    def format(self, **values: object) -> "Message":
        """Fill in. Of an error, its own message is the value."""
        return replace(self, values={name: _storable(value) for name, value in values.items()})

    def join(self, parts: Iterable[object], /) -> "Message":
        """Make a list of ``parts`` with this template as separator."""
        return replace(self, values=tuple(_storable(part) for part in parts))

    def __bool__(self) -> bool:
        """Tell whether there is any text."""
        if isinstance(self.values, tuple):
            return (len(self.values) > 1 and bool(self.template)) or any(map(_has_text, self.values))
        return bool(self.template)

    def __eq__(self, other: object) -> bool:
        """Compare by content; amounts digit by digit."""
        return isinstance(other, Message) and self._content() == other._content()

    def __hash__(self) -> int:
        """Hash the content."""
        return hash(self._content())

    def __str__(self) -> str:
        """Render in English, the language of the templates: for logs and debuggers."""
        return render(self, english)

    def _content(self) -> tuple[object, ...]:
        if isinstance(self.values, Mapping):
            values: object = frozenset((name, _comparable(value)) for name, value in self.values.items())
        else:
            values = self.values and tuple(map(_comparable, self.values))
        return (self.template, values, self.begins, self.words)


Text = Message | str
"""A message, or a text that is data: somebody else's words, names, figures."""
EMPTY = Message("")


def _(template: Text) -> Message:
    """Make a message of a template; catalogues are made from what stands in such calls."""
    return template if isinstance(template, Message) else Message(template)


def mark(template: str) -> str:
    """Return ``template`` unchanged: a text in a table, of which `_` makes a message where it is used."""
    return template


def verbatim(text: Text) -> Message:
    """Make a message of somebody else's words, which no catalogue translates."""
    if isinstance(text, Message):
        return text
    return Message("", (text,)) if text else EMPTY


def data_of(message: Message) -> Text:
    """Return the text of what `verbatim` made, any other message as it is."""
    if message == EMPTY:
        return ""
    if message.template or message.begins or not isinstance(message.values, tuple) or len(message.values) != 1:
        return message
    (text,) = message.values
    return text if isinstance(text, str) else message


def phrase(words: str) -> Message:
    """Make a message of a table's words: translated as a whole, or else one by one where commas part them."""
    return Message(words, words=COMMA in words)


def sentences(*texts: Text) -> Message:
    """Put sentences one after the other, parted as the language parts them; empty ones are left out."""
    first, *others = [text for text in texts if text] or [EMPTY]
    for other in others:
        first = _("{first} {then}").format(first=first, then=other)
    return verbatim(first)


def labelled(label: Text, text: Text) -> Message:
    """Put ``text`` after what it is about."""
    return _("{label}: {text}").format(label=label, text=text)


def joined(separator: str, parts: Iterable[object]) -> Message:
    """List ``parts`` with a separator that is the same in every language."""
    return Message(separator).join(parts)


def capital(message: Message) -> Message:
    """Begin ``message`` with a capital."""
    return replace(message, begins=True)


def english(template: str) -> str:
    """Return the English text of a template."""
    return template.removesuffix(STATE)


def render(message: Message, translate: Translate) -> str:
    """Fill in ``message`` in the language of ``translate``. Raises ValueError and KeyError as `check` does."""
    values = message.values
    if message.words and translate(message.template) == english(message.template):
        return render(_separated(message), translate)
    text = translate(message.template) if message.template else ""
    if isinstance(values, tuple):
        text = text.join(_rendered(value, translate) for value in values)
    elif values is not None:
        text = _checked(text).format(**{name: _rendered(value, translate) for name, value in values.items()})
    return text[:1].upper() + text[1:] if message.begins else text


def check(message: Message) -> None:
    """Raise ValueError for a template that names more than plain values, KeyError for a value that is missing."""
    values = message.values
    if isinstance(values, Mapping):
        _checked(message.template)
        missing = set(_names(message.template)) - values.keys()
        if missing:
            raise KeyError(*missing)
    parts = values.values() if isinstance(values, Mapping) else values or ()
    for part in parts:
        if isinstance(part, Message):
            check(part)


def separated(message: Message) -> Message:
    """Return a `phrase` as a list of its words; any other message unchanged."""
    return _separated(message) if message.words else message


def _separated(message: Message) -> Message:
    return Message(COMMA, tuple(map(Message, message.template.split(COMMA))), message.begins)


@lru_cache(maxsize=4096)
def _checked(template: str) -> str:
    """Return ``template`` when its fields are plain names: stored ones are data, and reach no attributes or widths."""
    for _text, name, spec, _conversion in string.Formatter().parse(template):
        if name is not None and (not name.isidentifier() or spec):
            raise ValueError(template)
    return template


def _names(template: str) -> list[str]:
    return [name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name is not None]


def _rendered(value: object, translate: Translate) -> str:
    return render(value, translate) if isinstance(value, Message) else str(value)


def _has_text(value: object) -> bool:
    return bool(value) if isinstance(value, Message) else str(value) != ""


def _comparable(value: object) -> object:
    return value if isinstance(value, Message) else (type(value), str(value))


def _storable(value: object) -> object:
    """Keep what can be stored as it is; of all else, secrets among them, what it shows of itself."""
    shown = value.args[0] if isinstance(value, Exception) and len(value.args) == 1 else value
    if isinstance(shown, Message):
        return data_of(shown)
    return shown if shown is None or isinstance(shown, _STORABLE) else str(shown)
