"""Whether a coin can be withdrawn now, and over which network, as the exchange's lists say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.assessment.asset_codes import AccountCodes
from auditor.i18n import EMPTY, Message, _
from auditor.model.amounts import ZERO, plain, total
from auditor.model.reference_data import Network
from auditor.model.snapshot import AccountSnapshot, records


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """The withdrawal networks of one account, by the usual name of the coin."""

    codes: AccountCodes
    networks: Mapping[str, Sequence[Network]]

    @classmethod
    def of(cls, account: AccountSnapshot) -> "Withdrawals":
        """Return the networks that the readings of ``account`` list."""
        codes, networks = AccountCodes.of(account), dict[str, list[Network]]()
        for _reading, record in records(account):
            if isinstance(record, Network):
                networks.setdefault(codes.table.name(record.asset), []).append(record)
        return cls(codes, networks)

    def coin(self, asset: str) -> str:
        """Return the usual name of the coin as which ``asset`` is withdrawn."""
        return self.codes.coin(asset)

    def possible(self, coin: str, amount: Decimal) -> bool | None:
        """Return whether ``amount`` can be withdrawn; None if the exchange's lists do not say."""
        networks = self.networks.get(coin, ())
        if not networks:
            return None
        needs = [needed_balance(network) for network in networks if network.can_withdraw]
        if any(need is not None and amount >= need for need in needs):
            return True
        return None if any(need is None for need in needs) else False

    def way(self, coin: str, amount: Decimal) -> Message:
        """Return how to withdraw, by the network that needs the smallest balance; empty if none is known."""
        usable = [
            (need, network.chain, network)
            for network in self.networks.get(coin, ())
            if network.can_withdraw and (need := needed_balance(network)) is not None and amount >= need
        ]
        if not usable:
            return EMPTY
        _need, chain, network = min(usable, key=lambda entry: entry[:2])
        text = _("Withdraw it in one go, over {chain} for example (minimum {minimum} {asset}, fee {fee} {fee_asset}).")
        return text.format(
            chain=chain,
            minimum=plain(network.min_withdrawal or ZERO),
            asset=coin,
            fee=plain(network.fee or ZERO),
            fee_asset=network.fee_asset,
        )


def needed_balance(network: Network) -> Decimal | None:
    """Return the balance that a withdrawal needs: the minimum, and the fee if it is in the same coin."""
    if network.min_withdrawal is None or network.fee is None:
        return None
    fee = network.fee if network.fee_asset == network.asset else ZERO
    return total((network.min_withdrawal, fee))
