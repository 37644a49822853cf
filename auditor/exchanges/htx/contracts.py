"""HTX: USDT-margined contracts, whose bills (v5) print no balance after a change: their sum must be what is there.

The old API of these contracts ended on 2026-07-13. What a bill's type means is documented; that an amount has its sign
shows in HTX's own examples: -1 for a transfer to spot, -0.07 for a fee.
"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from auditor.exchanges.htx.envelope import NOT_OPENED
from auditor.exchanges.htx.sources import documented, windows_of
from auditor.i18n import mark
from auditor.model.amounts import ZERO, parse, plain, subtract, total
from auditor.spec.endpoint import Limit, Site
from auditor.spec.fields import amount, text, time
from auditor.spec.ledger import ShownBalances
from auditor.spec.paged_list import Reach, Single
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows, object_row, rows_in
from auditor.spec.summed import Change, ChangedRow, ChangeList, SummedWallet

CONTRACTS = Site("contract.private", "/", service="contract")
# Shared by all reads of these contracts, for each user.
READS = Limit(72, 3, pool="contracts")
WALLET = "usdt-contracts"
TITLE = mark("USDT-margined contracts")
BALANCE = "balance"
TWO_DAYS = windows_of(timedelta(days=2), "start_time", "end_time")
ASKED = timedelta(days=89)
"""A day less than the 90 that HTX states for orders of these contracts; of bills it states nothing."""
_KINDS: Mapping[str, str] = {
    "pnl": "3 4 12 13 46 47",
    "fee": "5 6 7 8 11 141",
    "settlement": "9 10 16 17",
    "transfer": "14 15 38 39",
    "funding": "30 31",
    "subaccount": "34 35 36 37",
    "reward": "28",
    "rebate": "29",
    "adjustment": "19 26 66 67 85 86",
}
KINDS: Mapping[str, str] = {code: kind for kind, codes in _KINDS.items() for code in codes.split()}
"""What the types of bills are called here (HTX API pages, USDT-margined contracts, Get bills)."""


def bill_rows(data: object) -> list[object]:
    """Return the bills of an answer: none of an account that never had contracts."""
    return [] if data is NOT_OPENED else list_rows(data)


def bill(row: Row) -> ChangedRow:
    """Read a bill. Whatever its type, it changed the balance by its amount; one that is not known is named."""
    code, coin = row.text("type"), row.text("currency").upper()
    change = Change(wallet=WALLET, asset=coin, amount=row.amount("amount"), kind=KINDS.get(code, "other"))
    return ChangedRow(
        id=row.text("id"),
        time=int(row.hint("created_time")),
        changes=(change,),
        type=code,
        instrument=row.hint("contract_code"),
        unknown="" if code in KINDS else code,
    )


def held_rows(data: object) -> list[object]:
    """Return what is in the account without the profit of positions that are open."""
    if data is NOT_OPENED:
        return []
    (answer,) = object_row(data)
    return list(map(_held, rows_in("details")(answer)))


def _held(row: object) -> object:
    if not isinstance(row, dict) or parse(row.get("equity")) is None:
        return row
    equity = total(_amounts(row, "equity", "isolated_equity"))
    return {**row, BALANCE: plain(subtract(equity, total(_amounts(row, "profit_unreal", "isolated_profit_unreal"))))}


def _amounts(row: Mapping[str, object], *names: str) -> list[Decimal]:
    return [parse(row.get(name)) or ZERO for name in names]


BILLS = ChangeList(
    id="contract-bills",
    title=mark("Bills of USDT-margined contracts"),
    wallets=(WALLET,),
    endpoint=documented(
        "v5/account/bills",
        "USDT-margined contracts, Get bills",
        READS,
        site=CONTRACTS,
        back=ASKED,
        rows=bill_rows,
        windows=TWO_DAYS,
    ),
    reach=Reach(
        words=mark("90 days, as far as is known,"),
        source="HTX API pages, USDT-margined contracts, Get bills",
        back=ASKED,
    ),
    paging=Single(limit="limit", size=100),
    key="id",
    time="created_time",
    ordered=False,
    fields=(text("id"), text("type"), text("currency"), amount("amount"), time("created_time")),
    read=bill,
)
USDT_CONTRACTS = SummedWallet(
    wallet=WALLET,
    title=TITLE,
    shown=ShownBalances(
        endpoint=documented(
            "v5/account/balance",
            "USDT-margined contracts, Get Account Balance",
            READS,
            site=CONTRACTS,
            rows=held_rows,
        ),
        asset="currency",
        amount=BALANCE,
    ),
    elsewhere=(mark("what was there before the bills begin"), mark("trial funds"), mark("copy trading")),
    # In multi-assets mode a coin may be owed.
    may_owe=True,
)
