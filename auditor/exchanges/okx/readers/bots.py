"""OKX: how to read a row of a bot, a plan or copy trading."""

from collections.abc import Iterable

from auditor.i18n import mark
from auditor.model.records import Bot, Record
from auditor.spec.fields import Row
from auditor.spec.surface import Context, Reader


def bot(kind: str, invested: str) -> Reader:
    """A trading bot that is listed as not finished."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        market, state = row.hint("instId"), row.text("state")
        assets = tuple(market.split("-")[:2]) if market else ()
        yield Bot(
            subject=row.text("algoId"),
            row=row.raw,
            kind=kind,
            state=state,
            market=market or None,
            assets=(*assets, *filter(None, (row.hint("investmentCcy"),))),
            amount=row.hint_amount(invested),
            asset=row.hint("investmentCcy") or (assets[1] if len(assets) > 1 else None),
            stopped=state in {"no_close_position", "stopped"},
        )

    return read


def recurring(row: Row, _context: Context) -> Iterable[Record]:
    """A recurring buy: it buys again after the account was emptied."""
    asset = row.hint("investmentCcy") or None
    plan = row.raw.get("recurringList")
    bought = tuple(str(item.get("ccy")) for item in plan if isinstance(item, dict)) if isinstance(plan, list) else ()
    yield Bot(
        subject=row.text("algoId"),
        row=row.raw,
        kind=mark("recurring buy"),
        state=row.text("state"),
        market=None,
        assets=(*bought, *filter(None, (asset,))),
        amount=row.hint_amount("amt"),
        asset=asset,
        repeats=True,
    )


def signal(row: Row, _context: Context) -> Iterable[Record]:
    """A signal bot with its own balance."""
    markets = row.raw.get("instIds")
    names = tuple(map(str, markets)) if isinstance(markets, list) else ()
    yield Bot(
        subject=row.text("algoId"),
        row=row.raw,
        kind=mark("signal bot"),
        state=row.text("state"),
        market=", ".join(names) or None,
        assets=tuple({part for name in names for part in name.split("-")[:2]}),
        amount=row.hint_amount("totalEq"),
        asset=None,
        stopped=row.text("state") == "stopped",
    )


def copied_position(row: Row, _context: Context) -> Iterable[Record]:
    """An open lead or copy position."""
    yield Bot(
        subject=row.text("subPosId"),
        row=row.raw,
        kind=mark("copy trading position"),
        state=mark("open"),
        market=row.hint("instId") or None,
        assets=tuple(row.hint("instId").split("-")[:2]),
        amount=row.hint_amount("subPos"),
        asset=None,
        copies=True,
    )


def lead_trader(row: Row, _context: Context) -> Iterable[Record]:
    """A lead trader whom this account copies: copying goes on after the account was emptied."""
    yield Bot(
        subject=row.text("uniqueCode"),
        row=row.raw,
        kind=mark("copying a lead trader"),
        state=mark("copying"),
        market=None,
        assets=tuple(filter(None, (row.hint("ccy"),))),
        amount=row.hint_amount("copyTotalAmt"),
        asset=row.hint("ccy") or None,
        repeats=True,
        copies=True,
    )


def copy_role(row: Row, _context: Context) -> Iterable[Record]:
    """The account's role in copy trading, for each kind of market: 0 none, 1 lead trader, 2 copy trader."""
    role = row.text("roleType")
    if role == "0":
        return
    known = {"1": mark("lead trader"), "2": mark("copy trader")}
    yield Bot(
        subject=row.text("instType"),
        row=row.raw,
        kind=known.get(role, f"copy trading role {role}"),
        state=mark("role"),
        market=None,
        assets=(),
        amount=None,
        asset=None,
        copies=True,
        acts=role not in known,
    )


def profit_share(row: Row, _context: Context) -> Iterable[Record]:
    """Profit share that a lead trader has not been paid yet."""
    unpaid = row.amount("totalUnrealizedProfitSharingAmt")
    if unpaid:
        yield Bot(
            subject="profit-share",
            row=row.raw,
            kind=mark("unpaid profit share"),
            state=mark("unpaid"),
            market=None,
            assets=(),
            amount=unpaid,
            asset="USDT",
            copies=True,
        )
