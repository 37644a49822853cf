"""An archive of a generated history, compared with the story that it was generated from."""

import json
import subprocess
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from yarl import URL

from auditor import demo
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.raw import answers, places
from auditor.archive.session import archive_table
from auditor.archive.verify import verify
from auditor.demo.okx.story import FUNDING, TRADING
from auditor.exchanges.registry import load
from auditor.i18n import Translator
from auditor.transport.guard import AllowList, NotAllowedError
from tests.archive.archiving import FILES, LISTS, Doubts, archived, make, rows_of, served, told

ALLOWED = (Path(__file__).parent / "allowlists/okx.txt").read_text().splitlines()


@dataclass(frozen=True)
class Made:
    """An archive, what it was made from, and what was asked for it."""

    archive: Archive
    account: demo.Account
    calls: list[demo.Call]

    @property
    def folder(self) -> Path:
        return self.archive.folder


@pytest.fixture(scope="module")
def young(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The archive of an account whose whole life lies within what OKX gives."""
    account = told()
    with served(account) as (configured, exchange):
        made = make(configured, tmp_path_factory.mktemp("young"), whole=True)
        return Made(made, account, exchange.calls)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The archive of an account that is older than the Trading ledger's reach, with a report in Chinese."""
    account = told(days=900)
    return Made(archived(account, tmp_path_factory.mktemp("old"), translate=Translator("zh")), account, [])


@pytest.fixture(params=["young", "old"])
def made(request: pytest.FixtureRequest) -> Made:
    found: Made = request.getfixturevalue(request.param)
    return found


def test_every_row_of_the_story_is_in_the_table_once_digit_for_digit(young: Made) -> None:
    told_rows = [row for path in LISTS for row in young.account.books[path]]
    expected = sorted((row["billId"], row["ccy"], row["balChg"], row["bal"], row["ts"]) for row in told_rows)
    names = ("id", "asset", "change", "balance", "exchange_time")

    assert expected == sorted(tuple(row[name] for name in names) for row in rows_of(young.folder, "ledger.csv"))


def test_the_table_is_in_the_order_of_time(made: Made) -> None:
    times = [int(row["exchange_time"]) for row in rows_of(made.folder, "ledger.csv")]
    assert sorted(times) == times


@pytest.mark.parametrize("wallet", ["funding", "trading"])
def test_the_balances_are_those_of_the_story(made: Made, wallet: str) -> None:
    path, amount = {"funding": ("asset/balances", "bal"), "trading": ("account/balance", "cashBal")}[wallet]
    expected = {row["ccy"]: Decimal(row[amount]) for row in made.account.books[path]}
    rows = [row for row in rows_of(made.folder, "balances.csv") if row["wallet"] == wallet]
    closing = {row["asset"]: Decimal(row["closing"]) for row in rows}

    assert expected == {asset: amount for asset, amount in closing.items() if amount}
    assert {Decimal(0)} == {Decimal(row["difference"]) for row in rows}


def test_an_account_as_young_as_its_ledgers_is_proved_from_nothing(young: Made) -> None:
    assert Doubts((), ()) == Doubts.of(young.archive.outcome)
    words = {
        "proved since" if "opened with nothing" in str(one) else "derived" for one in young.archive.outcome.wallets
    }
    assert {"proved since", "derived"} == words
    assert {"proved"} == {row["status"] for row in rows_of(young.folder, "balances.csv")}


def test_an_account_as_young_as_its_ledgers_is_complete(young: Made) -> None:
    assert (ArchiveStatus.COMPLETE, 0) == (young.archive.outcome.status, young.archive.outcome.exit_code)


def test_the_report_says_which_changes_only_a_ledger_shows_and_until_when(young: Made) -> None:
    report = (young.folder / "data/REPORT.md").read_text(encoding="utf-8")
    notes = [str(note) for note in young.archive.outcome.notes if "in this ledger alone" in str(note)]

    assert [("Funding account", "2026-11-01"), ("Trading account", "2026-11-22")] == [
        (wallet, before[:10]) for wallet, _colon, before in (note.partition(": before ") for note in notes)
    ]
    assert len(notes) == len([line for line in report.splitlines() if "in this ledger alone" in line])


def test_an_older_account_is_told_its_opening_balances_and_the_quarters_to_ask_for(old: Made) -> None:
    opening = {row["asset"] for row in rows_of(old.folder, "balances.csv") if Decimal(row["opening"])}
    doubts = Doubts.of(old.archive.outcome)

    assert (ArchiveStatus.PARTIAL, ()) == (old.archive.outcome.status, doubts.faults)
    assert opening
    assert any(all(asset in gap for asset in opening) for gap in doubts.gaps)
    assert ("2024 Q2", "2026 Q3") == (
        old.archive.outcome.quarters["trading-ledger"][0],
        old.archive.outcome.quarters["trading-ledger"][-1],
    )


def test_a_raw_answer_is_what_the_exchange_sent_with_what_was_asked_and_when(young: Made) -> None:
    path = young.folder / "data/raw" / FILES[FUNDING] / "000.jsonl.gz"
    last = [answer for _line, answer in answers(path, places(path))][-1]

    assert {"pagingType": "2", "limit": "100"} == last.params
    assert "Sat, 28 Nov 2026 07:00:00 GMT" == last.date
    assert json.loads(last.body)["data"] == list(reversed(young.account.books[FUNDING]))[:100]


def test_rows_name_the_answer_that_they_come_from(young: Made) -> None:
    row = rows_of(young.folder, "ledger.csv")[-1]
    file, line = row["source"].split(":")
    found = dict(answers(young.folder / "data" / file, places(young.folder / "data" / file)))[int(line)]

    assert f'"{row["id"]}"' in found.body


def test_no_file_holds_a_credential(young: Made) -> None:
    secrets = (young.account.apikey, young.account.secret, young.account.passphrase)
    raw = [answer for path in young.folder.rglob("*.gz") for _line, answer in answers(path, places(path))]
    texts = [path.read_text(encoding="utf-8") for path in young.folder.rglob("*") if path.suffix not in {".gz", ""}]

    assert [] == [secret for secret in secrets for text in (*texts, *map(repr, raw)) if secret in text]


def test_only_the_owner_can_read_an_archive(young: Made) -> None:
    modes = {path.stat().st_mode & 0o077 for path in (young.folder, *young.folder.rglob("*"))}
    assert {0} == modes


def test_the_document_keeps_to_its_schema(made: Made) -> None:
    schema = json.loads((made.folder / "data/archive.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads((made.folder / "data/archive.json").read_text(encoding="utf-8")), schema)


def test_sha256sum_accepts_the_manifests(young: Made) -> None:
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        ran = subprocess.run(
            ["sha256sum", "-c", "--quiet", manifest], cwd=young.folder, check=False, capture_output=True
        )
        assert (0, b"") == (ran.returncode, ran.stdout)


def test_the_manifest_names_every_file_and_the_oxum_counts_them(young: Made) -> None:
    files = [path for path in (young.folder / "data").rglob("*") if path.is_file()]
    named = {line.split("  ")[1] for line in (young.folder / "manifest-sha256.txt").read_text().splitlines()}
    info = (young.folder / "bag-info.txt").read_text()

    assert {path.relative_to(young.folder).as_posix() for path in files} == named
    assert f"Payload-Oxum: {sum(path.stat().st_size for path in files)}.{len(files)}\n" in info
    assert {"data", "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"} == {
        path.name for path in young.folder.iterdir()
    }


def test_a_verification_makes_the_same_proof_anew(made: Made) -> None:
    verified = verify(made.folder).outcome
    assert (made.archive.outcome.status, made.archive.outcome.quarters) == (verified.status, verified.quarters)
    assert list(map(str, made.archive.outcome.gaps)) == list(map(str, verified.gaps))


def test_the_report_of_an_older_account_begins_with_the_quarters_to_ask_for(old: Made) -> None:
    text = (old.folder / "data/REPORT.md").read_text(encoding="utf-8")
    first = text.split("\n## ")[1]

    assert ("注销之前", True) == (first.splitlines()[0], "2024 Q2" in first and "2026 Q3" in first)


def test_the_report_is_in_the_readers_language(young: Made, old: Made) -> None:
    english, chinese = ((one.folder / "data/REPORT.md").read_text(encoding="utf-8") for one in (young, old))

    assert "# Archive of account" in english
    assert "Archive of account" not in chinese
    assert "sha256sum -c" in english


def test_nothing_is_asked_but_the_key_the_lists_and_the_balances(young: Made) -> None:
    written = {line.split("/api/v5/")[1] for line in ALLOWED if "/api/v5/" in line}
    # What is asked of an account that lives longer than its ledgers reach, and about the clock and the status.
    never = {"account/bills-history-archive", "public/time", "system/status"}

    assert written - never == {call.path for call in young.calls}
    assert {"GET"} == {call.method for call in young.calls}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v5/account/bills-history-archive"),
        ("POST", "/api/v5/asset/monthly-statement"),
        ("GET", "/api/v5/trade/order"),
    ],
)
def test_nothing_that_makes_the_exchange_do_something_is_let_out(method: str, path: str) -> None:
    allow = AllowList.of(archive_table(load("okx")), ("https://www.okx.com",))
    with pytest.raises(NotAllowedError):
        allow.check_request(method, URL(f"https://www.okx.com{path}"))


def test_an_audit_may_not_ask_for_a_ledger_of_years() -> None:
    asked = {endpoint.path for endpoint in load("okx").endpoints()}
    assert set() == asked & {FUNDING, TRADING}
