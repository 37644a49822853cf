"""The output language, from ``--lang``, the environment and the console's encoding."""

import locale
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence

ENGLISH = "en"
"""The language of the sources."""
CATALOGUES: Mapping[str, str] = {ENGLISH: "", "zh": "zh_CN"}
"""Locale of the catalogues, by the language's name on the command line."""
OPTION = "--lang"
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
PREFERENCES = "LANGUAGE"
"""Languages in order of preference, divided by colons; ignored in the locale C, as gettext does."""
NO_LOCALE = frozenset({"C", "POSIX"})
NAMES: Mapping[str, str] = {"chinese": "zh", "cn": "zh", "english": ENGLISH}
"""Languages by names that are no tags; Windows' locale is called Chinese_China.936."""
TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
# Characters that an encoding needs in order to carry the language.
SAMPLES: Mapping[str, str] = {"zh": "\u4f59\u989d\u3002"}


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """Return the language of ``--lang``, or else of the environment.

    An unknown value is ignored here: the option itself refuses it.
    """
    variables = os.environ if environment is None else environment
    return language_of_tag(chosen_tag(arguments)) or _language_of(variables)


def chosen_tag(arguments: Sequence[str]) -> str:
    """Return the value of ``--lang`` as it was typed, "" without one."""
    for index, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == OPTION:
            return value or next(iter(arguments[index + 1 :]), "")
    return ""


def language_of_tag(tag: str) -> str | None:
    """Return the language of a tag such as zh, zh_CN, zh-Hans or en_US.UTF-8; None without a catalogue for it."""
    name = _parts(tag)[0]
    language = NAMES.get(name, name)
    return language if language in CATALOGUES else None


def is_traditional(tag: str) -> bool:
    """Return whether a tag asks for traditional Chinese, for which there is no catalogue: zh_TW, zh-Hant, zh-HK."""
    return language_of_tag(tag) == "zh" and not TRADITIONAL.isdisjoint(_parts(tag))


def _parts(tag: str) -> list[str]:
    return re.split(r"[-_.@]", tag.strip().lower())


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
    """Return the language of LANGUAGE, else of the first variable set (POSIX), else of Windows' setting."""
    name = next((environment[name] for name in VARIABLES if environment.get(name)), "") or _windows_locale()
    preferred = "" if name in NO_LOCALE else environment.get(PREFERENCES, "")
    return next(filter(None, map(language_of_tag, (preferred or name).split(":"))), ENGLISH)


def _windows_locale() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes  # noqa: PLC0415 - only Windows has it

    language_id: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return locale.windows_locale.get(language_id, "")
