"""What the name of a field says about its value, by the words in it: ``subAcct`` is ``sub`` and ``acct``.

The words are English and common to the exchanges' documentations. A name that says nothing gives nothing away: such a
value is replaced. The words stand in ``words.toml``.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

_FILE = Path(__file__).with_name("words.toml")
_WORDS_OF = {name: frozenset(words) for name, words in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()}
PERSONAL = _WORDS_OF["personal"]
ID = _WORDS_OF["id"]
PERSON_ID = _WORDS_OF["person_id"]
TIME = _WORDS_OF["time"]
STATE = _WORDS_OF["state"]
ASSET = _WORDS_OF["asset"]
NETWORK = _WORDS_OF["network"]
COUNT = _WORDS_OF["count"]
OF_KEYS = _WORDS_OF["of_keys"]
CURSOR = _WORDS_OF["cursor"]
MESSAGE = _WORDS_OF["message"]
CODE = _WORDS_OF["code"]
REFERENCE = _WORDS_OF["reference"]
THINGS = _WORDS_OF["things"]
IN_MESSAGES = _WORDS_OF["in_messages"]


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a field's name, in small letters."""
    return tuple(word.lower() for word in _WORDS.findall(name))


def head(name: str) -> str:
    """Return the last word of a name, which says what the value is; "" for a name without any."""
    parts = words(name)
    if parts[-2:] in {("inst", "id"), ("inst", "ids"), ("sprd", "id")}:
        return "".join(parts[-2:])
    return parts[-1] if parts else ""


def is_personal(name: str) -> bool:
    """Return whether a field holds what a person wrote or is called by."""
    return head(name) in PERSONAL and not is_any(name, THINGS)


def is_any(name: str, known: frozenset[str]) -> bool:
    """Return whether any word of the name is ``known``."""
    return any(word in known for word in words(name))
