"""Rules: one per file, loaded from this folder. A rule turns a view into findings.

The docstring of a rule's module states what it finds, why that blocks, what to do, and the source; ``explain`` and the
docs print it. A module whose name starts with an underscore is no rule.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from auditor.assessment.account_view import AccountView
from auditor.model.report import Finding, Severity

ALL_OTHER_RULES = frozenset({"*"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: its id, title, default severity and check.

    ``refines``: rules whose finding on the same holding is dropped in favour of this one's, so that a holding blocks
    once. The rules that those refine are dropped as well; `ALL_OTHER_RULES` means all other rules.
    """

    id: str
    title: str
    severity: Severity
    check: Callable[[AccountView], Iterable[Finding]]
    refines: frozenset[str] = frozenset()


@cache
def all_rules() -> tuple[tuple[Rule, ModuleType], ...]:
    """Return every rule with its module, by file name. Raises ValueError for a duplicate id."""
    rules = tuple(_load())
    ids = [rule.id for rule, _ in rules]
    if len(set(ids)) != len(ids):
        message = f"two rules share an id: {sorted(ids)}"
        raise ValueError(message)
    return rules


def _load() -> Iterator[tuple[Rule, ModuleType]]:
    names = (info.name for info in pkgutil.iter_modules(__path__))
    for module in sorted(name for name in names if not name.startswith("_")):
        loaded = importlib.import_module(f"{__name__}.{module}")
        yield loaded.RULE, loaded


def split_docstring(doc: str) -> list[str]:
    """Split a rule's docstring into its first line and its labelled paragraphs."""
    return re.split(r"\n+(?=[A-Z][a-z ]+:)", doc.strip())
