"""A sentence that knows what it was made of: what is stored in one language can be shown in another."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import cast

Translate = Callable[[str], str]
Change = Callable[[object], object]
Values = Mapping[str, object] | tuple[object, ...] | None
_KEPT = (int, float, Decimal, datetime)


class Said(str):
    """A template in the language of the person, filled in or not; everywhere else a text like any other.

    ``values``: what it was filled with; the items of a list whose separator is ``template``; None before either.
    ``begins``: with a capital, whatever the template does.
    """

    __slots__ = ("begins", "template", "values")
    template: str
    values: Values
    begins: bool

    @classmethod
    def of(cls, text: str, template: str, values: Values = None, *, begins: bool = False) -> "Said":
        """Give ``text`` its origin."""
        made = cls(text)
        made.template, made.values, made.begins = template, values, begins
        return made

    def format(self, *unnamed: object, **values: object) -> str:
        """Fill in."""
        text = str.format(self, *unnamed, **values)
        return text if unnamed else Said.of(text, self.template, {name: _kept(each) for name, each in values.items()})

    def join(self, parts: Iterable[str], /) -> str:
        """Put this between the parts."""
        items = tuple(parts)
        return Said.of(str.join(self, items), self.template, items)

    def again(self, translate: Translate, change: Change = lambda value: value) -> str:
        """Say the same in the words of ``translate``, with ``change`` made to each value."""
        values = self.values
        if isinstance(values, tuple):
            values = tuple(_again(value, translate, change) for value in values)
        elif values is not None:
            values = {name: _again(value, translate, change) for name, value in values.items()}
        return filled(translate(self.template), values, begins=self.begins)


def filled(template: str, values: Values, *, begins: bool = False) -> str:
    """Fill in a template as `Said` has it."""
    if values is None:
        text = template
    elif isinstance(values, tuple):
        text = template.join(cast(tuple[str, ...], values))
    else:
        text = template.format(**values)
    return capital(text) if begins else text


def capital(text: str) -> str:
    """Begin ``text`` with a capital."""
    begun = text[:1].upper() + text[1:]
    return Said.of(begun, text.template, text.values, begins=True) if isinstance(text, Said) else begun


def _again(value: object, translate: Translate, change: Change) -> object:
    return value.again(translate, change) if isinstance(value, Said) else change(value)


def _kept(value: object) -> object:
    """Keep what can be stored as it is; of all else, secrets among them, what it shows of itself."""
    told = value.args[0] if isinstance(value, Exception) and len(value.args) == 1 else value
    return told if told is None or isinstance(told, (Said, *_KEPT)) else str(told)
