"""Kraken Futures: sub-accounts with what they hold, as the key of their main account sees them."""

from collections.abc import Iterable
from decimal import Decimal

from auditor.exchanges.krakenfutures.asset_codes import usual_name
from auditor.exchanges.krakenfutures.rights import READ
from auditor.exchanges.krakenfutures.sources import trading
from auditor.model.records import Area, Balance, Record, SubAccount
from auditor.model.reference_data import Valuation
from auditor.spec.fields import amount, optional_amount, optional_inner, optional_rows, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import Surface

TOTAL = "balanceValue"


@reads(
    text("accountUid"),
    optional_rows("holdingAccounts", text("currency"), amount("amount")),
    optional_rows("futuresAccounts", text("name"), amount("availableMargin")),
    optional_inner("flexAccount", rows("currencies", text("currency"), amount("quantity")), optional_amount(TOTAL)),
)
def sub_account(row: Row, _context: Context) -> Iterable[Record]:
    """Read a sub-account and its wallets; of those with a single collateral only the margin is reported."""
    uid = row.text("accountUid")
    yield SubAccount(subject=uid, row=_anonymous(row), name=uid, uid=uid, frozen=False, frozen_functions=())
    for part in row.rows("holdingAccounts"):
        yield _balance(row, uid, "cash", part.text("currency"), part.amount("amount"))
    flex = row.inner_or_none("flexAccount")
    for part in () if flex is None else flex.rows("currencies"):
        yield _balance(row, uid, "flex", part.text("currency"), part.amount("quantity"))
    worth = None if flex is None else flex.amount_or_none(TOTAL)
    if worth:
        yield _total(row, uid, worth)
    for part in row.rows("futuresAccounts"):
        yield _balance(row, uid, part.text("name"), _collateral(part.text("name")), part.amount("availableMargin"))


def _balance(row: Row, uid: str, wallet: str, code: str, figure: Decimal) -> Balance:
    return Balance(
        subject=f"{uid}:{wallet}:{code}",
        row=_anonymous(row),
        owner=uid,
        wallet=wallet,
        asset=usual_name(code),
        amount=figure,
        held={},
        tradable=False,
    )


def _total(row: Row, uid: str, worth: Decimal) -> Valuation:
    """Return the total of a wallet: it counts where the wallet shows nothing else."""
    return Valuation(
        subject=f"{uid}:flex:{TOTAL}",
        row=_anonymous(row),
        owner=uid,
        wallet="flex",
        amount=worth,
        unit="USD",
        rough=True,
    )


def _collateral(name: str) -> str:
    """Return the coin that secures a market such as f-xbt:usd."""
    return name.partition(":")[0].removeprefix("f-")


def _anonymous(row: Row) -> dict[str, object]:
    """Return the row without the name and mail of a person."""
    return {name: value for name, value in row.raw.items() if name not in {"email", "fullName"}}


SUB_ACCOUNTS = (
    Surface(
        id="subaccounts",
        area=Area.SUBACCOUNTS,
        title="Sub-accounts",
        endpoint=trading("subaccounts", "Get subaccounts", rows=rows_in("subaccounts")),
        reader=sub_account,
        right=READ,
    ),
)
