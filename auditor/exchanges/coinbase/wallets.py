"""Coinbase: the accounts of the key's portfolio, and all wallets of the user.

The list of accounts leaves out staked funds: a wallet with staked ETH shows 0 there. Both lists name the same wallets,
by the same id, so that a balance counts once.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from auditor.exchanges.coinbase.envelope import AFTER, MORE, NEXT
from auditor.exchanges.coinbase.sources import APP, APP_DOC, DOC, PRIVATE, V2, V3
from auditor.i18n import _, mark
from auditor.model.amounts import ZERO, total
from auditor.model.records import Area, Balance, Part, Record
from auditor.spec.endpoint import Endpoint, RowSelector, Token
from auditor.spec.fields import MalformedError, amount, inner, text
from auditor.spec.parsed_row import UNKNOWN_TEXT, Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import rows_in
from auditor.spec.surface import Surface
from auditor.transport.paths import is_plain

PORTFOLIO, VAULT = mark("portfolio"), mark("vault")
BY_CURSOR = Token(parameter="cursor", next="cursor", more="has_next", size=250)
BY_LAST_ID = Token(parameter=AFTER, next=NEXT, more=MORE, size=100)


def listed(name: str) -> RowSelector:
    """Select the rows in list ``name``. Raises MalformedError where Coinbase withholds them (European Union)."""

    def select(data: object) -> list[object]:
        found = rows_in(name)(data)
        if isinstance(data, dict) and data.get("proof_token_required") not in {False, None}:
            raise MalformedError(_("the list is withheld until you prove who you are in the app")).beside(found)
        return found

    return select


def wallet_of(kind: object) -> str:
    """Return the wallet of an account by its kind, in either spelling: what is in a vault must be taken out first."""
    return VAULT if str(kind).upper().endswith("VAULT") else PORTFOLIO


def asset_of(row: Row, *names: str) -> str:
    """Return the asset of a row: its own, or that of an amount in one of these fields.

    The older API writes it as a text or, in later versions, as an object with a code.
    """
    own = row.raw.get("currency")
    objects = (own, *(row.raw.get(name) for name in names))
    inside = (one.get(key) for one in objects if isinstance(one, dict) for key in ("code", "currency"))
    return next((word for word in (own, *inside) if isinstance(word, str) and word.strip()), UNKNOWN_TEXT)


def check_asset(asset: str) -> None:
    """Raise MalformedError where nothing names the asset; its amount was reported before."""
    if asset == UNKNOWN_TEXT:
        raise MalformedError(_("{name} is missing").format(name="currency"))


def figures_in(row: Row, fields: Mapping[str, tuple[str, str]]) -> dict[str, Decimal]:
    """Return the figures in objects of a row, by part; without those that were not understood."""
    values = {part: row.inner(name).amount_or_none(key) for part, (name, key) in fields.items()}
    return {part: value for part, value in values.items() if value is not None}


@reads(text("uuid"), inner("available_balance", amount("value")), inner("hold", amount("value")))
def account(row: Row, _context: Context) -> Iterable[Record]:
    """Read an account of the portfolio, active and ready or not. ``hold``: open orders and sends under way."""
    asset = asset_of(row, "available_balance", "hold")
    held = figures_in(row, {Part.AVAILABLE: ("available_balance", "value"), Part.FROZEN: ("hold", "value")})
    yield Balance(
        subject=f"{asset}:{row.text('uuid')}",
        row=row.raw,
        wallet=wallet_of(row.raw.get("type")),
        asset=asset,
        amount=total(held.values()),
        held=held,
    )
    check_asset(asset)


ACCOUNTS = Surface(
    id="accounts",
    area=Area.BALANCES,
    title="Portfolio account",
    endpoint=Endpoint(
        path="brokerage/accounts",
        site=V3,
        limit=PRIVATE,
        pagination=BY_CURSOR,
        rows=listed("accounts"),
        source=f"{DOC}, List Accounts",
    ),
    reader=account,
    right="View",
)


@reads(text("id"), inner("balance", amount("amount")))
def wallet(row: Row, _context: Context) -> Iterable[Record]:
    """Read a wallet, a vault or a fiat wallet; staked coins have wallets of their own, which may be missing here."""
    asset, number = asset_of(row, "balance"), row.text("id")
    figure = row.inner("balance").amount_or_none("amount")
    yield Balance(
        subject=f"{asset}:{number}",
        row=row.raw,
        wallet=wallet_of(row.raw.get("type")),
        asset=asset,
        amount=figure or ZERO,
        held={},
    )
    check_asset(asset)
    if not is_plain(number):
        # Its transactions cannot be asked for.
        raise MalformedError(_("{name} is not {kind}").format(name="id", kind=_("a text")))


WALLETS_AND_VAULTS = Surface(
    id="wallets",
    area=Area.BALANCES,
    title="Wallet or vault",
    endpoint=Endpoint(
        path="accounts",
        site=V2,
        limit=APP,
        pagination=BY_LAST_ID,
        rows=listed("data"),
        source=f"{APP_DOC}, Accounts",
    ),
    reader=wallet,
    right="View",
    of_user=True,
)

WALLETS = (ACCOUNTS, WALLETS_AND_VAULTS)
