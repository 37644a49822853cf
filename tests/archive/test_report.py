"""The report of an archive: in both forms and languages, with names from the exchange as data, and its pictures."""

import html
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from auditor import demo
from auditor.archive.chart import EDGE, HEIGHT, WIDTH, draw
from auditor.archive.coin_proofs import coin_proofs
from auditor.archive.curve import MOST_STRETCHES, Curve
from auditor.archive.exports.notes import Notes
from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.imports.coverage import Coverage
from auditor.archive.next_steps import next_steps
from auditor.archive.outcome import ArchiveStatus, Outcome, ProofKind, _gaps
from auditor.archive.proof import Proof
from auditor.archive.report_content import Contents, checks, has_commands, made_line, sections
from auditor.archive.rows import SourcedEntry
from auditor.archive.state import Status
from auditor.archive.sum_doubts import ReadList
from auditor.archive.sums import Sums
from auditor.archive.wallet_proof import WalletProof
from auditor.archive.witness import Witness
from auditor.demo.okx.story import DAY, FUNDING, Story
from auditor.exchanges.registry import load
from auditor.i18n import Translator, _
from tests.archive.archiving import NOW, archived, rows_of, told

HOSTILE = ("<b onload=x>", "=1+1", "|pipe|", "\u202etxt")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of an old account with odd names for coins, of which the Funding ledger lost a row."""
    story, last = Story(3), int(NOW.timestamp() * 1000) - DAY
    story.tell(150, last - 700 * DAY, last)
    for number, name in enumerate(HOSTILE):
        story.funding.post(last + number, name, Decimal(number + 1), type="1", notes="=cmd|' /C calc'!A0")
    account = story.account(demo.account("empty"), last)
    rows = account.books[FUNDING]
    lost = account.with_rows(FUNDING, [*rows[:20], *rows[21:]])
    return archived(lost, tmp_path_factory.mktemp("broken"), translate=Translator("zh")).folder


def page_of(folder: Path) -> str:
    return (folder / "data/REPORT.html").read_text(encoding="utf-8")


def test_names_from_the_exchange_are_data_on_the_page(broken: Path) -> None:
    page = page_of(broken)

    assert "<b onload" not in page
    assert "&lt;b onload=x&gt;" in page
    assert "\u202e" not in page


def test_spreadsheets_get_no_formula(broken: Path) -> None:
    starts = {
        (name, cell[0])
        for table in ("ledger.csv", "balances.csv")
        for row in rows_of(broken, table)
        for name, cell in row.items()
        if cell and cell[0] in "=+-@"
    }
    assert {name for name, _start in starts} <= {"change", "balance", "fee", "opening", "sum", "closing", "shown"} | {
        "difference"
    }
    assert {"-"} >= {start for _name, start in starts}


def test_the_page_loads_nothing_and_runs_nothing(broken: Path) -> None:
    page = page_of(broken)

    assert "default-src 'none'" in html.unescape(page)
    assert [] == re.findall(r"<(?:script|img|link|iframe|object)\b|\b(?:src|href)=|@import|url\(", page)


def test_each_coin_with_rows_has_a_picture_with_words_for_it(broken: Path) -> None:
    page = page_of(broken)
    coins = [row for row in rows_of(broken, "balances.csv") if row["rows"] != "0"]

    assert len(coins) == page.count("<svg role='img' aria-label='") == page.count("<figcaption>")


def test_breaks_and_what_came_before_are_marked_in_the_pictures(broken: Path) -> None:
    page = page_of(broken)
    assert "class='break'" in page
    assert "class='unknown'" in page


def test_a_healthy_young_account_has_no_mark(tmp_path: Path) -> None:
    page = page_of(archived(told(events=60), tmp_path).folder)

    assert ("class='break'" in page, "class='unknown'" in page, 'lang="en"' in page) == (False, False, True)


def test_the_chinese_page_is_chinese(broken: Path) -> None:
    page = page_of(broken)
    assert 'lang="zh-Hans"' in page
    assert "Balances over time" not in page


def test_a_break_is_told_with_both_rows_and_what_to_try(broken: Path) -> None:
    text = (broken / "data/REPORT.md").read_text(encoding="utf-8")
    assert re.search(r"缺少 .*记录 100000000\d\d 和 10000000\d\d\d", text)
    assert "--fresh" in text


def facts_of(*ends: ListEnd, rested: bool = True) -> RunFacts:
    texts: dict[str, Any] = dict.fromkeys(("account", "exchange", "name", "host", "environment", "uid", "kind"), "x")
    return RunFacts(
        **texts,
        rights=(),
        started_at=NOW,
        finished_at=NOW,
        rested=rested,
        lists=ends,
    )


def test_a_type_of_rows_that_nobody_knows_is_named_and_nothing_is_said_to_be_missing() -> None:
    history = load("okx").history
    assert history is not None
    wallet = WalletProof(history.ledgers[0], Coverage(()), unknown=Counter({"999": 3}))
    outcome = Outcome(status=ArchiveStatus.COMPLETE, faults=(), wallets=(), gaps=())
    contents = Contents(facts_of(), Proof((wallet,), Witness([], [])), outcome, Notes())

    assert "What is not in this archive" not in [str(heading) for heading, _items in sections(contents)]
    assert ["999"] == [str(item)[-4:-1] for _heading, items in checks(contents) for item in items if "999" in str(item)]


def test_what_came_before_a_ledger_is_unknown_only_where_no_other_ledger_tells() -> None:
    """Whatever comes into Trading came into Funding first: that one begins with nothing, or quarters are named."""
    history = load("okx").history
    assert history is not None
    outcome = Outcome(status=ArchiveStatus.COMPLETE, faults=(), wallets=(), gaps=())
    proof = Proof(tuple(WalletProof(one, Coverage(()), rows=1) for one in history.ledgers), Witness([], []))
    items = [str(item) for _heading, told in checks(Contents(facts_of(), proof, outcome, Notes())) for item in told]

    assert ["Funding account"] == [item.partition(":")[0] for item in items if "left no trace" in item]


def test_nothing_is_said_of_what_came_before_the_rows_of_an_account_that_has_none() -> None:
    """Gate's futures in BTC were never opened."""
    history = load("gate").history
    assert history is not None
    outcome = Outcome(status=ArchiveStatus.COMPLETE, faults=(), wallets=(), gaps=())
    proof = Proof((WalletProof(history.ledgers[0], Coverage(())),), Witness([], []))
    items = [str(item) for _heading, told in checks(Contents(facts_of(), proof, outcome, Notes())) for item in told]

    assert [] == [item for item in items if "goes back this far" in item]


def test_what_was_there_before_the_first_row_is_written_without_needless_zeros() -> None:
    """OKX writes 18 digits, and a balance is a difference of two."""
    history = load("okx").history
    assert history is not None
    bill = {"billId": "1", "type": "1", "ts": "1", "ccy": "BTC", "balChg": "-1.000000000000000000", "bal": "0.5"}
    wallet = WalletProof(history.ledgers[0], Coverage(()))
    wallet.take([SourcedEntry(history.ledgers[0].entry(bill), "")], {})
    wallet.settle()
    wallet.coins = tuple(coin_proofs(wallet, {"BTC": Decimal("0.5")}, rested=True))

    told = [str(gap) for gap in _gaps(wallet, ended(Status.ENDED), (), facts_of())]

    assert "Funding account: there before its first row: 1.5 BTC." in told


def told_before_closing(
    status: ArchiveStatus, *ends: ListEnd, rested: bool = True, kind: ProofKind = ProofKind.PROVED
) -> list[str]:
    """What the first section says of an archive without wallets."""
    faults = (_("a break"),) if status is ArchiveStatus.DIFFERS else ()
    outcome = Outcome(status=status, faults=faults, wallets=(), gaps=(), kind=kind)
    heading, items = next(
        sections(Contents(facts_of(*ends, rested=rested), Proof((), Witness([], [])), outcome, Notes()))
    )
    assert "Before you close" == str(heading)
    return [str(item) for item in items]


def ended(status: Status, *, cut: bool = False) -> ListEnd:
    return ListEnd(id="x", status=status, cut=cut, rows=1)


@pytest.mark.parametrize(
    ("status", "ends", "rested", "words"),
    [
        (ArchiveStatus.COMPLETE, [], True, ["closing loses none of them"]),
        (ArchiveStatus.DIFFERS, [], True, ["Do not close yet", "--fresh"]),
        (ArchiveStatus.PARTIAL, [], True, ["Export on x's site what this archive lacks"]),
        (ArchiveStatus.PARTIAL, [ended(Status.REFUSED)], True, ["not read to their end: 1"]),
        (ArchiveStatus.PARTIAL, [ended(Status.ENDED, cut=True)], True, ["without --since"]),
        (ArchiveStatus.PARTIAL, [], False, ["Something moved"]),
    ],
)
def test_the_report_begins_with_what_can_only_be_done_before_closing(
    status: ArchiveStatus, ends: list[ListEnd], rested: bool, words: list[str]
) -> None:
    *items, keep = told_before_closing(status, *ends, rested=rested)

    assert len(items) == len(words)
    assert all(word in item for word, item in zip(words, items, strict=True))
    assert "Keep a copy" in keep


@pytest.mark.parametrize("kind", [ProofKind.SUMMED, ProofKind.DERIVED])
def test_what_is_complete_by_sums_is_not_said_to_have_every_change(kind: ProofKind) -> None:
    """Two that cancel out to the last digit, no sum would show."""
    step, _keep = told_before_closing(ArchiveStatus.COMPLETE, kind=kind)

    assert ("explain every balance" in step, "Every change" in step) == (True, False)


def test_nobody_is_sent_to_run_again_for_a_list_of_what_the_account_never_had() -> None:
    """KuCoin refuses the ledger of a unified account to all who have none, today and tomorrow."""
    history = load("kucoin").history
    assert history is not None
    unified = next(one for one in history.changes if one.unused)
    refused = ListEnd(id=unified.id, status=Status.REFUSED, cut=False, rows=0, code=next(iter(unified.unused)))
    sums = Sums(lists=(ReadList(unified, ()),))
    outcome = Outcome(status=ArchiveStatus.PARTIAL, faults=(), wallets=(), gaps=())
    told = [
        str(next_steps(facts_of(end), outcome, Proof((), Witness([], []), sums=sums))[0])
        for end in (refused, replace(refused, code="other"))
    ]

    assert ["This key can fetch nothing more", "Lists that were not read to their end"] == [
        re.split(r"[.:]", one)[0] for one in told
    ]


def test_the_report_is_in_utc_wherever_it_is_made(tmp_path: Path) -> None:
    """As the tables are: a day there is the same day here."""
    zone = timezone(timedelta(hours=14))
    folder = archived(told(events=30), tmp_path, translate=Translator(zone=zone)).folder
    first = min(row["first_row"] for row in rows_of(folder, "balances.csv") if row["wallet"] == "funding")
    markdown = (folder / "data/REPORT.md").read_text()

    assert "Made 28 Nov 2026, 07:00 UTC with a key that can only read." in markdown
    assert f"proved since {datetime.fromisoformat(first):%-d %b %Y}, opened" in markdown


def test_a_key_that_did_not_show_that_it_can_only_read_is_not_said_to() -> None:
    """Of a key of Bitget's classic accounts nobody knows; --no-readonly takes one that can do more."""
    lines = [str(made_line(replace(facts_of(), readonly=known))) for known in (True, False)]

    assert [True, False] == ["a key that can only read" in line for line in lines]


def test_amounts_in_markdown_are_what_they_are(broken: Path) -> None:
    table = re.findall(r"^\|.*\|$", (broken / "data/REPORT.md").read_text(encoding="utf-8"), re.MULTILINE)
    amounts = {cell.strip() for line in table[2:] for cell in re.split(r"(?<!\\)\|", line)[3:7]}

    assert [] == [amount for amount in amounts if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?|", amount)]


def test_commands_are_shown_as_commands_and_backticks_of_an_exchange_are_not() -> None:
    text = _("{wallet}: run `audit`.")

    assert [True, True] == [has_commands(one) for one in (_("Run `audit`."), text.format(wallet="Funding"))]
    assert [False, False] == [has_commands(one) for one in ("`x`", text.format(wallet="`x`"))]


def test_a_curve_keeps_few_stretches_of_many_rows_and_no_peak_is_lost() -> None:
    curve, peaks = Curve(), {4321: Decimal(99_999), 7777: Decimal(-99_999)}
    for number in range(10_001):
        curve.add(number, peaks.get(number, Decimal(number)))
    course = curve.stretches

    assert len(course) <= MOST_STRETCHES
    assert (0, 10_000, Decimal(10_000)) == (course[0].since, course[-1].until, course[-1].last)
    assert (peaks[7777], peaks[4321]) == (min(one.lowest for one in course), max(one.highest for one in course))
    assert all(one.until < following.since for one, following in pairwise(course))


def test_a_drawing_stays_within_its_edges_and_shows_where_nothing_is() -> None:
    curve = Curve()
    for time, balance in ((0, "-5"), (50, "15"), (100, "7.5")):
        curve.add(time, Decimal(balance))
    chart = draw(curve.stretches, [50], (0, 100))
    numbers = [float(number) for number in re.findall(r"[\d.]+", chart.path)]

    assert EDGE <= min(numbers) <= max(numbers) <= WIDTH - EDGE
    assert EDGE + 0.75 * (HEIGHT - 2 * EDGE) == chart.zero
    assert (WIDTH / 2,) == chart.breaks
