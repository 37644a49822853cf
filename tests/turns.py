"""Which cases of a test a run of everything takes, where a test has several: a fifth of them, another fifth each turn.

Whoever names a folder, a file, a test or a word (``-k``) gets all cases, and so does ``--campaign``. A turn is a
number, 0 unless ``--turn`` gives another. `.ci/run` gives the day's, and runs the others (``--other-turns``) where time
is left, so that on a slow machine five days in a row run all of them.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path
from zlib import crc32

import pytest

from tests import slow_tests

TURNS = 5
WHOLE = (
    "archive/test_chain.py",
    "archive/test_faults.py",
    "archive/test_faults_everywhere.py",
    "archive/test_faults_in_lists.py",
    "archive/test_sums.py",
    "archive/test_witness.py",
    "assessment/test_verdict.py",
    "audit/test_confirmation.py",
    "exchanges/test_properties.py",
    "exchanges/test_witness.py",
    "exchanges/unified/test_faults.py",
    "exchanges/unified/test_guard.py",
    "fault_injection",
    "test_loopback_only.py",
    "test_sample_of_a_campaign.py",
    "transport/test_guard.py",
    "transport/test_rpc.py",
)
"""What proves that the program can only read, or that its "clean" and "complete" can be believed: all quick cases."""


def are_taken(config: pytest.Config) -> bool:
    """Return whether this run is one of everything, of which a turn takes a part."""
    if any(config.getoption(name) for name in ("--campaign", "--left-out", "keyword", "markexpr")):
        return False
    named = {(config.invocation_params.dir / argument).resolve() for argument in config.args}
    return named == {(config.rootpath / "tests").resolve()}


def of_this_turn(config: pytest.Config, items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Return the tests of a turn, in their order: of each group of cases at least one; or those that it leaves out."""
    turn, tests, others = config.getoption("--turn") or 0, config.rootpath / "tests", config.getoption("--other-turns")
    groups = [None if _is_whole(item, tests) else _group_of(item) for item in items]
    sizes, cases = Counter(groups), Counter[Hashable]()
    chosen = list[pytest.Item]()
    for item, group in zip(items, groups, strict=True):
        place = cases[group] + crc32(str(group).encode()) + turn
        cases[group] += 1
        is_taken = group is None or place % min(sizes[group], TURNS) == 0
        if is_taken is not bool(others):
            chosen.append(item)
    return chosen


def _is_whole(item: pytest.Item, tests: Path) -> bool:
    """Return whether each run has this test: it has no cases, its file stands above, or its outputs are kept."""
    if "[" not in item.nodeid or "snapshot" in getattr(item, "fixturenames", ()):
        return True
    if slow_tests.is_slow(item):
        return False
    path = item.path.relative_to(tests).as_posix()
    return path in WHOLE or path.partition("/")[0] in WHOLE


def _group_of(item: pytest.Item) -> Hashable:
    """Return the cases of which a turn takes some: those of a test, or of one exchange where each area has one."""
    test, marker = item.nodeid.partition("[")[0], item.get_closest_marker("campaign")
    if marker is None or "one_per" not in marker.kwargs:
        return test
    assert isinstance(item, pytest.Function)
    return test, item.callspec.params.get("exchange")
