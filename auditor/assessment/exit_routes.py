"""Exit routes for amounts that cannot be sold: convert, withdraw, move, wait, ask support."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from auditor.assessment.account_view import AccountView
from auditor.assessment.money import is_money
from auditor.assessment.sellability import Markets, SaleOption, sellable
from auditor.i18n import Message, Text, _
from auditor.model.amounts import ZERO, plain, total
from auditor.model.records import Balance
from auditor.model.reference_data import Convertible, Market, Network
from auditor.model.report import Route
from auditor.model.snapshot import Read
from auditor.settings.exchange_facts import config_if_written

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ExitRoute:
    """One exit route, with a clause that says how to take it."""

    route: Route
    reason: Message


class ExitRoutes:
    """The exit routes that one account offers besides its live markets."""

    def __init__(self, view: AccountView) -> None:
        """Index markets, networks, conversion lists and the balances of the account's wallets."""
        self.coin = view.codes.coin
        facts = config_if_written(view.account.exchange)
        self._exchange: Text = facts.name if facts else _("the exchange")
        self._converting = facts.app.where.get("convert", "") if facts and facts.app else ""
        name = view.codes.table.name
        markets = (_by_usual_names(market, name) for _r, market in view.records_of(Market))
        self.markets = Markets(markets, view.prices)
        self._networks = _group((name(network.asset), network) for _r, network in view.records_of(Network))
        self._convertible = {(c.owner, c.wallet, name(c.asset)) for _r, c in view.records_of(Convertible)}
        self._lists = {(owner, f"convertible-{wallet}") for owner, wallet, _asset in self._convertible}
        self._lists |= {(r.owner, r.surface) for r in view.account.readings if isinstance(r.result, Read)}
        self._places = {(reading.owner, reading.surface) for reading in view.account.readings}
        self._balances = _group(
            ((b.owner, self.coin(b.asset)), b) for _r, b in view.records_of(Balance) if b.tradable and b.amount > ZERO
        )

    def convertible(self, balance: Balance) -> bool | None:
        """Return whether the wallet's conversion list has the asset; None if it was not read, or there is none."""
        if (balance.owner, balance.wallet, self.coin(balance.asset)) in self._convertible:
            return True
        return False if _list_of(balance) in self._lists else None

    def network(self, asset: str) -> Network | None:
        """Return the open network that needs the smallest balance; None if none is open."""
        usable = [(need, n.chain, n) for n in self._networks_of(asset) if (need := _needed_now(n)) is not None]
        return min(usable, key=lambda entry: entry[:2])[2] if usable else None

    def first(self, balance: Balance) -> ExitRoute:
        """Return the first exit route that works for the whole ``balance``; support comes last."""
        return next(self._routes(balance))

    def _routes(self, balance: Balance) -> Iterator[ExitRoute]:
        if balance.owner is not None:
            yield ExitRoute(Route.TRANSFER, _("transfer it to the main account and clear it there"))
        yield from self._merge_wallets(balance)
        yield from self._convert(balance)
        yield from self._withdraw(balance)
        yield from self._send(balance)
        yield from self._wait(balance)
        yield ExitRoute(Route.SUPPORT, self._ask_support(balance))

    def _merge_wallets(self, balance: Balance) -> Iterator[ExitRoute]:
        """Yield a transfer if the balances of several wallets, or codes, can be sold only together."""
        coin = self.coin(balance.asset)
        here = (balance.wallet, balance.asset)
        others = [b for b in self._balances.get((balance.owner, coin), ()) if _lies_apart(b, here)]
        if not balance.tradable or not others:
            return
        combined = total(b.amount for b in (balance, *others))
        if self._sells(coin, combined) and not self._sells(coin, balance.amount):
            text = _("transfer the {asset} of your wallets ({wallets}) into one: {sum} {asset} together can be sold")
            wallets = _(", ").join(_place(b, coin) for b in (balance, *others))
            yield ExitRoute(Route.TRANSFER, text.format(asset=coin, wallets=wallets, sum=plain(combined)))

    def _sells(self, asset: str, amount: Decimal) -> bool:
        return sellable(self.markets.ways(asset, amount)) is True

    def _convert(self, balance: Balance) -> Iterator[ExitRoute]:
        if self.convertible(balance):
            text = _("convert it: {exchange} accepts it among small balances")
            yield ExitRoute(Route.CONVERT, text.format(exchange=self._exchange))

    def _withdraw(self, balance: Balance) -> Iterator[ExitRoute]:
        coin = self.coin(balance.asset)
        network = self.network(coin)
        if network is None or network.fee is None or (need := _needed_now(network)) is None or balance.amount < need:
            return
        text = _("withdraw it over {chain} (at least {minimum} {asset}, fee {fee} {fee_asset})")
        yield ExitRoute(
            Route.WITHDRAW,
            text.format(
                chain=network.chain,
                minimum=plain(network.min_withdrawal or ZERO),
                asset=coin,
                fee=plain(network.fee),
                fee_asset=network.fee_asset,
            ),
        )

    def _send(self, balance: Balance) -> Iterator[ExitRoute]:
        networks = [n for n in self._networks_of(self.coin(balance.asset)) if n.can_send]
        minimums = [network.min_send for network in networks if network.min_send is not None]
        if minimums and balance.amount >= min(minimums):
            text = self._sending(networks)
            values = {"minimum": plain(min(minimums)), "asset": self.coin(balance.asset), "exchange": self._exchange}
            yield ExitRoute(Route.TRANSFER, text.format(**values))

    def _sending(self, networks: Sequence[Network]) -> Message:
        """Return why it is sent rather than withdrawn, and to whom."""
        if any(network.can_withdraw for network in networks):
            return _(
                "it is too small to withdraw, but you can send it to another {exchange} user (at least {minimum} "
                "{asset})"
            )
        return _("withdrawals are closed, but you can send it to another {exchange} user (at least {minimum} {asset})")

    def _wait(self, balance: Balance) -> Iterator[ExitRoute]:
        for way in self._closed_markets(balance):
            yield ExitRoute(Route.WAIT, _("wait until {market} opens for trading").format(market=way.name))
        for network in self._reopening_networks(balance):
            text = _("wait until withdrawals over {chain} open again, expected {moment}")
            yield ExitRoute(Route.WAIT, text.format(chain=network.chain, moment=network.reopens_at))

    def _closed_markets(self, balance: Balance) -> Iterable[SaleOption]:
        """Return closed markets that may accept the balance; none if any market is open."""
        coin = self.coin(balance.asset)
        if not balance.tradable or self.markets.ways(coin, balance.amount):
            return ()
        closed = self.markets.ways(coin, balance.amount, live=False)
        return (way for way in closed if way.sellable is not False)

    def _reopening_networks(self, balance: Balance) -> Iterable[Network]:
        """Yield closed networks with a reopening date that would accept the balance."""
        for network in self._networks_of(self.coin(balance.asset)):
            closed = not network.can_withdraw and network.reopens_at is not None
            if closed and ((need := _needed_balance(network)) is None or balance.amount >= need):
                yield network

    def _ask_support(self, balance: Balance) -> Message:
        """Return the advice to ask support, naming the lists that could not be read.

        A little money goes out with the rest of it: there is nothing to ask while there is more, or while sales pay.
        """
        if is_money(self.coin(balance.asset)):
            return _(
                "leave it for last: it goes out with the next {asset} that you withdraw; if it stays, ask support"
            ).format(asset=self.coin(balance.asset))
        gaps = []
        if not self._networks or any(_needed_balance(n) is None for n in self._networks_of(self.coin(balance.asset))):
            gaps.append(_("the withdrawal minimums"))
        if self.convertible(balance) is None and _list_of(balance) in self._places:
            gaps.append(_("the list of small balances to convert"))
        if not gaps:
            return self._last_words(balance)
        text = _("check again later, since {gaps} could not be read; if nothing changes, ask support")
        return text.format(gaps=_(" and ").join(gaps))

    def _last_words(self, balance: Balance) -> Message:
        """Return the advice for what nothing takes; no request lists what some exchanges convert in their app."""
        if self.convertible(balance) is False:
            return _("ask support: it cannot be sold, converted or withdrawn")
        if not self._converting:
            return _("see whether the app converts it among small balances; if not, ask support")
        text = _("see whether the app converts it among small balances ({path}); if not, ask support")
        return text.format(path=_(self._converting))

    def _networks_of(self, asset: str) -> Sequence[Network]:
        return self._networks.get(asset, ())


def _list_of(balance: Balance) -> tuple[str | None, str]:
    """Return owner and surface of the list of what a balance's wallet can convert, where there is one."""
    return balance.owner, f"convertible-{balance.wallet}"


def _by_usual_names(market: Market, name: Callable[[str], str]) -> Market:
    base, quote = name(market.base), name(market.quote)
    return market if (base, quote) == (market.base, market.quote) else replace(market, base=base, quote=quote)


def _lies_apart(other: Balance, here: tuple[str, str]) -> bool:
    """Return whether a balance lies in another wallet than ``here``, or in the same one under another code."""
    wallet, asset = here
    return other.wallet != wallet or other.asset != asset


def _place(balance: Balance, coin: str) -> Message:
    """Return the wallet of a balance, with its code where that is not the coin's."""
    wallet = _(balance.wallet)
    return wallet if balance.asset == coin else _("{wallet} ({asset})").format(wallet=wallet, asset=balance.asset)


def _group(pairs: Iterable[tuple[K, V]]) -> Mapping[K, Sequence[V]]:
    """Group values by key: an account with thousands of balances needs fast look-ups."""
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _needed_balance(network: Network) -> Decimal | None:
    """Return the balance that a withdrawal needs, in the asset; None if not known.

    It is the minimum, plus the fee if that is charged in the same asset.
    """
    if network.min_withdrawal is None or network.fee is None:
        return None
    fee = network.fee if network.fee_asset == network.asset else ZERO
    return total((network.min_withdrawal, fee))


def _needed_now(network: Network) -> Decimal | None:
    return _needed_balance(network) if network.can_withdraw else None
