"""A balance that is tied up.

Finds: balances of which a part is frozen, in orders, in bots, in copy trading, lent out, pending or being redeemed; and
what this audit saw elsewhere that ties that asset up.
Why it blocks: what is tied up can be neither sold nor withdrawn, and it remains a balance.
What to do: end what ties it up (cancel the order, stop the bot, repay the loan, wait for the withdrawal); it then
becomes available again. Where nothing seen explains it, the exchange's support can say.
Source: OKX API documentation, Get balance, frozenBal, ordFrozen, stgyEq (2026-06, read in a copy); OKX Help Center, How
do I close my account (2026, read in a copy).
"""

from collections.abc import Iterator

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, _, phrase
from auditor.model.records import Balance, Bot, Debt, Flow, Order, Part, Position
from auditor.model.report import Finding, Severity
from auditor.rules import Rule
from auditor.rules._wording import TIED_PARTS, balance_sentence, comma_list, names_asset, uses_asset


def _check(view: AccountView) -> Iterator[Finding]:
    for reading, record in view.records_of(Balance):
        if any(record.held.get(part) for part in TIED_PARTS):
            causes = comma_list(_causes(view, record))
            text = _("{said} Seen in this audit, and able to tie it up: {causes}.") if causes else _("{said} {none}")
            none = _("Nothing that this audit saw explains why it is tied up.")
            yield view.finding(
                RULE.id,
                reading,
                record,
                message=text.format(said=balance_sentence(reading, record), causes=causes, none=none),
                remedy=_remedy(explained=bool(causes)),
            )


def _remedy(*, explained: bool) -> Message:
    if explained:
        return _("End what ties it up first; it is then free to be sold or withdrawn.")
    return _(
        "Look for what holds it in the app (open orders, bots, earn, P2P, withdrawals in review); if nothing shows, "
        "ask the exchange's support."
    )


def _causes(view: AccountView, record: Balance) -> Iterator[Message]:
    if record.held.get(Part.LENT):
        yield _("automatic lending of this asset")
    yield from _flows(view, record)
    yield from _debts(view, record)
    if record.wallet != "funding":
        yield from _trading(view, record.owner, view.codes.coin(record.asset))


def _flows(view: AccountView, record: Balance) -> Iterator[Message]:
    for _reading, flow in view.records_of(Flow):
        if flow.owner == record.owner and flow.asset == record.asset and "deposit" not in flow.direction:
            yield _("{direction} under way").format(direction=phrase(flow.direction))


def _debts(view: AccountView, record: Balance) -> Iterator[Message]:
    for _reading, debt in view.records_of(Debt):
        if debt.holds and debt.owner == record.owner and debt.asset == record.asset:
            yield _("{kind} (loan or its collateral)").format(kind=phrase(debt.kind))


def _trading(view: AccountView, owner: str | None, coin: str) -> Iterator[Message]:
    """Yield orders, positions and bots: they tie up balances only in wallets that trade."""
    for _reading, order in view.records_of(Order):
        if order.owner == owner and names_asset(order.market, coin):
            yield _("open orders in {market}").format(market=order.market)
    for _reading, position in view.records_of(Position):
        if position.owner == owner and names_asset(position.market, coin):
            yield _("a position in {market}").format(market=position.market)
    for _reading, bot in view.records_of(Bot):
        if bot.acts and bot.owner == owner and uses_asset(bot, coin):
            kind = phrase(bot.kind)
            yield kind if bot.copies else _("bot: {kind}").format(kind=kind)


RULE = Rule(
    id="frozen-balance",
    title="A balance is tied up",
    severity=Severity.BLOCKER,
    refines=frozenset(
        {"balance-left", "dust-below-minimum", "held-in-product", "lot-residue", "no-market", "non-tradable-asset"}
    ),
    check=_check,
)
