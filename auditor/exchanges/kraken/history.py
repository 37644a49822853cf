"""Kraken: the lists of an archive. Its ledger prints the balance after every change, back to the account's first row.

Each asset code has a chain of its own, also XBT.F beside XXBT: moving a coin into Earn is a row of both. The reports
that Kraken writes on request (AddExport) are none of it: asking for one makes Kraken do something.
"""

from dataclasses import replace

from auditor.exchanges.kraken.archive_lists import (
    AS_HELD,
    CLASSES,
    SECOND_LISTS,
    WALLET,
    by_offset,
)
from auditor.exchanges.kraken.archive_names import archive_name
from auditor.exchanges.kraken.envelope import MISSING
from auditor.exchanges.kraken.history_kinds import KINDS, kind_and_type
from auditor.exchanges.kraken.no_result import KEY
from auditor.exchanges.kraken.rows import keyed_rows, newest_first_in
from auditor.exchanges.kraken.sources import DOC, private
from auditor.i18n import mark
from auditor.model.amounts import plain, subtract
from auditor.spec.endpoint import Query
from auditor.spec.fields import amount, optional_text, text
from auditor.spec.history import History
from auditor.spec.ledger import Ledger, LedgerEntry, ShownBalances
from auditor.spec.paged_list import Reach
from auditor.spec.parsed_row import Row
from auditor.spec.times import microseconds

TRADES = frozenset({"trade", "fee"})
COIN = "coin"
PAGE = "Get Ledgers Info"


def entry(row: Row) -> LedgerEntry:
    """Read a row of the ledger: the balance after it is the one before, and its amount without its fee."""
    asset, given, fee = row.text("asset"), row.amount("amount"), row.amount("fee")
    change, moment = subtract(given, fee), microseconds(row.hint("time"), "s")
    kind, code = kind_and_type(row.text("type"), row.text_or_none("subtype") or "", asset)
    ref = row.hint("refid")
    return LedgerEntry(
        number=moment,
        id=row.text(KEY),
        time=moment // 1000,
        asset=row.text(COIN),
        change=change,
        balance=row.amount("balance"),
        digits=(plain(change) if fee else row.hint("amount"), row.hint("balance")),
        kind=kind,
        type=code,
        subtype=row.hint("subtype"),
        fee=plain(-fee) if fee else "",
        trade_id=ref if kind in TRADES else "",
        ref=ref,
    )


def shown_rows(data: object) -> list[object]:
    """Return one row for each balance, by the name that it has in the ledger.

    An account that never had funding answers nothing, which its ledger must agree with.
    """
    rows = [] if data is MISSING else keyed_rows(data)
    return [{**row, "asset": archive_name(str(row.get(KEY)))} for row in rows if isinstance(row, dict)]


def ledger_rows(data: object) -> list[object]:
    """Return the rows of a page of the ledger, the newest first, each with its coin's name in field `COIN`."""
    rows = newest_first_in("ledger", "time")(data)
    return [{**row, COIN: archive_name(str(row.get("asset")))} for row in rows if isinstance(row, dict)]


def as_held(params: Query) -> Query:
    """Return a query whose tokens of stocks are counted as they are held."""
    return replace(params, params={**params.params, **AS_HELD})


_LEDGERS = by_offset("Ledgers", PAGE, ledger_rows)
LEDGER = Ledger(
    id="ledger",
    title=mark("Spot wallet"),
    wallet=WALLET,
    endpoint=replace(_LEDGERS, queries=tuple(map(as_held, _LEDGERS.queries))),
    shown=ShownBalances(
        endpoint=private("BalanceEx", "Get Extended Balance", rows=shown_rows, queries=(as_held(Query()),)),
        asset="asset",
        amount="balance",
    ),
    reach=Reach(words=mark("back to the account's first row"), source=f"{DOC}, {PAGE}"),
    fields=(
        *(text(name) for name in (KEY, COIN, "asset", "type", "refid")),
        optional_text("subtype"),
        *(amount(name) for name in ("amount", "fee", "balance")),
    ),
    read=entry,
    key=KEY,
    time="time",
    unit="s",
    partition=CLASSES,
    asset=COIN,
    balance="balance",
)
HISTORY = History(
    ledgers=(LEDGER,),
    seconds=SECOND_LISTS,
    kinds={WALLET: KINDS},
    remarks=(
        mark(
            "Kraken Futures has keys and lists of its own: archive it with a key made there (audit archive --exchange "
            "krakenfutures). Here are only the rows of what was moved there and back (spottofutures, spotfromfutures)."
        ),
        mark("Kraken lists no NFTs, cards and loans of its app: their money is in the ledger."),
    ),
)
