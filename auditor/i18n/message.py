"""Sentences as data: a template with its values, rendered by `Translator`.

Write ``_("{amount} {asset} left").format(...)``: the template is the key in the catalogues, never an f-string. Texts in
tables and facts are marked (``mark("...")``) where they are written and become messages where they are used.
"""

import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

Translate = Callable[[str], str]
WriteTime = Callable[[datetime, str], str]
"""Writes a time, given the name of its field."""
MessageValues = Mapping[str, object] | tuple[object, ...] | None
STATE = " (a state)"
"""Suffix of a word that has another meaning elsewhere; only translators see it."""
COMMA = ", "
LONGEST = 100_000
"""Letters of a stored message: a list of a thousand places has half of it."""
_STORABLE = (int, float, Decimal, datetime)


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """A template with or without values, compared by content; false when it has no text.

    ``values``: a mapping by field name; or the items of a list, whose separator is ``template``; None when not filled
    in. Values may be messages. ``begins``: render with a capital first letter. ``words``: the template is a
    comma-separated list of names, translated as a whole or one by one.
    """

    template: str
    values: MessageValues = None
    begins: bool = False
    words: bool = False

    def format(self, **values: object) -> "Message":
        """Return the message with these values; an error counts as its own message."""
        return replace(self, values={name: _storable(value) for name, value in values.items()})

    def join(self, parts: Iterable[object], /) -> "Message":
        """Return a list of ``parts`` with this template as separator."""
        return replace(self, values=tuple(_storable(part) for part in parts))

    def __bool__(self) -> bool:
        """Return whether there is any text."""
        if isinstance(self.values, tuple):
            return (len(self.values) > 1 and bool(self.template)) or any(map(_has_text, self.values))
        return bool(self.template)

    def __eq__(self, other: object) -> bool:
        """Compare by content, amounts digit by digit."""
        return isinstance(other, Message) and self._content() == other._content()

    def __hash__(self) -> int:
        """Hash the content."""
        return hash(self._content())

    def __str__(self) -> str:
        """Render in English, the language of the templates, for logs and debuggers."""
        return render(self, english_text)

    def _content(self) -> tuple[object, ...]:
        if isinstance(self.values, Mapping):
            values: object = frozenset((name, _comparable(value)) for name, value in self.values.items())
        else:
            values = self.values and tuple(map(_comparable, self.values))
        return (self.template, values, self.begins, self.words)


Text = Message | str
"""A message, or a text that is data: an exchange's words, names, figures."""
EMPTY = Message("")


def _(template: Text) -> Message:
    """Return a message for a template. The catalogues are extracted from these calls."""
    return template if isinstance(template, Message) else Message(template)


def mark(template: str) -> str:
    """Return ``template`` unchanged, marked for translation; `_` turns it into a message later."""
    return template


def verbatim(text: Text) -> Message:
    """Return a message for a text that is data, which no catalogue translates."""
    if isinstance(text, Message):
        return text
    return Message("", (text,)) if text else EMPTY


def data_of(message: Message) -> Text:
    """Return the text of a `verbatim` message, any other message unchanged."""
    if message == EMPTY:
        return ""
    if message.template or message.begins or not isinstance(message.values, tuple) or len(message.values) != 1:
        return message
    (text,) = message.values
    return text if isinstance(text, str) else message


def phrase(words: str) -> Message:
    """Return a message for a table's words, translated as a whole or else between commas."""
    return Message(words, words=COMMA in words)


def sentences(*texts: Text) -> Message:
    """Join sentences as the language separates them; empty ones are left out."""
    first, *others = [text for text in texts if text] or [EMPTY]
    for other in others:
        first = _("{first} {then}").format(first=first, then=other)
    return verbatim(first)


def labelled(label: Text, text: Text) -> Message:
    """Return ``text`` with a label in front."""
    return _("{label}: {text}").format(label=label, text=text)


def joined(separator: str, parts: Iterable[object]) -> Message:
    """Join ``parts`` with a separator that is the same in every language."""
    return Message(separator).join(parts)


def capital(message: Message) -> Message:
    """Return ``message`` with a capital first letter."""
    return replace(message, begins=True)


def plain_time(when: datetime, _field: str) -> str:
    """Return a time as logs have it."""
    return str(when)


def english_text(template: str) -> str:
    """Return the English text of a template."""
    return template.removesuffix(STATE)


def counted(count: int, one: Message, many: Message) -> Message:
    """Return ``one`` or ``many``, whichever the count asks for, with ``count`` filled in."""
    return (one if count == 1 else many).format(count=count)


def render(message: Message, translate: Translate, write_time: WriteTime = plain_time) -> str:
    """Render ``message`` with ``translate``; times are written with ``write_time``.

    Raises ValueError and KeyError as `check_message` does.
    """
    values = message.values
    if message.words and translate(message.template) == english_text(message.template):
        return render(_separated(message), translate, write_time)
    text = translate(message.template) if message.template else ""
    if isinstance(values, tuple):
        text = text.join(_rendered("", value, translate, write_time) for value in values)
    elif values is not None:
        shown = {name: _rendered(name, value, translate, write_time) for name, value in values.items()}
        text = _checked(text).format(**shown)
    return text[:1].upper() + text[1:] if message.begins else text


def check_message(message: Message) -> None:
    """Check a message and those within it.

    Raises ValueError for a template with more than plain field names, and for a text that would grow beyond `LONGEST`;
    KeyError for a missing value.
    """
    if _length(message) > LONGEST:
        raise ValueError(LONGEST)


def _length(message: Message) -> int:
    """Return the length of the English text, without writing it: few letters can stand for very many."""
    values, template = message.values, message.template
    if isinstance(values, Mapping):
        lengths = {name: _length_of(value) for name, value in values.items()}
        return len(_checked(template)) + sum(lengths[name] for name in _names(template))
    parts = values or ()
    return len(template) * max(len(parts), 1) + sum(map(_length_of, parts))


def _length_of(value: object) -> int:
    return _length(value) if isinstance(value, Message) else len(str(value))


def separated(message: Message) -> Message:
    """Return a `phrase` as a list of its words; any other message unchanged."""
    return _separated(message) if message.words else message


def _separated(message: Message) -> Message:
    return Message(COMMA, tuple(map(Message, message.template.split(COMMA))), message.begins)


@lru_cache(maxsize=4096)
def _checked(template: str) -> str:
    """Return ``template``, whose fields must be plain names. Raises ValueError.

    Stored templates are data, so they must not reach attributes, indexes or format widths.
    """
    for _text, name, spec, conversion in string.Formatter().parse(template):
        if name is not None and (not name.isidentifier() or spec or conversion not in {None, "r", "s", "a"}):
            raise ValueError(template)
    return template


def _names(template: str) -> list[str]:
    return [name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name is not None]


def _rendered(name: str, value: object, translate: Translate, write_time: WriteTime) -> str:
    if isinstance(value, Message):
        return render(value, translate, write_time)
    return write_time(value, name) if isinstance(value, datetime) else str(value)


def _has_text(value: object) -> bool:
    return bool(value) if isinstance(value, Message) else str(value) != ""


def _comparable(value: object) -> object:
    return value if isinstance(value, Message) else (type(value), str(value))


def _storable(value: object) -> object:
    """Return a value that can be stored; anything else, secrets included, as its string."""
    content = value.args[0] if isinstance(value, Exception) and len(value.args) == 1 else value
    if isinstance(content, Message):
        return data_of(content)
    return content if content is None or isinstance(content, _STORABLE) else str(content)
