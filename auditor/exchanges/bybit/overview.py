"""Bybit: the overview of all accounts and products.

It is a cross-check of what has its own request, and the only evidence of trading bots, copy trading, Launchpool,
TradFi, Pay Later and staked SOL as margin. It is a snapshot that may lag behind. Regional sites do not have it: there
nothing proves that no bot holds anything.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from auditor.exchanges.bybit.sources import LIST, documented
from auditor.i18n import mark
from auditor.model.records import Area, Balance, Bot, Earning, Part, Record
from auditor.model.reference_data import Valuation
from auditor.spec.endpoint import Limit
from auditor.spec.fields import amount, optional_rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import Surface, Total

UNIT = "USD"
# On-chain tokens of Alpha: the account, and the category of its tokens.
ALPHA, TRADED = "Alpha", "trade"
# Accounts with requests of their own: Bybit's name, this program's name of the wallet.
OWN_REQUESTS = {
    "FundingAccount": "funding",
    "UnifiedTradingAccount": "unified",
    "Earn": "earn",
    "CryptoLoans": "loans",
    "CryptoLoans_legacy": "loans",
}
# The wallets of a sub-account that are read one by one.
MEMBER_WALLETS = (*dict.fromkeys(OWN_REQUESTS.values()), "TradingBot", "CopyTrading", "Launchpool", "Alpha")
# Those whose value has open profit, or debts, in it.
ROUGH = frozenset({"unified", "loans"})


@dataclass(frozen=True, slots=True)
class OverviewProduct:
    """A product of which only this overview shows the money: its name, and how to end it."""

    name: str
    ending: str = ""
    copies: bool = False


_EMPTY_IT = mark("Open it in the app and empty it.")
_REPAY = mark("Repay it in the app.")
KINDS = {
    "TradingBot": OverviewProduct(mark("trading bots")),
    "CopyTrading": OverviewProduct(mark("copy trading"), copies=True),
    "Launchpool": OverviewProduct("Launchpool", mark("Redeem it under Launchpool in the app.")),
    "TradFi": OverviewProduct("TradFi", mark("Close its positions in TradFi and transfer the money back.")),
    "PayLater": OverviewProduct("Pay Later", _REPAY),
    # The page's own example spells it so.
    "BybitPayLater": OverviewProduct("Pay Later", _REPAY),
    "MarginStakedSOL": OverviewProduct(mark("staked SOL as margin"), mark("Unstake it in the app.")),
    "Alpha": OverviewProduct("Alpha", mark("Redeem it under Alpha in the app.")),
}
COINS = optional_rows("coinDetail", text("coin"), amount("equity"))
FIELDS = (
    text("accountType"),
    amount("totalEquity"),
    COINS,
    optional_rows("categories", text("category"), amount("equity"), COINS),
)


@dataclass(frozen=True, slots=True)
class OverviewAmount:
    """An amount that an account of the overview holds. ``category``: "" where the account has none, with its pool."""

    category: str
    asset: str
    amount: Decimal


def shares(row: Row) -> Iterator[OverviewAmount]:
    """Yield every amount that an account shows; the value of a category that names no coin."""
    yield from _coins(row, "")
    for category in row.rows("categories"):
        name = category.text("category")
        coins = tuple(_coins(category, name))
        yield from coins
        if category.amount("equity") and not coins:
            yield OverviewAmount(name, UNIT, category.amount("equity"))


def _coins(row: Row, category: str) -> Iterator[OverviewAmount]:
    for coin in row.rows("coinDetail"):
        if coin.amount("equity"):
            unit = _unit_of_pool(coin.raw.get("extMap"))
            named = (category, coin.text("coin")) if unit is None else (f"{category} {coin.text('coin')}".strip(), unit)
            yield OverviewAmount(*named, coin.amount("equity"))


def _unit_of_pool(more: object) -> str | None:
    """Return the unit of a pool's equity: its coin is named after both of its tokens ("SOL-USDC")."""
    unit = more.get("equityUnit") if isinstance(more, dict) else None
    return unit if isinstance(unit, str) and unit else None


@reads(*FIELDS)
def account_of_overview(row: Row, _context: Context) -> Iterable[Record]:
    """Read an account: its value where it has requests of its own, else what it holds."""
    name = row.text("accountType")
    wallet = OWN_REQUESTS.get(name)
    if wallet is None:
        yield from _without_request(row, name)
        return
    yield _valuation(row, name, wallet)


def _valuation(row: Row, name: str, wallet: str, owner: str | None = None) -> Valuation:
    return Valuation(
        subject=name,
        row=row.raw,
        owner=owner,
        wallet=wallet,
        amount=row.amount("totalEquity") or _largest(row),
        unit=UNIT,
        rough=wallet in ROUGH or owner is not None or not row.amount("totalEquity"),
    )


def _largest(row: Row) -> Decimal:
    """Return an amount of an account whose value is zero: assets and debts may be worth the same."""
    return max((share.amount for share in shares(row)), key=abs, default=Decimal(0))


def _without_request(row: Row, name: str) -> Iterator[Record]:
    kind = KINDS.get(name, OverviewProduct(name, _EMPTY_IT))
    held = tuple(shares(row))
    for share in held:
        subject = f"{name}:{share.category}:{share.asset}"
        is_token = name == ALPHA and share.category == TRADED
        yield _token(row, subject, share) if is_token else _funds(row, kind, subject, share)
    if row.amount("totalEquity") and not held:
        yield _funds(row, kind, name, OverviewAmount("", UNIT, row.amount("totalEquity")))


def _token(row: Row, subject: str, share: OverviewAmount) -> Earning:
    """Return an on-chain token of Alpha, which its own list shows too."""
    return Earning(
        subject=subject,
        row=row.raw,
        product=ALPHA,
        asset=share.asset,
        amount=share.amount,
        held={},
        state=mark("held"),
        redeeming=False,
        ready_at=None,
        same_as=(("alpha-tokens",),),
    )


def _funds(row: Row, kind: OverviewProduct, subject: str, share: OverviewAmount) -> Bot:
    return Bot(
        subject=subject,
        row=row.raw,
        kind=kind.name,
        state="",
        # "Copy Trading Classic" of copy trading: its kind is named already.
        market=share.category.removeprefix("Copy Trading ") or None,
        assets=(share.asset,),
        amount=share.amount,
        asset=share.asset,
        copies=kind.copies,
        total=True,
        ending=kind.ending,
    )


def unexplained_total(data: object) -> list[object]:
    """Return the answer itself, for its total, where no account in it is worth anything."""
    listed = (Row(row, FIELDS, doubts=[]) for row in LIST(data) if isinstance(row, dict))
    explained = any(row.amount("totalEquity") or any(shares(row)) for row in listed)
    return [] if explained else object_row(data)


@reads(amount("totalEquity"))
def total_of_overview(row: Row, _context: Context) -> Iterable[Record]:
    """Read the worth of all accounts together."""
    worth = row.amount("totalEquity")
    if worth:
        yield Valuation(
            subject="total",
            row={"totalEquity": row.raw["totalEquity"]},
            wallet="total",
            amount=worth,
            unit=UNIT,
        )


OVERVIEW_PATH, PAGE = "v5/asset/asset-overview", "Asset, Balance, Asset Overview"
OVERVIEW = Surface(
    id="overview",
    area=Area.BALANCES,
    title="Overview of all accounts and products",
    endpoint=documented(OVERVIEW_PATH, PAGE, Limit(50, 1)),
    reader=account_of_overview,
    total=Total(rows=unexplained_total, reader=total_of_overview),
)


@reads(*FIELDS)
def member_overview(row: Row, context: Context) -> Iterable[Record]:
    """Read what an account of a sub-account holds; its funding account, which has a request of its own, is compared."""
    name = row.text("accountType")
    if OWN_REQUESTS.get(name) == "funding":
        yield _valuation(row, name, "funding", context.scope.owner)
        return
    held = tuple(shares(row))
    for share in held:
        yield _member_balance(row, context, name, share)
    if row.amount("totalEquity") and not held:
        yield _member_balance(row, context, name, OverviewAmount("", UNIT, row.amount("totalEquity")))


def _member_balance(row: Row, context: Context, name: str, share: OverviewAmount) -> Balance:
    return Balance(
        subject=":".join(filter(None, (name, share.category, share.asset))),
        row=row.raw,
        owner=context.scope.owner,
        wallet=OWN_REQUESTS.get(name, name),
        asset=share.asset,
        amount=share.amount,
        held={Part.EQUITY: share.amount},
        tradable=OWN_REQUESTS.get(name) == "unified",
    )
