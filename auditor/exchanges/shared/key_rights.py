"""What an answer about a key grants: whatever is true and not known to be a mere fact counts as a right."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from auditor.i18n import _
from auditor.spec.fields import MalformedError
from auditor.spec.spelling import plain_word

# What a field says that grants nothing.
NOTHING = frozenset({"", "0", "false", "no", "off", "none", "null", "disabled", "denied", "never", "noaccess"})
WORDS_OF_YES = frozenset({"true", "yes", "on", "enabled", "allowed"})
YES = WORDS_OF_YES | {"1"}
# Beginnings of a field's name that make it a right, and parts that do.
_RIGHT = re.compile(r"^(can|enable|permit|allow|may)(?=[A-Z_-]|[sd](?=[A-Z_-])|ed(?=[A-Z_-]))")
_RIGHTS = ("right", "permission", "scope", "authorit", "perms")
_ACTS = ("trade", "trading", "withdraw", "transfer", "write", "sendfund", "borrow", "receive")
UNBOUND = frozenset({"", "*", "0.0.0.0/0", "::/0"})
DEEPEST = 16
# A number above it counts milliseconds, one below it seconds (of the year 5138).
MILLISECONDS = 10**11
LATEST = datetime(2200, 1, 1, tzinfo=UTC).timestamp()


def extra_rights(raw: Mapping[str, object], facts: Collection[str]) -> tuple[str, ...]:
    """Return the names of everything that an answer grants in fields that are no known ``facts``.

    A field whose name is that of a right counts unless it is exactly false (or the number 0), any other if it is true.
    """
    known = set(map(plain_word, facts))
    return tuple(sorted(name for key in raw if plain_word(key) not in known for name in _granted(key, raw[key])))


def named_rights(value: object) -> tuple[str, ...]:
    """Return the rights in a list of names, a text of names between commas, or an object of flags.

    Raises MalformedError for anything else, and where no right is named: that proves nothing.
    """
    names = tuple(name for name in _names(value) if name)
    if not names:
        raise MalformedError(_("the key's rights are not named"))
    return names


def all_in(rights: Iterable[str], known: Collection[str]) -> bool:
    """Return whether all rights are among the known ones, in any spelling."""
    words = set(map(plain_word, known))
    return all(plain_word(right) in words for right in rights)


def is_bound(addresses: object) -> bool:
    """Return whether a list of addresses, or a text of them between commas, binds a key: blanks and * do not."""
    items = addresses.split(",") if isinstance(addresses, str) else addresses
    return isinstance(items, list) and any(isinstance(item, str) and item.strip() not in UNBOUND for item in items)


def flag_value(value: object) -> bool | None:
    """Return whether a flag is set, None where nothing plain is said; it may be written as a text or a number."""
    word = str(value).strip().lower() if isinstance(value, bool | str) else "?"
    return True if word in YES else False if word in NOTHING and value != "" else None


def moment(value: object) -> datetime | None:
    """Return a time in seconds or milliseconds since 1970, or in ISO form; None where none is given (0, -1, blank)."""
    if not isinstance(value, str) or not value.isascii():
        return None
    if value.isdigit() and len(value) < DEEPEST:
        seconds = int(value) / 1000 if int(value) > MILLISECONDS else int(value)
        return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < LATEST else None
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        return None
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    return time if time.timestamp() > 0 else None


def _granted(name: str, value: object, depth: int = 0) -> Iterator[str]:
    if depth > DEEPEST:
        raise MalformedError(_("the key's rights are not named"))
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (f"{name}.{right}" for right in _granted(str(key), inner, depth + 1))
    elif isinstance(value, list):
        for item in value:
            yield from _granted_item(name, item, depth)
    else:
        yield from _granted_value(name, value)


def _granted_item(name: str, item: object, depth: int) -> Iterator[str]:
    if isinstance(item, dict | list):
        yield from _granted(name, item, depth + 1)
    elif isinstance(item, str) and item and _names_rights(name):
        yield f"{name}.{item}"


def _granted_value(name: str, value: object) -> Iterator[str]:
    """Yield the right of a field that grants it, or the names of rights in the text of one that names them."""
    if isinstance(value, str) and plain_word(value) not in NOTHING | YES and _names_rights(name):
        yield from (f"{name}.{right.strip()}" for right in value.split(",") if right.strip())
    elif _is_right(name):
        yield from () if value is False or value == "0" else (name,)
    elif value is True or (isinstance(value, str) and plain_word(value) in WORDS_OF_YES):
        yield name


def _names_rights(name: str) -> bool:
    return any(word in plain_word(name) for word in _RIGHTS)


def _is_right(name: str) -> bool:
    return bool(_RIGHT.match(name)) or any(word in plain_word(name) for word in _ACTS)


def _names(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (name.strip() for name in value.split(","))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _granted_names(str(name), inner)
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield from (item.strip() for item in value)
    else:
        raise MalformedError(_("the key's rights are not named"))


def _granted_names(name: str, value: object) -> Iterator[str]:
    """Yield the rights of one field of an object of rights: any that is not plainly false."""
    if isinstance(value, dict | list):
        yield from (f"{name}.{inner}" for inner in _names(value) if inner)
    elif flag_value(value) is not False and value is not None and value != "":
        yield name
