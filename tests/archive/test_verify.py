"""An archive of which anything was changed: a verification fails, and names the file."""

import gzip
import json
import shutil
from pathlib import Path

import pytest

from auditor.archive import second_process
from auditor.archive.document import read_document
from auditor.archive.exports.sealed import write_sealed
from auditor.archive.raw import DamagedError
from auditor.archive.seal import seal
from auditor.archive.verify import verify
from auditor.exchanges.registry import load
from auditor.model.errors import UserError
from tests.archive.archiving import archived, told

FILES = (
    "bagit.txt",
    "bag-info.txt",
    "manifest-sha256.txt",
    "tagmanifest-sha256.txt",
    "data/REPORT.html",
    "data/REPORT.md",
    "data/archive.json",
    "data/archive.schema.json",
    "data/exports/koinly.csv",
    "data/exports/okx.beancount",
    "data/exports/rotki_events.csv",
    "data/exports/rotki_trades.csv",
    "data/raw/anchor/000.jsonl.gz",
    "data/raw/conversions/000.jsonl.gz",
    "data/raw/deposits/000.jsonl.gz",
    "data/raw/fills-events/000.jsonl.gz",
    "data/raw/fills-futures/000.jsonl.gz",
    "data/raw/fills-margin/000.jsonl.gz",
    "data/raw/fills-option/000.jsonl.gz",
    "data/raw/fills-spot/000.jsonl.gz",
    "data/raw/fills-swap/000.jsonl.gz",
    "data/raw/funding-ledger/000.jsonl.gz",
    "data/raw/funding-month/000.jsonl.gz",
    "data/raw/sub-account-transfers/000.jsonl.gz",
    "data/raw/trading-ledger/000.jsonl.gz",
    "data/raw/trading-week/000.jsonl.gz",
    "data/raw/withdrawals/000.jsonl.gz",
    "data/tables/balances.csv",
    "data/tables/conversions.csv",
    "data/tables/derived.csv",
    "data/tables/fills.csv",
    "data/tables/income.csv",
    "data/tables/ledger.csv",
    "data/tables/movements.csv",
    "data/tables/orders.csv",
    "data/tables/positions.csv",
    "data/tables/products.csv",
    "data/tables/transfers.csv",
)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archived(told(events=60), tmp_path_factory.mktemp("sealed")).folder


@pytest.fixture
def copy(sealed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sealed, tmp_path / sealed.name))


def test_these_are_all_files_of_an_archive(sealed: Path) -> None:
    assert sorted(FILES) == sorted(path.relative_to(sealed).as_posix() for path in sealed.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte_is_found_wherever_it_is(copy: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)

    with pytest.raises(DamagedError) as raised:
        verify(copy)
    assert 1 == raised.value.exit_code
    assert name in str(raised.value)


def test_a_file_that_is_missing_and_one_that_is_more_are_named(copy: Path) -> None:
    (copy / "data/more.txt").write_text("more")
    with pytest.raises(DamagedError, match=r"more\.txt"):
        verify(copy)
    (copy / "data/tables/ledger.csv").unlink()
    with pytest.raises(DamagedError, match=r"ledger\.csv"):
        verify(copy)


def sealed_anew(copy: Path) -> None:
    """Seal a changed archive again, as somebody would who wants to hide the change."""
    seal(copy, {"Bagging-Date": "2026-11-28"})


def test_a_table_that_does_not_follow_from_the_raw_answers_is_found_behind_a_new_seal(copy: Path) -> None:
    table = copy / "data/tables/ledger.csv"
    table.write_bytes(b"".join(table.read_bytes().splitlines(keepends=True)[:-1]))
    sealed_anew(copy)

    with pytest.raises(DamagedError, match=r"ledger\.csv does not follow"):
        verify(copy)


def test_a_proof_that_does_not_follow_from_the_raw_answers_is_found_behind_a_new_seal(copy: Path) -> None:
    path = copy / "data/archive.json"
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "gaps": ["more"]}))
    sealed_anew(copy)

    with pytest.raises(DamagedError, match="gaps does not follow"):
        verify(copy)


def test_a_raw_answer_whose_body_is_not_its_hash_is_found_behind_a_new_seal(copy: Path) -> None:
    path = copy / "data/raw/funding-ledger/000.jsonl.gz"
    with gzip.open(path) as file:
        lines = file.read().replace(b"USDC", b"USDT").splitlines(keepends=True)
    path.write_bytes(b"".join(map(gzip.compress, lines)))
    sealed_anew(copy)

    with pytest.raises(DamagedError, match="is damaged"):
        verify(copy)


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no folder of an archive"):
        verify(tmp_path / "nothing")
    with pytest.raises(DamagedError, match="tagmanifest"):
        verify(tmp_path)


@pytest.mark.slow("makes a large archive")
def test_the_exports_of_a_large_archive_are_checked_in_a_process_of_their_own(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_process, "LARGE", 0)
    with monkeypatch.context() as patched:
        patched.setattr("auditor.archive.verify.check_sealed", None)
        assert verify(copy).files
    export = copy / "data/exports/koinly.csv"
    export.write_bytes(export.read_bytes().replace(b"BTC", b"ETC", 1))
    sealed_anew(copy)

    with pytest.raises(DamagedError, match=r"koinly\.csv does not follow"):
        verify(copy)


@pytest.mark.slow("makes a large archive")
def test_the_exports_of_a_large_archive_are_written_by_two_processes(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = copy / "data/exports"
    before = {path.name: path.read_bytes() for path in exports.iterdir()}
    shutil.rmtree(exports)
    monkeypatch.setattr(second_process, "LARGE", 0)
    write_sealed(copy, read_document(copy), load("okx"))

    assert before == {path.name: path.read_bytes() for path in exports.iterdir()}


def test_a_table_that_is_gone_is_named_behind_a_new_seal(copy: Path) -> None:
    (copy / "data/tables/ledger.csv").unlink()
    sealed_anew(copy)

    with pytest.raises(DamagedError, match=r"ledger\.csv does not follow"):
        verify(copy)


def by_another_version(copy: Path, **changed: object) -> None:
    """Let an archive be made by an earlier version, whose document differed in this."""
    path = copy / "data/archive.json"
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "tool": {"version": "0.0.1"}, **changed}))
    write_sealed(copy, read_document(copy), load("okx"))
    sealed_anew(copy)


def test_other_words_of_an_earlier_version_are_no_damage(copy: Path) -> None:
    by_another_version(copy, gaps=["as it was said then"], notes=[])
    (remark,) = verify(copy).remarks
    assert "made by version 0.0.1" in str(remark)
    assert "in other words" in str(remark)


def test_an_earlier_version_that_called_it_otherwise_is_told(copy: Path) -> None:
    by_another_version(copy, status="partial")
    (remark,) = verify(copy).remarks
    assert "0.0.1" in str(remark)
    assert "called it partial" in str(remark)
    assert "calls it complete" in str(remark)


def test_another_proof_of_an_earlier_version_is_told_with_both_versions(copy: Path) -> None:
    by_another_version(copy, balances=[])
    with pytest.raises(DamagedError, match=r"balances does not follow.*0\.0\.1"):
        verify(copy)


def test_a_changed_byte_of_an_archive_of_an_earlier_version_is_damage(copy: Path) -> None:
    by_another_version(copy, gaps=["as it was said then"])
    (copy / "data/REPORT.md").write_text("all is well")
    with pytest.raises(DamagedError, match=r"REPORT\.md is not what"):
        verify(copy)
