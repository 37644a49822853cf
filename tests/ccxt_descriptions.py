"""What ccxt's objects begin with, put together from ccxt's descriptions once a process: 2 to 8 ms each."""

from copy import deepcopy
from functools import cache
from typing import Any

_LARGE = frozenset({"api", "exceptions", "features", "fees"})
"""Parts of ccxt's description that nothing changes."""


def _own_class(base: Any) -> Any:
    """ccxt's own class of an exchange."""
    return next(one for one in base.__mro__ if one.__module__.startswith("ccxt."))


def description(base: Any) -> dict[str, Any]:
    """What an object of ccxt's class ``base`` begins with; without it ccxt puts it together from its description."""
    begun = _begun(_own_class(base))
    copied = {name for name, value in begun.items() if isinstance(value, dict | list)} - _LARGE
    return {**begun, **{name: _copied(begun[name]) for name in copied}}


def _copied(value: Any) -> Any:
    """A copy, as ``deepcopy`` makes it in five times as long."""
    if type(value) is dict:
        return {name: _copied(inner) for name, inner in value.items()}
    if type(value) is list:
        return [_copied(inner) for inner in value]
    return value if isinstance(value, str | int | float | None) else deepcopy(value)


@cache
def _begun(own: Any) -> dict[str, Any]:
    return dict(own({"session": None}).__dict__)
