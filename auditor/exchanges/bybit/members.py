"""Bybit: what the main account and every account under it are worth, as the list of all members tells it."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from auditor.exchanges.bybit.overview import MEMBER_WALLETS
from auditor.i18n import _
from auditor.model import amounts
from auditor.model.records import Balance, Part, Record
from auditor.model.reference_data import Valuation
from auditor.spec.fields import MalformedError, amount, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import object_row, rows_in

COMPLETE = "0"


def member_rows(data: object) -> list[object]:
    """Return the accounts under this main account. Raises MalformedError where Bybit says that some are missing."""
    (answer,) = object_row(data)
    members = rows_in("list")(answer)
    states = [answer, *members] if isinstance(answer, dict) else members
    parts = [part for one in members if isinstance(one, dict) for part in _list_of(one.get("items"))]
    if any(isinstance(one, dict) and str(one.get("stat", COMPLETE)) != COMPLETE for one in (*states, *parts)):
        raise MalformedError(_("Bybit says that this answer is not complete")).beside(members)
    if not members or not isinstance(answer, dict) or amounts.parse(answer.get("total")) is None:
        raise MalformedError(_("the main account itself is missing, or the worth of all")).beside(members)
    if _has_worth(answer, "total") and not any(_has_worth(one, "origb") for one in (*members, *parts)):
        raise MalformedError(_("no account of this answer explains its total")).beside(members)
    return members


def _has_worth(row: object, name: str) -> bool:
    return isinstance(row, dict) and bool(amounts.parse(row.get(name)))


def _list_of(value: object) -> list[object]:
    return value if isinstance(value, list) else []


@reads(text("uid"), amount("origb"), rows("items", amount("origb")))
def member(row: Row, context: Context) -> Iterable[Record]:
    """Read what an account is worth, in USD: only this list has the sub-accounts of bots and copy trading.

    The main account and those that are read by themselves are compared with it.
    """
    if row.raw.get("isM") is True:
        yield from _own(row)
        return
    uid, worth = row.text("uid"), row.amount("origb")
    owner = context.scope.known.get(uid)
    parts = [item.amount("origb") for item in row.rows("items")]
    yield _member(row, uid, worth, parts) if owner is None else _valuation(row, owner, worth)


# The wallets of the main account by their types here; of another type the rest of its name is the wallet's.
TYPE = "ACCOUNT_TYPE_"
OWN_WALLETS = {"FUND": "funding", "UNIFIED": "unified"}


def _own(row: Row) -> Iterator[Valuation]:
    """Yield the worth of each wallet of the main account, or of all where no wallet explains it."""
    parts = [item for item in row.rows("items") if item.amount("origb")]
    for item in parts:
        name = item.hint("type").removeprefix(TYPE)
        yield _worth(item, f"own:{name}", OWN_WALLETS.get(name, name), item.amount("origb"))
    if not parts and row.amount("origb"):
        yield _worth(row, "own", "total", row.amount("origb"))


def _worth(row: Row, subject: str, wallet: str, worth: Decimal) -> Valuation:
    return Valuation(subject=subject, row=row.raw, wallet=wallet, amount=worth, unit="USD", rough=True)


def _member(row: Row, uid: str, worth: Decimal, parts: Sequence[Decimal]) -> Balance:
    return Balance(
        subject=f"member:{uid}",
        row=row.raw,
        owner=uid,
        wallet="member",
        asset="USD",
        # A worth is no amount that could be withdrawn, so that it must not count as dust. It may be nothing together
        # where assets and debts are worth the same.
        amount=Decimal(0),
        held={Part.EQUITY: worth or max(parts, key=abs, default=Decimal(0))},
        tradable=False,
    )


def _valuation(row: Row, owner: str, worth: Decimal) -> Valuation:
    return Valuation(
        subject=f"member:{owner}",
        row=row.raw,
        owner=owner,
        wallet="funding",
        also=MEMBER_WALLETS,
        amount=worth,
        unit="USD",
        rough=True,
    )
