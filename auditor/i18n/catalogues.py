"""Translation catalogues: the program's own, and one next to each exchange's table.

The ``.po`` files are read directly. All of them take 5 ms, no longer than compiled ones, so nothing has to be compiled,
installed or kept up to date.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PROGRAM = Path(__file__).parent / "locale"
RETIRED = Path(__file__).parent / "retired"
"""Sentences of earlier versions, which stored passes still have; no tool writes them."""
EXCHANGES = Path(__file__).parents[1] / "exchanges"
_ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|$))+)', re.MULTILINE)


def catalogue_files(name: str) -> Iterator[Path]:
    """Yield every catalogue of a locale such as zh_CN, the program's own first."""
    yield PROGRAM / f"{name}.po"
    yield from sorted(EXCHANGES.glob(f"*/locale/{name}.po"))


@cache
def catalogue(name: str) -> Mapping[str, str]:
    """Read all catalogues of a locale into one, with retired sentences; English has the empty name and none."""
    translations: dict[str, str] = {}
    for path in (RETIRED / f"{name}.txt", *catalogue_files(name)) if name else ():
        translations |= parse(path.read_text(encoding="utf-8"))
    return translations


def parse(text: str) -> Mapping[str, str]:
    """Parse a ``.po`` file of tools/translations.py; return translations by template.

    Contexts and plural forms are not supported: the tool writes none.
    """
    pairs = ((_unquoted(entry[1]), _unquoted(entry[2])) for entry in _ENTRY.finditer(text))
    return {template: translation for template, translation in pairs if template and translation}


def _unquoted(lines: str) -> str:
    """Join the quoted lines of one text and resolve its escapes."""
    text = lines.strip()[1:-1].replace('"\n"', "")
    return str(json.loads(f'"{text}"')) if "\\" in text else text
