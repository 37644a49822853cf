"""The one place through which every sentence for a person goes, so that a catalogue can translate it.

Write ``_("{amount} {asset} left").format(...)``: the template is the key, never an f-string. Where a sentence stands
before the language is known (help texts, tables, facts), write ``mark("...")`` there and ``_(...)`` where it is shown.
"""

import gettext
import locale
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from unicodedata import east_asian_width

from auditor.i18n.message import Said

DOMAIN = "auditor"
FOLDER = Path(__file__).parent / "locale"
# A language's name on the command line beside the name of its catalogue. English is what the sources are written in.
CATALOGUES: Mapping[str, str] = {"en": "", "zh": "zh_CN"}
# Signs without which nothing can be said in the language of a catalogue.
SAMPLES: Mapping[str, str] = {"zh_CN": "\u4f59\u989d\u3002"}
ENGLISH = "en"
OPTION = "--lang"
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
STATE = " (a state)"
"""Behind a word that has another meaning elsewhere; only who translates sees it."""

_catalogue = gettext.NullTranslations()
_language = ENGLISH
_wished = ENGLISH


def _(template: str) -> str:
    """``template`` in the language of the person."""
    return Said.of(_catalogue.gettext(template).removesuffix(STATE), template) if template else ""


def mark(template: str) -> str:
    """``template`` as it is; whoever shows it translates it with `_`. Catalogues are made from what is marked so."""
    return template


def sentences(*said: str) -> str:
    """Sentences one after the other, parted as the language parts them; empty ones are left out."""
    first, *others = [each for each in said if each] or [""]
    for other in others:
        first = _("{first} {then}").format(first=first, then=other)
    return first


def labelled(label: str, text: str) -> str:
    """``text`` after what it is about."""
    return _("{label}: {text}").format(label=label, text=text)


def joined(separator: str, parts: Iterable[str]) -> str:
    """``parts`` with a separator that is the same in every language; each is shown in the person's, whoever that is."""
    return Said.of(separator, separator).join(parts)


def padded(text: str, width: int) -> str:
    """``text`` filled up to ``width`` cells of a terminal, of which a Chinese character takes two."""
    return text + " " * (width - cells_of(text))


def cells_of(text: str) -> int:
    """How many cells of a terminal ``text`` takes."""
    return sum(1 + (east_asian_width(character) in "WF") for character in text)


def use(language: str) -> None:
    """Speak ``language``, one of `CATALOGUES`, from now on."""
    global _wished  # noqa: PLW0603 - as below
    _wished = language
    _speak(language)


def _speak(language: str) -> None:
    global _catalogue, _language  # noqa: PLW0603 - a process speaks one language at a time
    name = CATALOGUES[language]
    _catalogue = gettext.translation(DOMAIN, FOLDER, [name]) if name else gettext.NullTranslations()
    _language = language


def language() -> str:
    """The language that is spoken, as ``--lang`` names it."""
    return _language


def fall_back(encodings: Iterable[str]) -> str | None:
    """Speak English where one of these cannot carry the language, and give that one. Files keep the language."""
    name = CATALOGUES[_language]
    lacking = next((each for each in encodings if not _carries(each, SAMPLES.get(name, ""))), None)
    if lacking is not None:
        _speak(ENGLISH)
    return lacking


def _carries(encoding: str, sample: str) -> bool:
    try:
        sample.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


@contextmanager
def in_files() -> Iterator[bool]:
    """Speak the language of files while the block runs, and say whether it is another than the console's."""
    before = _language
    _speak(_wished)
    try:
        yield before != _wished
    finally:
        _speak(before)


def chosen(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """What ``--lang`` says, or else the environment. A value that is no language is left to the option's own check."""
    for index, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == OPTION:
            value = value or next(iter(arguments[index + 1 :]), "")
            return value if value in CATALOGUES else _of(os.environ if environment is None else environment)
    return _of(os.environ if environment is None else environment)


def _of(environment: Mapping[str, str]) -> str:
    """The first variable that is set decides, as POSIX has it; without any, Windows' own setting does."""
    said = next((environment[name] for name in VARIABLES if environment.get(name)), "") or _windows_locale()
    return "zh" if said.lower().startswith("zh") else ENGLISH


def _windows_locale() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes  # noqa: PLC0415 - only Windows has what is asked here

    known: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return locale.windows_locale.get(known, "")
