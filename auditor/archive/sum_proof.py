"""What the changes of one wallet come to whose exchange prints no balance after each: sums from nothing.

One of its lists may print balances, for a time: there they must follow one another, and end with what is shown.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.archive.chain import Break, CoinChain
from auditor.archive.coin_sum import CoinSum
from auditor.archive.curve import Curve
from auditor.archive.wallet_proof import MOST_TOLD, CoinProof, CoinStatus
from auditor.model import amounts
from auditor.spec.ledger import LedgerEntry
from auditor.spec.summed import Change, ChangedWallet


@dataclass(slots=True)
class SumProof:
    """What the changes of one wallet come to.

    ``joint``: sums over all wallets of its group, by coin; ``is_whole``: every list of its changes was read from the
    beginning to its end, and each row is understood, so that a difference contradicts; ``unknown``: types of rows
    without a name here; ``is_blind``: the balances of the wallet were not read. ``chains``: of the coins whose changes
    have balances, ``breaks`` of them and ``broken``, their number, as a `WalletProof` has them. ``openings``: what was
    there before the first row, of a wallet whose lists begin late.
    """

    ledger: ChangedWallet
    joint: dict[str, CoinSum]
    sums: dict[str, CoinSum] = field(default_factory=dict)
    curves: dict[str, Curve] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    chains: dict[str, CoinChain] = field(default_factory=dict)
    breaks: list[Break] = field(default_factory=list)
    broken: Counter[str] = field(default_factory=Counter)
    openings: dict[str, Decimal] = field(default_factory=dict)
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

    def follow(self, entry: LedgerEntry) -> None:
        """Follow the balance that the exchange prints after a change."""
        self._tell(self.chains.setdefault(entry.asset, CoinChain(entry.asset)).add(entry))

    @property
    def followed_since(self) -> int:
        """The time of the first change with a balance after it, in Unix milliseconds; 0 without one."""
        return min((one.first_time for one in self.chains.values()), default=0)

    def settle(self, shown: Mapping[str, Decimal] | None, *, is_whole: bool, rested: bool) -> None:
        """Take the changes as complete, and compare them with what is shown; None where it was not read."""
        for chain in self.chains.values():
            self._tell(chain.settle())
        self.is_whole, self.is_blind = is_whole, shown is None
        self.coins = tuple(self._coins(shown, rested=rested))

    def _coins(self, shown: Mapping[str, Decimal] | None, *, rested: bool) -> Iterator[CoinProof]:
        for asset in sorted({*self.sums, *(name for name, amount in (shown or {}).items() if amount)}):
            coin = self.sums.get(asset, CoinSum(asset, Curve()))
            now = None if shown is None else shown.get(asset, amounts.ZERO)
            last = self._last_balance(coin)
            opening = self._open(coin, now)
            # Where the exchange prints another balance, that is what its rows come to.
            closing = amounts.add(opening, coin.amount) if last is None or last == now else last
            yield CoinProof(
                wallet=self.ledger.wallet,
                asset=asset,
                opening=amounts.subtract(closing, coin.amount),
                change=coin.amount,
                closing=closing,
                shown=now,
                first_time=coin.first_time,
                rows=coin.rows,
                status=self._status(coin, now, rested=rested),
            )

    def _last_balance(self, coin: CoinSum) -> Decimal | None:
        """Return the balance after the newest change, None where the exchange prints none after it."""
        chain = self.chains.get(coin.asset)
        is_newest = chain is not None and chain.last is not None and chain.last.time >= coin.last_time
        return chain.closing if chain is not None and is_newest else None

    def _status(self, coin: CoinSum, shown: Decimal | None, *, rested: bool) -> CoinStatus:
        if self.broken[coin.asset]:
            return CoinStatus.BREAK
        if shown is None:
            return CoinStatus.UNREAD
        opening = self.openings.get(coin.asset, amounts.ZERO)
        if shown == amounts.add(opening, coin.amount) and self._last_balance(coin) in {None, shown}:
            is_open = CoinStatus.OPENING if opening else CoinStatus.SUMMED
            return CoinStatus.UNEXPLAINED if self.owes(coin.asset) else is_open
        if not rested:
            return CoinStatus.MOVING
        # Only where nothing else can hold the rest is a difference a contradiction.
        return CoinStatus.DIFFERENCE if self.is_whole and not self.ledger.elsewhere else CoinStatus.UNEXPLAINED

    def owes(self, asset: str) -> bool:
        """Return whether a coin was below nothing for longer than rows are out of order, where that cannot be."""
        if self.ledger.may_owe or asset not in self.joint:
            return False
        joint, opening = self.joint[asset], self.openings.get(asset, amounts.ZERO)
        return bool(joint.owed_since) and amounts.add(joint.lowest, opening) < amounts.ZERO

    def _open(self, coin: CoinSum, shown: Decimal | None) -> Decimal:
        """Return what was there before the first row: what is shown beyond the sum, where the lists begin late."""
        opening = amounts.ZERO if shown is None else amounts.subtract(shown, coin.amount)
        if not self.ledger.begins_late or opening <= amounts.ZERO:
            return amounts.ZERO
        self.openings[coin.asset] = opening
        coin.curve.rise(opening)
        return opening

    def _tell(self, breaks: Iterable[Break]) -> None:
        for one in breaks:
            self.broken[one.asset] += 1
            self.breaks += [one] if len(self.breaks) < MOST_TOLD else []
