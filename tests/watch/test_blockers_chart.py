"""A watch's page shows the blockers over the passes of its accounts."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from auditor import formats
from auditor.cli.commands.watch_run import _curve, _keep
from auditor.cli.runtime.reader import Runtime
from tests import builders as b
from tests.plan.test_steps import report_of


def history(*passes: tuple[int, dict[str, int]]) -> Any:
    """A history whose passes, by day, found so many blockers in each account."""
    entries = [
        SimpleNamespace(
            finished_at=b.NOW + timedelta(days=day),
            results=[SimpleNamespace(name=name, blockers=count, unread=0) for name, count in found.items()],
        )
        for day, found in passes
    ]
    return SimpleNamespace(entries=lambda limit: tuple(reversed(entries))[:limit])


def test_the_curve_has_the_passes_of_its_accounts_the_oldest_first() -> None:
    past = history((0, {"main": 5}), (1, {"other": 7}), (2, {"main": 3, "other": 7}))

    expected = [formats.PassCounts(b.NOW, 5, 0), formats.PassCounts(b.NOW + timedelta(days=2), 3, 0)]
    assert list(_curve(past, report_of())) == expected


def test_the_page_is_replaced_with_its_curve(tmp_path: Path) -> None:
    _keep(history((0, {"main": 5}), (1, {"main": 3})), Runtime(), "html", tmp_path / "report.html", report_of())

    assert "Blockers: from 5 to 3 in 2 checks" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
