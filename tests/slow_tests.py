"""Which tests a plain run leaves out because they are slow, and where they run all the same."""

from collections.abc import Collection, Iterable
from pathlib import Path

import pytest


def is_slow(item: pytest.Item) -> bool:
    """Return whether a test, or this case of it, is marked ``slow``."""
    return item.get_closest_marker("slow") is not None


def named_files(config: pytest.Config) -> set[Path]:
    """Return the files that stand on the command line, alone or in the id of a test; folders are none."""
    names = (argument.partition("::")[0] for argument in config.args)
    return {(config.invocation_params.dir / name).resolve() for name in names if name.endswith(".py")}


def crossed(names: Collection[str], kinds: Collection[str]) -> list[object]:
    """Return each name with each kind as cases of a test: in a plain run each of both comes once, the rest is slow."""
    every = min(len(names), len(kinds))
    return [
        pytest.param(name, kind, id=f"{name}-{kind}", marks=[] if (number - place) % every == 0 else [pytest.mark.slow])
        for number, name in enumerate(names)
        for place, kind in enumerate(kinds)
    ]


def first_of(names: Iterable[object]) -> list[object]:
    """Return the cases of a test of which a plain run needs one: the first is quick, the others are slow."""
    first, *others = names
    return [first, *(pytest.param(name, marks=pytest.mark.slow) for name in others)]
