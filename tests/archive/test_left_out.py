"""`--only`: lists that the user does not want are not read, the archive says so, and what is proved stays the same."""

from pathlib import Path

import pytest

from auditor.archive import fetch
from auditor.archive.left_out import left_out
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.raw import append
from auditor.archive.verify import verify
from auditor.exchanges.registry import load, table_ids
from auditor.model.errors import UserError
from auditor.spec.history import History
from tests.archive.archiving import archived, make, rows_of, served, told
from tests.archive.test_resume import KilledError, torn

ARCHIVED = sorted(one for one in table_ids() if load(one).history is not None)


def asked_by_readers(history: History) -> list[str]:
    """The lists whose rows say what the rows of others mean."""
    asked: list[str] = []

    def no_rows(list_id: str) -> tuple[()]:
        asked.append(list_id)
        return ()

    for ledger in history.ledgers:
        ledger.beside(no_rows)
    for listed in history.changes:
        listed.beside(no_rows)
    return asked


@pytest.mark.parametrize("exchange", ARCHIVED)
def test_no_list_is_left_out_on_which_a_proof_or_another_list_rests(exchange: str) -> None:
    history = load(exchange).history
    assert history is not None
    unread = left_out(history, ("fills",))
    by_id = {one.id: one for one in history.seconds}
    names = {name for one in (*history.seconds, *history.changes) if one.partition for name in one.partition.of}

    assert frozenset() == left_out(history, ())
    assert all(by_id[one].explains and by_id[one].table not in {"", "fills"} for one in unread)
    assert set() == unread & {history.named_by, *names, *asked_by_readers(history)}


@pytest.mark.slow("two archives")
def test_an_archive_of_some_tables_is_never_complete_and_verifies(tmp_path: Path) -> None:
    whole, part = (
        archived(told(events=30), tmp_path / name, beside="orders-spot", only=only)
        for name, only in (("whole", ()), ("part", ("ledger", "fills")))
    )

    assert (ArchiveStatus.COMPLETE, ArchiveStatus.PARTIAL) == (whole.outcome.status, part.outcome.status)
    assert ["This archive was begun with --only fills,ledger: only one without it can be complete."] == [
        str(gap) for gap in part.outcome.gaps
    ]
    assert (True, False) == tuple(bool(rows_of(one.folder, "orders.csv")) for one in (whole, part))
    assert rows_of(whole.folder, "ledger.csv") == rows_of(part.folder, "ledger.csv")
    assert part.outcome == verify(part.folder).outcome


def test_a_run_goes_on_only_with_the_tables_that_it_was_begun_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(told(events=20)) as (account, _exchange):
        with monkeypatch.context() as patched:
            patched.setattr(fetch, "append", torn(append, 1, 0.5))
            with pytest.raises(KilledError):
                make(account, tmp_path, only=("fills",))
        with pytest.raises(UserError, match="--only"):
            make(account, tmp_path)
