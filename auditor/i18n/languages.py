"""The output language, from ``--lang``, the environment and the console's encoding."""

import locale
import os
import sys
from collections.abc import Iterable, Mapping, Sequence

ENGLISH = "en"
"""The language of the sources."""
CATALOGUES: Mapping[str, str] = {ENGLISH: "", "zh": "zh_CN"}
"""Locale of the catalogues, by the language's name on the command line."""
OPTION = "--lang"
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
# Characters that an encoding needs in order to carry the language.
SAMPLES: Mapping[str, str] = {"zh": "\u4f59\u989d\u3002"}


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """Return the language of ``--lang``, or else of the environment.

    An unknown value is ignored here: the option itself refuses it.
    """
    variables = os.environ if environment is None else environment
    for index, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == OPTION:
            value = value or next(iter(arguments[index + 1 :]), "")
            return value if value in CATALOGUES else _language_of(variables)
    return _language_of(variables)


def unfit_encoding(language: str, encodings: Iterable[str]) -> str | None:
    """Return the first of ``encodings`` that cannot carry ``language``; None if all can."""
    sample = SAMPLES.get(language, "")
    return next((encoding for encoding in encodings if not _carries(encoding, sample)), None)


def _carries(encoding: str, sample: str) -> bool:
    try:
        sample.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _language_of(environment: Mapping[str, str]) -> str:
    """Return the language of the first variable set (POSIX), or else of Windows' setting."""
    name = next((environment[name] for name in VARIABLES if environment.get(name)), "") or _windows_locale()
    return "zh" if name.lower().startswith("zh") else ENGLISH


def _windows_locale() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes  # noqa: PLC0415 - only Windows has it

    language_id: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return locale.windows_locale.get(language_id, "")
