"""The ways in which people ask for a demo account: `audit plan --demo`, `audit plan demo`, `audit demo plan`."""

from collections.abc import Collection, Sequence

OPTION, COMMAND = "--demo", "demo"
DEFAULT = "messy"
"""The demo account that is shown unless another is named."""


def with_default_name(args: Sequence[str], takers: Collection[str]) -> list[str]:
    """Give ``--demo`` the default account where no name follows it.

    ``takers``: the commands that have this option.
    """
    spelled: list[str] = []
    for index, arg in enumerate(args):
        spelled.append(arg)
        following = args[index + 1] if index + 1 < len(args) else ""
        if arg == OPTION and (not _is_name(following) or following in takers):
            spelled.append(DEFAULT)
    return spelled


def spelled_out(words: Sequence[str], takers: Collection[str]) -> list[str]:
    """Return a command and its arguments with the option in place of the word ``demo``.

    ``takers``: the commands that have the option.
    """
    command, second, *rest = (*words, "", "")[: max(len(words), 2)]
    if command in takers and second == COMMAND:
        return [command, OPTION, *_named(rest)]
    if command == COMMAND and second in takers:
        return [second, OPTION, *_named(rest)]
    return list(words)


def _named(rest: Sequence[str]) -> list[str]:
    """Return ``rest``, which must begin with the name of an account."""
    return list(rest) if rest and _is_name(rest[0]) else [DEFAULT, *rest]


def _is_name(word: str) -> bool:
    """Return whether a word can be an account's name: not an option, nor the number of a step."""
    return bool(word) and word[0].isalpha()
