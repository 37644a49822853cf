"""What the changes of one wallet come to whose exchange prints no balance after each: sums from nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.archive.chain import Break
from auditor.archive.coin_sum import CoinSum
from auditor.archive.curve import Curve
from auditor.archive.wallet_proof import CoinProof, CoinStatus
from auditor.model import amounts
from auditor.spec.summed import Change, SummedWallet


@dataclass(slots=True)
class SumProof:
    """What the changes of one wallet come to.

    ``joint``: sums over all wallets of its group, by coin; ``is_whole``: every list of its changes was read from the
    beginning to its end, and each row is understood, so that a difference contradicts; ``unknown``: types of rows
    without a name here; ``is_blind``: the balances of the wallet were not read. ``breaks``: as a `WalletProof` has
    them; here there are none.
    """

    ledger: SummedWallet
    joint: dict[str, CoinSum]
    sums: dict[str, CoinSum] = field(default_factory=dict)
    curves: dict[str, Curve] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    breaks: list[Break] = field(default_factory=list)
    rows: int = 0
    first_time: int = 0
    last_time: int = 0
    coins: tuple[CoinProof, ...] = ()
    is_blind: bool = True
    is_whole: bool = False

    def take(self, change: Change, time: int) -> Decimal:
        """Take the next change, and return the sum after it. ``time``: Unix milliseconds."""
        if change.asset not in self.sums:
            self.curves[change.asset] = Curve()
            self.sums[change.asset] = CoinSum(change.asset, self.curves[change.asset])
            self.joint.setdefault(change.asset, CoinSum(change.asset, Curve()))
        coin = self.sums[change.asset]
        coin.add(time, change.amount)
        self.joint[change.asset].add(time, change.amount)
        self.rows += 1
        self.first_time, self.last_time = self.first_time or time, time
        return coin.amount

    def settle(self, shown: Mapping[str, Decimal] | None, *, is_whole: bool, rested: bool) -> None:
        """Take the changes as complete, and compare them with what is shown; None where it was not read."""
        self.is_whole, self.is_blind = is_whole, shown is None
        self.coins = tuple(self._coins(shown, rested=rested))

    def _coins(self, shown: Mapping[str, Decimal] | None, *, rested: bool) -> Iterator[CoinProof]:
        for asset in sorted({*self.sums, *(name for name, amount in (shown or {}).items() if amount)}):
            coin = self.sums.get(asset, CoinSum(asset, Curve()))
            now = None if shown is None else shown.get(asset, amounts.ZERO)
            yield CoinProof(
                wallet=self.ledger.wallet,
                asset=asset,
                opening=amounts.ZERO,
                change=coin.amount,
                closing=coin.amount,
                shown=now,
                first_time=coin.first_time,
                rows=coin.rows,
                status=self._status(coin, now, rested=rested),
            )

    def _status(self, coin: CoinSum, shown: Decimal | None, *, rested: bool) -> CoinStatus:
        if shown is None:
            return CoinStatus.UNREAD
        if shown == coin.amount:
            return CoinStatus.UNEXPLAINED if self.owes(coin.asset) else CoinStatus.SUMMED
        if not rested:
            return CoinStatus.MOVING
        # Only where nothing else can hold the rest is a difference a contradiction.
        return CoinStatus.DIFFERENCE if self.is_whole and not self.ledger.elsewhere else CoinStatus.UNEXPLAINED

    def owes(self, asset: str) -> bool:
        """Return whether a coin was below nothing for longer than rows are out of order, where that cannot be."""
        return not self.ledger.may_owe and asset in self.joint and bool(self.joint[asset].owed_since)
