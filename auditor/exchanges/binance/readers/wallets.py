"""Binance: how to read a row of a wallet."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from auditor.exchanges.binance.readers.rows import parts
from auditor.i18n import _, mark
from auditor.model.amounts import total
from auditor.model.records import Balance, Bot, Debt, Part, Record
from auditor.model.reference_data import Valuation
from auditor.spec.fields import Field, Malformed, Row, always, amount, inner, optional_rows, retired, text
from auditor.spec.surface import Context, Reader, only

ASSET = (text("asset"), *(amount(name) for name in ("free", "locked", "freeze", "withdrawing")))


def wallet(name: str) -> Reader:
    """A wallet with free, locked, frozen and withdrawing amounts, of this account or of the sub-account asked for."""

    def read(row: Row, context: Context) -> Iterable[Record]:
        held = parts(row, **_HELD)
        more = row.hint_amount("ipoable")
        yield Balance(
            subject=row.text("asset"),
            row=row.raw,
            owner=context.scope.owner,
            wallet=name,
            asset=row.text("asset"),
            amount=total(held.values()),
            held=held if more is None else {**held, "ipoable": more},
        )

    return read


_HELD = {Part.AVAILABLE: "free", Part.IN_ORDERS: "locked", Part.FROZEN: "freeze", "withdrawing": "withdrawing"}
MARGIN = (text("asset"), *(amount(name) for name in ("free", "locked", "borrowed", "interest", "netAsset")))
ISOLATED = (text("symbol"), inner("baseAsset", *MARGIN), inner("quoteAsset", *MARGIN))


def cross(row: Row, context: Context) -> Iterable[Record]:
    """An asset of the cross margin wallet; Binance lists all that there are."""
    yield from _margin(row, context, "cross-margin", row.text("asset"))


def isolated(row: Row, context: Context) -> Iterable[Record]:
    """Both assets of an isolated pair."""
    for side in ("baseAsset", "quoteAsset"):
        asset = row.inner(side)
        yield from _margin(asset, context, "isolated-margin", f"{row.text('symbol')}:{asset.text('asset')}")


def _margin(row: Row, context: Context, name: str, subject: str) -> Iterable[Record]:
    held = {**parts(row, **{Part.AVAILABLE: "free", Part.IN_ORDERS: "locked"})}
    owed = parts(row, **{Part.INTEREST: "interest"})
    net = row.amount("netAsset")
    if any(held.values()) or (net and not row.amount("borrowed") and not any(owed.values())):
        yield Balance(
            subject=subject,
            row=row.raw,
            owner=context.scope.owner,
            wallet=name,
            asset=row.text("asset"),
            amount=total(held.values()),
            held={**held, "net": net},
        )
    if row.amount("borrowed") or any(owed.values()):
        yield Debt(
            subject=f"{subject}:debt",
            row=row.raw,
            owner=context.scope.owner,
            kind=mark("margin loan"),
            asset=row.text("asset"),
            amount=row.amount("borrowed"),
            held=owed,
            collateral=False,
        )


FUTURES = (
    text("asset"),
    *(amount(name) for name in ("walletBalance", "marginBalance", "unrealizedProfit", "crossWalletBalance")),
    *(amount(name) for name in ("initialMargin", "maintMargin", "maxWithdrawAmount")),
)
_FUTURES_HELD = {
    Part.EQUITY: "marginBalance",
    "profit": "unrealizedProfit",
    "cross": "crossWalletBalance",
    Part.MARGIN: "initialMargin",
}


def futures(name: str) -> Reader:
    """An asset of a futures wallet. What may be withdrawn counts other assets too, so it proves nothing."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield _contracts(row, name, row.amount("walletBalance"), parts(row, **_FUTURES_HELD))

    return read


OPTIONS = (
    text("asset"),
    *(amount(name) for name in ("marginBalance", "equity", "available", "initialMargin", "unrealizedPNL")),
)


def options(row: Row, _context: Context) -> Iterable[Record]:
    """An asset of the options wallet."""
    held = {Part.EQUITY: "equity", Part.AVAILABLE: "available", Part.MARGIN: "initialMargin", "profit": "unrealizedPNL"}
    yield _contracts(row, "options", row.amount("marginBalance"), parts(row, **held))


PORTFOLIO = (
    text("asset"),
    *(
        amount(name, always)
        for name in (
            "crossMarginAsset",
            "crossMarginBorrowed",
            "crossMarginFree",
            "crossMarginInterest",
            "crossMarginLocked",
            "umWalletBalance",
            "umUnrealizedPNL",
            "cmWalletBalance",
            "cmUnrealizedPNL",
            "negativeBalance",
        )
    ),
    amount("totalWalletBalance"),
    *(retired(name) for name in ("optionWalletBalance", "optionEquity")),
)
_PORTFOLIO_HELD = {
    "cross": "crossMarginAsset",
    Part.AVAILABLE: "crossMarginFree",
    Part.IN_ORDERS: "crossMarginLocked",
    "usd_m": "umWalletBalance",
    "usd_m_profit": "umUnrealizedPNL",
    "coin_m": "cmWalletBalance",
    "coin_m_profit": "cmUnrealizedPNL",
    "options": "optionWalletBalance",
    "options_equity": "optionEquity",
}


def portfolio(name: str) -> Reader:
    """An asset of a portfolio margin account, with what is owed in it."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield _contracts(row, name, row.amount("totalWalletBalance"), parts(row, **_PORTFOLIO_HELD))
        owed = parts(row, borrowed="crossMarginBorrowed", interest="crossMarginInterest", negative="negativeBalance")
        if any(owed.values()):
            yield Debt(
                subject=f"{row.text('asset')}:debt",
                row=row.raw,
                kind=mark("portfolio margin loan"),
                asset=row.text("asset"),
                amount=owed.get("borrowed"),
                held=owed,
                collateral=False,
            )

    return read


def _contracts(row: Row, name: str, figure: Decimal, held: Mapping[str, Decimal]) -> Balance:
    asset = row.text("asset")
    return Balance(subject=asset, row=row.raw, wallet=name, asset=asset, amount=figure, held=held)


# Binance's names of the wallets that have requests of their own, and ours.
NAMES = {
    "Spot": "spot",
    "Funding": "funding",
    "Cross Margin": "cross-margin",
    "Cross Margin (PM)": "portfolio-margin",
    "Isolated Margin": "isolated-margin",
    "USDⓈ-M Futures": "usd-m",
    "USDⓈ-M Futures (PM)": "portfolio-margin",
    "COIN-M Futures": "coin-m",
    "COIN-M Futures (PM)": "portfolio-margin",
    "Options": "options",
    "Earn": "earn",
}
DETAIL = (text("asset"), *(amount(name) for name in ("free", "locked", "freeze", "withdrawing")))


def totals(data: object) -> list[object]:
    """The wallets' totals. Every account has a spot wallet, so that an answer without one has lost what it had."""
    found = only(data)
    if not any(isinstance(row, dict) and row.get("walletName") == "Spot" for row in found):
        raise Malformed(_("the spot wallet is missing"))
    return found


TOTALS: tuple[Field, ...] = (text("walletName"), amount("balance"), optional_rows("assetBalances", *DETAIL))


SET_ASIDE = (text("coin"), *(amount(name) for name in ("ipoing", "ipoable", "storage")))


def set_aside(row: Row, _context: Context) -> Iterable[Record]:
    """What the spot wallet's other request leaves out of a coin: in a launch, or stored."""
    held = parts(row, launch="ipoing", ipoable="ipoable", stored="storage")
    if any(held.values()):
        yield Balance(
            subject=row.text("coin"),
            row={name: value for name, value in row.raw.items() if name != "networkList"},
            wallet="spot",
            asset=row.text("coin"),
            amount=total(value for part, value in held.items() if part != "ipoable"),
            held=held,
            tradable=False,
        )


def valuation(row: Row, _context: Context) -> Iterable[Record]:
    """Binance's estimate of a wallet that has a request of its own, in BTC."""
    name = row.text("walletName")
    if name in NAMES:
        yield Valuation(subject=name, row=row.raw, wallet=NAMES[name], amount=row.amount("balance"), unit="BTC")


def without_request(row: Row, _context: Context) -> Iterable[Record]:
    """What is in a wallet that has no request of its own: trading bots, copy trading, and any that nobody knows."""
    name = row.text("walletName")
    if name in NAMES:
        return
    inside = row.rows("assetBalances")
    for asset in inside:
        held = parts(asset, **_HELD)
        if any(held.values()):
            yield _hidden(row, name, f"{name}:{asset.text('asset')}", total(held.values()), asset.text("asset"))
    if row.amount("balance"):
        yield _hidden(row, name, name, row.amount("balance"), "BTC")


def _hidden(row: Row, name: str, subject: str, figure: Decimal, asset: str) -> Bot:
    return Bot(
        subject=subject,
        row=row.raw,
        kind=f"funds in the wallet, {name}",
        state=mark("held"),
        market=None,
        assets=(asset,),
        amount=figure,
        asset=asset,
        copies="Copy" in name,
    )
