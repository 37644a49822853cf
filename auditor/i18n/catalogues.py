"""The catalogues: the program's own, and one beside each exchange's table.

They are read as translators write them (``.po``): that takes no longer than reading compiled ones (5 ms for all), so
nothing has to be compiled, installed beside them or kept fresh.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PROGRAM = Path(__file__).parent / "locale"
EXCHANGES = Path(__file__).parents[1] / "exchanges"
_ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|$))+)', re.MULTILINE)


def catalogue_files(name: str) -> Iterator[Path]:
    """Yield every catalogue of the language ``name`` (zh_CN): the program's first."""
    yield PROGRAM / f"{name}.po"
    yield from sorted(EXCHANGES.glob(f"*/locale/{name}.po"))


@cache
def catalogue(name: str) -> Mapping[str, str]:
    """Read all catalogues of the language ``name`` into one; none are asked for English, which has no name."""
    found: dict[str, str] = {}
    for path in catalogue_files(name) if name else ():
        found |= parse(path.read_text(encoding="utf-8"))
    return found


def parse(text: str) -> Mapping[str, str]:
    """Read a ``.po`` file as this project's tool writes it: translations by template, without contexts and plurals."""
    pairs = ((_unquoted(entry[1]), _unquoted(entry[2])) for entry in _ENTRY.finditer(text))
    return {template: translation for template, translation in pairs if template and translation}


def _unquoted(lines: str) -> str:
    """Join the quoted lines of one text."""
    text = lines.strip()[1:-1].replace('"\n"', "")
    return str(json.loads(f'"{text}"')) if "\\" in text else text
