"""The words that the program itself writes: a secret that is one of them cannot be told from a report."""

import importlib.resources
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_SUFFIXES = frozenset({".py", ".po"})
_SCHEMA = "formats/report.schema.json"
_LONGEST = 40
"""No word of the program's is as long, and most keys are longer."""


def is_own_word(text: str) -> bool:
    """Return whether a text stands in the program's own sentences, names and fields, in any case of its letters."""
    return len(text) <= _LONGEST and "://" not in text and text.lower() in _own_text()


@cache
def _own_text() -> str:
    """Return the sources and catalogues of the program, but for its demo, in lower case."""
    package = Path(str(importlib.resources.files("auditor")))
    return "\n".join(path.read_text("utf-8").lower() for path in _files(package))


def _files(package: Path) -> Iterator[Path]:
    yield package / _SCHEMA
    for path in package.rglob("*"):
        if path.suffix in _SUFFIXES and path.relative_to(package).parts[0] != "demo":
            yield path
