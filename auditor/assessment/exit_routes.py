"""Ways out for an amount that cannot be sold: converted, withdrawn, moved, waited for, or taken up with support."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from auditor.assessment.account_view import View
from auditor.assessment.sellability import Markets, Way, sellable
from auditor.i18n import Message, _
from auditor.model.amounts import ZERO, plain, total
from auditor.model.records import Balance
from auditor.model.reference_data import Convertible, Market, Network
from auditor.model.report import Route
from auditor.model.snapshot import Read

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Exit:
    """The first way out that works, and how, as a clause."""

    route: Route
    reason: Message


class Exits:
    """What one account offers besides its markets."""

    def __init__(self, view: View) -> None:
        """Gather markets, networks, conversion lists and the account's other wallets."""
        self.markets = Markets((market for _r, market in view.each(Market)), view.prices)
        self._networks = _grouped((network.asset, network) for _r, network in view.each(Network))
        self._convertible = {(c.owner, c.wallet, c.asset) for _r, c in view.each(Convertible)}
        self._lists = {(owner, f"convertible-{wallet}") for owner, wallet, _asset in self._convertible}
        self._lists |= {(r.owner, r.surface) for r in view.account.readings if isinstance(r.result, Read)}
        self._balances = _grouped(
            ((b.owner, b.asset), b) for _r, b in view.each(Balance) if b.tradable and b.amount > ZERO
        )

    def convertible(self, balance: Balance) -> bool | None:
        """Whether the wallet's conversion list names the asset; None where that list was not read."""
        if (balance.owner, balance.wallet, balance.asset) in self._convertible:
            return True
        return False if (balance.owner, f"convertible-{balance.wallet}") in self._lists else None

    def network(self, asset: str) -> Network | None:
        """Choose the open network that asks for the least, else none."""
        usable = [(need, n.chain, n) for n in self._of(asset) if (need := _need(n)) is not None]
        return min(usable, key=lambda entry: entry[:2])[2] if usable else None

    def first(self, balance: Balance) -> Exit:
        """Give the first way out for ``balance`` as it stands, support at the last."""
        return next(self._works(balance))

    def _works(self, balance: Balance) -> Iterator[Exit]:
        if balance.owner is not None:
            yield Exit(Route.TRANSFER, _("move it to the main account and clear it from there"))
        yield from self._merged(balance)
        yield from self._converted(balance)
        yield from self._withdrawn(balance)
        yield from self._sent(balance)
        yield from self._later(balance)
        yield Exit(Route.SUPPORT, self._nothing_found(balance))

    def _merged(self, balance: Balance) -> Iterator[Exit]:
        """Two wallets of one account that together can be sold where one of them cannot."""
        mine = self._balances.get((balance.owner, balance.asset), ())
        others = [other for other in mine if other.wallet != balance.wallet]
        if not balance.tradable or not others:
            return
        together = total(b.amount for b in (balance, *others))
        if self._sells(balance.asset, together) and not self._sells(balance.asset, balance.amount):
            text = _("move the {asset} of your wallets ({wallets}) into one, for the sum, {sum} {asset}, can be sold")
            wallets = ", ".join((balance.wallet, *(b.wallet for b in others)))
            yield Exit(Route.TRANSFER, text.format(asset=balance.asset, wallets=wallets, sum=plain(together)))

    def _sells(self, asset: str, amount: Decimal) -> bool:
        return sellable(self.markets.ways(asset, amount)) is True

    def _converted(self, balance: Balance) -> Iterator[Exit]:
        if self.convertible(balance):
            text = _("convert it, for {asset} is on the exchange's list of small balances that it converts")
            yield Exit(Route.CONVERT, text.format(asset=balance.asset))

    def _withdrawn(self, balance: Balance) -> Iterator[Exit]:
        network = self.network(balance.asset)
        if network is None or network.fee is None or (need := _need(network)) is None or balance.amount < need:
            return
        text = _("withdraw it over {chain} (minimum {minimum} {asset}, fee {fee} {fee_asset})")
        yield Exit(
            Route.WITHDRAW,
            text.format(
                chain=network.chain,
                minimum=plain(network.min_withdrawal or ZERO),
                asset=balance.asset,
                fee=plain(network.fee),
                fee_asset=network.fee_asset,
            ),
        )

    def _sent(self, balance: Balance) -> Iterator[Exit]:
        mine = [n for n in self._of(balance.asset) if n.can_send]
        minimums = [network.min_send for network in mine if network.min_send is not None]
        if minimums and balance.amount >= min(minimums):
            text = _(
                "send it to another user of the exchange (minimum {minimum} {asset}), for it cannot be withdrawn now"
            )
            yield Exit(Route.TRANSFER, text.format(minimum=plain(min(minimums)), asset=balance.asset))

    def _later(self, balance: Balance) -> Iterator[Exit]:
        for way in self._closed(balance):
            yield Exit(Route.WAIT, _("wait for {market}, which is not open for trading now").format(market=way.name))
        for network in self._reopening(balance):
            text = _("wait for withdrawals over {chain}, which the exchange expects to open on {moment} UTC")
            moment = network.reopens_at and network.reopens_at.strftime("%Y-%m-%d %H:%M")
            yield Exit(Route.WAIT, text.format(chain=network.chain, moment=moment))

    def _closed(self, balance: Balance) -> Iterable[Way]:
        """Yield markets that may take the balance once they open, where none is open."""
        if not balance.tradable or self.markets.ways(balance.asset, balance.amount):
            return ()
        closed = self.markets.ways(balance.asset, balance.amount, live=False)
        return (way for way in closed if way.sellable is not False)

    def _reopening(self, balance: Balance) -> Iterable[Network]:
        """Yield closed networks with a date that would take this amount."""
        for network in self._of(balance.asset):
            closed = not network.can_withdraw and network.reopens_at is not None
            if closed and ((need := _asked(network)) is None or balance.amount >= need):
                yield network

    def _nothing_found(self, balance: Balance) -> Message:
        """Say that nothing was found, and what was not looked at for it."""
        gaps = []
        if not self._networks or any(_asked(n) is None for n in self._of(balance.asset)):
            gaps.append(_("withdrawal minimums"))
        if self.convertible(balance) is None:
            gaps.append(_("the list of small balances to convert"))
        if not gaps:
            return _("ask the exchange's support, for no way out was found")
        text = _("ask the exchange's support, but audit again before: {gaps} could not be read")
        return text.format(gaps=_(" and ").join(gaps))

    def _of(self, asset: str) -> Sequence[Network]:
        return self._networks.get(asset, ())


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, Sequence[V]]:
    """Group values by their key: an account of thousands of balances asks for them thousands of times."""
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _asked(network: Network) -> Decimal | None:
    """Give what must be there for a withdrawal: the minimum, and the fee where it is taken from the same asset."""
    if network.min_withdrawal is None or network.fee is None:
        return None
    fee = network.fee if network.fee_asset == network.asset else ZERO
    return total((network.min_withdrawal, fee))


def _need(network: Network) -> Decimal | None:
    return _asked(network) if network.can_withdraw else None
