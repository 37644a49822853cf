"""Rules: one a file, found by being there. A rule turns a view of one account into findings.

The docstring of a rule's module says what it finds, why that blocks, what to do, and who says so; ``explain`` and the
docs print it. A module whose name starts with an underscore is no rule.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from auditor.assessment.account_view import View
from auditor.model.report import Finding, Severity

EVERY_OTHER = frozenset({"*"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """``refines``: rules whose finding on the same holding gives way to this one's, so that a holding blocks once.

    What those refine gives way too; `EVERY_OTHER` stands for all of them.
    """

    id: str
    title: str
    severity: Severity
    check: Callable[[View], Iterable[Finding]]
    refines: frozenset[str] = frozenset()


@cache
def all_rules() -> tuple[tuple[Rule, ModuleType], ...]:
    """Every rule beside its module, by file name. Raises ValueError when two share an id."""
    found = tuple(_load())
    ids = [rule.id for rule, _ in found]
    if len(set(ids)) != len(ids):
        message = f"two rules share an id: {sorted(ids)}"
        raise ValueError(message)
    return found


def _load() -> Iterator[tuple[Rule, ModuleType]]:
    names = (info.name for info in pkgutil.iter_modules(__path__))
    for module in sorted(name for name in names if not name.startswith("_")):
        loaded = importlib.import_module(f"{__name__}.{module}")
        yield loaded.RULE, loaded
