"""Coinbase: transactions of every wallet, and fiat deposits and withdrawals.

A wallet's own time does not move with its transactions, and an empty one may have a send under way: all are asked. A
send may be completed for Coinbase while the network has not confirmed it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from auditor.exchanges.coinbase.sources import APP, APP_DOC, V2
from auditor.exchanges.coinbase.wallets import BY_LAST_ID, asset_of, listed
from auditor.exchanges.coinbase.words import FLOW_STATES
from auditor.exchanges.shared.key_rights import moment
from auditor.exchanges.shared.plans import Readings, for_each, is_unread, records_in
from auditor.i18n import mark
from auditor.model.records import Area, Balance, Flow, Record
from auditor.spec.blanks import AccountSetup, Raw
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import amount, inner, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.surface import RequestPlan, Surface
from auditor.transport.paths import is_plain

FINAL = frozenset({"completed", "canceled", "cancelled", "expired", "failed"})
ON_ITS_WAY = frozenset({"pending", "unconfirmed"})
ARRIVED = frozenset({"", "confirmed", "off_blockchain"})
RECENT = timedelta(days=30)
UNKNOWN_STATE = mark("in a state that Coinbase's documentation does not name")
# Kinds of wallets that hold coins: no money is paid into them or out of them.
OF_COINS = frozenset({"wallet", "vault"})
STUCK = frozenset({"waiting_for_signature"})
DIRECTIONS = {
    "send": mark("withdrawal"),
    "receive": mark("deposit"),
    "fiat_deposit": mark("deposit"),
    "fiat_withdrawal": mark("withdrawal"),
    "vault_withdrawal": mark("withdrawal from a vault"),
    "request": mark("request for money"),
    "buy": mark("purchase"),
    "sell": mark("sale"),
    "trade": mark("conversion"),
    "transfer": mark("transfer"),
    "staking_transfer": mark("transfer into staking"),
    "unstaking_transfer": mark("transfer out of staking"),
}


def is_over(row: Raw, _setup: AccountSetup) -> bool:
    """Return whether a row is of what is over, so that an amount that it lacks says nothing."""
    return row.get("status") in FINAL


AMOUNT = replace(inner("amount", amount("amount")), proved_blank=is_over)


@reads(text("id"), text("status"), AMOUNT)
def transaction(row: Row, context: Context) -> Iterable[Record]:
    """Read a transaction that is not over: by its state, or by the network's where it is recent."""
    state, network = row.text("status"), _network_state(row)
    is_recent = (started := moment(row.hint("created_at"))) is None or started > context.now - RECENT
    if state in FINAL and not (state == "completed" and network not in ARRIVED and is_recent):
        return
    shown = network if state in FINAL else state
    yield Flow(
        subject=row.text("id"),
        row=row.raw,
        direction=DIRECTIONS.get(row.hint("type"), mark("movement")),
        asset=asset_of(row, "amount"),
        amount=_size(row),
        state=shown,
        reason=_network_reason(network) if state in FINAL else _reason(row, state),
        stuck=state in STUCK or row.hint("type") == "request",
        known=network in ON_ITS_WAY if state in FINAL else state in FLOW_STATES,
        started_at=started,
        ready_at=None,
    )


def _size(row: Row) -> Decimal | None:
    """Return the amount without its sign, which repeats the direction."""
    money = row.inner_or_none("amount")
    figure = None if money is None else money.amount_or_none("amount")
    return None if figure is None else abs(figure)


def _network_state(row: Row) -> str:
    network = row.raw.get("network")
    state = network.get("status") if isinstance(network, dict) else network
    return "" if state is None else str(state).lower()


def _network_reason(network: str) -> str:
    return mark("not confirmed by the network yet") if network in ON_ITS_WAY else UNKNOWN_STATE


def _reason(row: Row, state: str) -> str:
    if row.hint("type") == "request" and state == "pending":
        return mark("a request for money that nobody has answered; cancel it")
    return FLOW_STATES.get(state, UNKNOWN_STATE)


def fiat_flow(direction: str) -> Reader:
    """Read a deposit or withdrawal of fiat money: one that was never committed never started."""

    @reads(text("id"), text("status"), AMOUNT)
    def read(row: Row, context: Context) -> Iterable[Record]:
        state, payout = row.text("status"), moment(row.hint("payout_at"))
        # A time that is not understood may be one to come.
        is_later = bool(row.raw.get("payout_at")) and (payout is None or payout > context.now)
        is_to_come = is_later and state == "completed"
        never_began = state == "created" and row.raw.get("committed") is False
        if never_began or (state in FINAL and not is_to_come):
            return
        yield Flow(
            subject=row.text("id"),
            row=row.raw,
            direction=direction,
            asset=asset_of(row, "amount"),
            amount=_size(row),
            state=state,
            reason=mark("not paid out yet") if is_to_come else FLOW_STATES.get(state, UNKNOWN_STATE),
            stuck=False,
            known=is_to_come or state in FLOW_STATES,
            started_at=moment(row.hint("created_at")),
            ready_at=payout,
        )

    return read


def _wallet(record: Record) -> Sequence[Scope]:
    number = record.row.get("id")
    is_wallet = isinstance(record, Balance) and isinstance(number, str) and is_plain(number)
    return [Scope(params={"account_id": str(number)})] if is_wallet else []


def _fiat_wallet(record: Record) -> Sequence[Scope]:
    """Plan a request for each wallet of fiat money, and for each whose kind is missing or unknown."""
    currency = record.row.get("currency")
    is_fiat = isinstance(currency, dict) and str(currency.get("type")).lower() == "fiat"
    return _wallet(record) if is_fiat or record.row.get("type") not in OF_COINS else []


def _flows(name: str, title: str, reader: Reader, page: str, plan: RequestPlan) -> Surface:
    return Surface(
        id=name,
        area=Area.FLOWS,
        title=title,
        endpoint=Endpoint(
            path=f"accounts/{{account_id}}/{name.removeprefix('fiat-')}",
            site=V2,
            limit=APP,
            pagination=BY_LAST_ID,
            rows=listed("data"),
            source=f"{APP_DOC}, {page}",
        ),
        reader=reader,
        plan=plan,
        right="View",
        of_user=True,
    )


def _in(scopes: Callable[[Record], Sequence[Scope]]) -> RequestPlan:
    """Plan requests for the wallets; no wallet at all, where the portfolio has accounts, is not the list of them."""

    def plan(readings: Readings) -> Sequence[Scope] | None:
        wallets = {"wallets": readings.get("wallets", ())}
        is_lost = not any(records_in(wallets)) and (is_unread(readings) or any(records_in(readings, "accounts")))
        return None if is_lost else for_each(scopes)(wallets)

    return RequestPlan(after=("wallets", "accounts"), scopes=plan)


IN_EACH_WALLET, IN_FIAT_WALLETS = _in(_wallet), _in(_fiat_wallet)
FLOWS = (
    _flows("transactions", "Transactions of every wallet", transaction, "Transactions", IN_EACH_WALLET),
    _flows("fiat-deposits", "Fiat deposits", fiat_flow(mark("deposit")), "Deposit Fiat", IN_FIAT_WALLETS),
    _flows("fiat-withdrawals", "Fiat withdrawals", fiat_flow(mark("withdrawal")), "Withdraw Fiat", IN_FIAT_WALLETS),
)
