"""Names in another spelling: camelCase, snake_case and kebab-case of one name are the same field.

Exchanges answer about a key in either; a right counts in each.
"""

from collections.abc import Iterable, Mapping

from auditor.i18n import _
from auditor.spec.fields import MalformedError

Raw = Mapping[str, object]


def plain_word(name: str) -> str:
    """Return a name without its spelling: letters and digits in lower case."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def respelled(raw: object, names: Iterable[str]) -> object:
    """Return an object whose fields are named as in ``names`` where they have only another spelling.

    Raises MalformedError where two spellings of one field do not say the same.
    """
    if not isinstance(raw, dict):
        return raw
    wanted = {plain_word(name): name for name in names}
    fields: dict[str, object] = {}
    for key, value in raw.items():
        name = wanted.get(plain_word(str(key)), str(key))
        if name in fields and fields[name] != value:
            raise MalformedError(_("{name} comes twice and not the same").format(name=name))
        fields[name] = value
    return fields


def spelled(raw: Raw, *names: str) -> object:
    """Return the value of the first of these fields that is there, in any spelling; None without one."""
    fields = {plain_word(key): value for key, value in raw.items()}
    return next((fields[plain_word(name)] for name in names if plain_word(name) in fields), None)
