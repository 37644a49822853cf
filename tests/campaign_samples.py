"""Generate only the sample of a campaign's cases, where it is one case for each group of one list.

Thousands of cases that are left out took a twelfth of the time in which tests are collected. Which case is in the
sample is decided as in `tests/conftest.py`, which leaves out the others.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

import pytest

_drawn: set[str] = set()
"""Tests of which only the sample was generated."""


def is_drawn(item: pytest.Item) -> bool:
    """Whether a case was generated as one of a sample."""
    return item.nodeid.partition("[")[0] in _drawn


def generate(metafunc: pytest.Metafunc) -> None:
    """Let only the sample of this test's cases be generated."""
    mark = metafunc.definition.get_closest_marker("campaign")
    lists = list(metafunc.definition.iter_markers("parametrize"))
    if mark is None or "one_per" not in mark.kwargs or len(lists) != 1 or lists[0].kwargs:
        return
    test, real = metafunc.definition.nodeid, metafunc.parametrize

    def parametrize(argnames: str | Sequence[str], argvalues: Iterable[Any], **named: Any) -> None:
        values = list(argvalues)
        # Others are named by their number, which must not depend on the sample.
        if all(map(_names_itself, values)):
            groups = [(test, mark.kwargs["one_per"](**case)) for case in _cases(argnames, values)]
            values = [value for value, is_in in zip(values, _in_sample(groups), strict=True) if is_in]
            _drawn.add(test)
        real(argnames, values, **named)

    changed: Callable[..., None] = parametrize
    metafunc.parametrize = changed  # type: ignore[method-assign]


def _names_itself(value: object) -> bool:
    return all(isinstance(one, str | int) for one in value) if type(value) is tuple else isinstance(value, str | int)


def _cases(argnames: str | Sequence[str], values: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    names = [one.strip() for one in argnames.split(",")] if isinstance(argnames, str) else list(argnames)
    return (dict(zip(names, value if len(names) > 1 else (value,), strict=True)) for value in values)


def _in_sample(groups: Sequence[Hashable]) -> Iterator[bool]:
    sizes, numbers = Counter(groups), Counter[Hashable]()
    for group in groups:
        numbers[group] += 1
        yield (numbers[group] + crc32(str(group).encode())) % sizes[group] == 0
