"""The step of a plan that saves the history: which accounts have it, and what meets it."""

import json
import shutil
from pathlib import Path

import pytest

from auditor.cli.runtime import archive_notes, done_file
from auditor.exchanges.registry import load, table_ids
from auditor.plan import make_plan
from auditor.plan.kinds import StepKind
from auditor.settings.exchange_facts import exchange_config
from tests.archive.archiving import archived, told
from tests.plan.test_steps import report_of

UID = told(events=1).uid


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archived(told(events=30), tmp_path_factory.mktemp("sealed")).folder


@pytest.fixture
def noted(sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sealed archive that `audit archive` has noted."""
    monkeypatch.setattr(done_file, "default_path", lambda: tmp_path / "home" / "done.json")
    folder = Path(shutil.copytree(sealed, tmp_path / sealed.name))
    archive_notes.note(folder)
    return folder


def archive_step(uid: str) -> bool:
    """Whether the item of the step is met, for an account with that uid."""
    report = report_of(uid=uid)
    plan = make_plan(report, done=archive_notes.days(report))
    (step,) = (step for step in plan.steps if step.kind is StepKind.ARCHIVE)
    return all(item.done for item in step.items)


@pytest.mark.slow("an archive of its own")
def test_a_sealed_archive_of_the_account_meets_the_step_before_closing(noted: Path) -> None:
    assert [True, False] == [archive_step(UID), archive_step("42")]
    assert noted.exists()


def test_an_archive_that_is_gone_or_sealed_anew_meets_it_no_more(noted: Path) -> None:
    (noted / "tagmanifest-sha256.txt").write_text("another")
    assert not archive_step(UID)
    shutil.rmtree(noted)
    assert not archive_step(UID)


@pytest.mark.parametrize(
    ("name", "value", "met"),
    [("status", "partial", True), ("status", "does not reconcile", False), ("since", "2026-11-01", False)],
)
def test_an_archive_that_lacks_what_can_still_be_had_leaves_the_step_open(
    noted: Path, name: str, value: str, met: bool
) -> None:
    """Whoever closes then loses what a run without --since, or the exchange's support, would have given."""
    path = noted / "data/archive.json"
    document = json.loads(path.read_text())
    (document if name == "status" else document["run"])[name] = value
    path.write_text(json.dumps(document))

    assert met == archive_step(UID)


def test_the_step_stands_before_closing_and_statements_point_to_it() -> None:
    plan = make_plan(report_of())
    kinds = [step.kind for step in plan.steps]
    texts = [str(item.text) for step in plan.steps if step.kind is StepKind.EXPORT for item in step.items]

    assert [StepKind.ARCHIVE, StepKind.EXPORT, StepKind.CLOSE] == kinds[-3:]
    assert any("audit archive" in text for text in texts)


def test_the_facts_say_which_exchanges_can_be_archived() -> None:
    ids = table_ids()
    assert {one: load(one).history is not None for one in ids} == {one: exchange_config(one).archive for one in ids}
