"""Which language a person reads: by ``--lang``, the environment, and what the console can show."""

import locale
import os
import sys
from collections.abc import Iterable, Mapping, Sequence

ENGLISH = "en"
"""The language of the sources."""
CATALOGUES: Mapping[str, str] = {ENGLISH: "", "zh": "zh_CN"}
"""A language's name on the command line, and its catalogues'."""
OPTION = "--lang"
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
# Signs without which nothing can be written in a language.
SAMPLES: Mapping[str, str] = {"zh": "\u4f59\u989d\u3002"}


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """Return what ``--lang`` says, or else the environment. A value that is no language is for the option to refuse."""
    given = os.environ if environment is None else environment
    for index, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == OPTION:
            value = value or next(iter(arguments[index + 1 :]), "")
            return value if value in CATALOGUES else _language_of(given)
    return _language_of(given)


def lacking_encoding(language: str, encodings: Iterable[str]) -> str | None:
    """Return the first of ``encodings`` that cannot carry ``language``, None where all can."""
    sample = SAMPLES.get(language, "")
    return next((encoding for encoding in encodings if not _carries(encoding, sample)), None)


def _carries(encoding: str, sample: str) -> bool:
    try:
        sample.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _language_of(environment: Mapping[str, str]) -> str:
    """Let the first variable that is set decide, as POSIX has it; without any, Windows' own setting."""
    name = next((environment[name] for name in VARIABLES if environment.get(name)), "") or _windows_locale()
    return "zh" if name.lower().startswith("zh") else ENGLISH


def _windows_locale() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes  # noqa: PLC0415 - only Windows has it

    known: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return locale.windows_locale.get(known, "")
