"""KuCoin: the cross and isolated margin accounts, and their loans, which the same answers show.

Two margin accounts stand behind each path (old and high frequency); only ``queryType=ALL`` shows both.
"""

from collections.abc import Iterable

from auditor.exchanges.kucoin.errors import NO_MARGIN
from auditor.exchanges.kucoin.sites import V3, spot
from auditor.exchanges.kucoin.sources import documented, queries
from auditor.exchanges.shared.readers import amount_or_seen, figures
from auditor.i18n import _, mark
from auditor.model.records import Area, Balance, Debt, Part, Record, Restriction
from auditor.model.reference_data import Valuation
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import amount, inner, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import Surface, Total

CROSS, ISOLATED = "cross-margin", "isolated-margin"
# The totals are in the quote currency that the request names, USDT unless it names another.
QUOTE = "USDT"
SIDES = ("baseAsset", "quoteAsset")
ASSET = (text("currency"), amount("total"), amount("available"), amount("hold"))
LOAN = (
    text("currency"),
    amount("liability"),
    # Since May 2025.
    optional_amount("liabilityPrincipal"),
    optional_amount("liabilityInterest"),
)
# EFFECTIVE and CLEAR: nothing is wrong; DEBT: something is owed, which the debt itself says.
QUIET = frozenset({"", "EFFECTIVE", "CLEAR", "DEBT"})


def _balance(row: Row, wallet: str, subject: str) -> Balance:
    held = figures(row, {Part.AVAILABLE: "available", Part.IN_ORDERS: "hold"})
    return Balance(
        subject=subject,
        row=row.raw,
        wallet=wallet,
        asset=row.text("currency"),
        amount=amount_or_seen(row, "total", held),
        held=held,
    )


def _debt(row: Row, subject: str) -> Debt:
    owed = figures(row, {"borrowed": "liabilityPrincipal", Part.INTEREST: "liabilityInterest"})
    return Debt(
        subject=subject,
        row=row.raw,
        kind=mark("margin loan"),
        asset=row.text("currency"),
        amount=amount_or_seen(row, "liability", owed),
        held=owed,
        collateral=False,
    )


def _trouble(row: Row, subject: str) -> Iterable[Record]:
    state = row.hint("status")
    if state.upper() not in QUIET:
        message = _("the margin account {account} is in state {state}").format(account=subject, state=state)
        yield Restriction(subject=f"{subject}:status", row={"status": state}, code=state, message=message)


@reads(*ASSET)
def cross(row: Row, _context: Context) -> Iterable[Record]:
    """Read a currency of the cross margin account."""
    yield _balance(row, CROSS, row.text("currency"))


@reads(*LOAN)
def cross_debt(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is owed of a currency in the cross margin account."""
    yield _debt(row, row.text("currency"))


@reads(text("symbol"), inner("baseAsset", *ASSET), inner("quoteAsset", *ASSET))
def isolated(row: Row, _context: Context) -> Iterable[Record]:
    """Read both currencies of an isolated margin pair."""
    yield from _trouble(row, row.text("symbol"))
    for side in SIDES:
        asset = row.inner(side)
        yield _balance(asset, ISOLATED, f"{row.text('symbol')}:{asset.text('currency')}")


@reads(text("symbol"), inner("baseAsset", *LOAN), inner("quoteAsset", *LOAN))
def isolated_debt(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is owed of both currencies of an isolated margin pair."""
    for side in SIDES:
        asset = row.inner(side)
        yield _debt(asset, f"{row.text('symbol')}:{asset.text('currency')}")


def total_assets(wallet: str) -> Reader:
    """Read KuCoin's own total of a margin account's assets, and the state of the account.

    KuCoin values by prices of its own, so the total counts only where no row shows anything.
    """

    @reads(amount("totalAssetOfQuoteCurrency"))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Valuation(
            subject=f"total:{wallet}",
            row={"totalAssetOfQuoteCurrency": row.raw.get("totalAssetOfQuoteCurrency")},
            wallet=wallet,
            amount=row.amount("totalAssetOfQuoteCurrency"),
            unit=QUOTE,
            rough=True,
        )
        yield from _trouble(row, wallet)

    return read


def total_debts(surface: str) -> Reader:
    """Read KuCoin's own total of the debts in a margin account, which the rows of ``surface`` repeat."""

    @reads(amount("totalLiabilityOfQuoteCurrency"))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield Debt(
            subject=f"total:{surface}",
            row={"totalLiabilityOfQuoteCurrency": row.raw.get("totalLiabilityOfQuoteCurrency")},
            kind=mark("margin loan"),
            asset=QUOTE,
            amount=row.amount("totalLiabilityOfQuoteCurrency"),
            held={},
            collateral=False,
            worth=True,
            same_as=((surface,),),
        )

    return read


def _endpoint(path: str, name: str) -> Endpoint:
    return documented(V3, path, spot(15), queries=queries("queryType", "ALL"), rows=rows_in(name))


def _wallet(name: str, title: str, endpoint: Endpoint, reader: Reader) -> Surface:
    return Surface(
        id=name,
        area=Area.BALANCES,
        title=title,
        endpoint=endpoint,
        reader=reader,
        total=Total(rows=object_row, reader=total_assets(name)),
        never_used=NO_MARGIN,
    )


def _debts(name: str, title: str, endpoint: Endpoint, reader: Reader) -> Surface:
    return Surface(
        id=name,
        area=Area.DEBTS,
        title=title,
        endpoint=endpoint,
        reader=reader,
        total=Total(rows=object_row, reader=total_debts(name)),
        never_used=NO_MARGIN,
    )


CROSS_ACCOUNT, ISOLATED_ACCOUNTS = _endpoint("margin/accounts", "accounts"), _endpoint("isolated/accounts", "assets")
MARGIN_WALLETS = (
    _wallet(CROSS, "Cross margin account", CROSS_ACCOUNT, cross),
    _wallet(ISOLATED, "Isolated margin account", ISOLATED_ACCOUNTS, isolated),
)
MARGIN_DEBTS = (
    _debts("cross-margin-debts", "Cross margin account: loans", CROSS_ACCOUNT, cross_debt),
    _debts("isolated-margin-debts", "Isolated margin account: loans", ISOLATED_ACCOUNTS, isolated_debt),
)
