"""What each coin of a wallet comes to: its balances before and after its rows, and what is proved of them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from auditor.archive.chain import CoinChain
from auditor.archive.wallet_proof import CoinProof, CoinStatus, WalletProof
from auditor.model import amounts


def coin_proofs(wallet: WalletProof, shown: Mapping[str, Decimal] | None, *, rested: bool) -> Iterator[CoinProof]:
    """Yield what each coin of a wallet comes to.

    ``shown``: the balances that the exchange showed, None where they were not read; ``rested``: nothing moved then.
    """
    for asset in sorted({*wallet.chains, *(asset for asset, amount in (shown or {}).items() if amount)}):
        chain = wallet.chains.get(asset, CoinChain(asset))
        now = None if shown is None else shown.get(asset, amounts.ZERO)
        # A coin without a row is what it was when the ledger begins.
        closing = chain.closing if chain.closing is not None else now or amounts.ZERO
        opening = chain.opening if chain.opening is not None else closing
        yield CoinProof(
            wallet=wallet.ledger.wallet,
            asset=asset,
            opening=opening,
            change=chain.change,
            closing=closing,
            shown=now,
            first_time=chain.first_time,
            rows=chain.rows,
            status=_status(wallet, chain, closing, now, rested=rested),
        )


def _status(
    wallet: WalletProof, chain: CoinChain, closing: Decimal, shown: Decimal | None, *, rested: bool
) -> CoinStatus:
    if wallet.broken[chain.asset]:
        return CoinStatus.BREAK
    if shown is None:
        return CoinStatus.UNREAD
    is_shown = wallet.ledger.shown.agrees(shown, closing) or _is_rounded_to(shown, closing, chain)
    if not is_shown or wallet.unsure[chain.asset]:
        return _difference(wallet, chain.asset, rested=rested)
    if wallet.gaps[chain.asset]:
        return CoinStatus.GAP
    # A coin without a row is what it was when the ledger begins.
    if closing if chain.opening is None else chain.opening:
        return CoinStatus.OPENING
    return CoinStatus.ROUNDED if chain.is_rounded else CoinStatus.PROVED


def _difference(wallet: WalletProof, asset: str, *, rested: bool) -> CoinStatus:
    """Return what follows from a balance that is shown and is not what the rows come to."""
    if wallet.unsure[asset]:
        return CoinStatus.UNEXPLAINED
    if not rested:
        return CoinStatus.MOVING
    return CoinStatus.UNEXPLAINED if wallet.ledger.uncounted else CoinStatus.DIFFERENCE


def _is_rounded_to(shown: Decimal, closing: Decimal, chain: CoinChain) -> bool:
    """Return whether the newest row has what is shown with fewer digits."""
    slack = amounts.ZERO if chain.last is None else chain.last.slack
    return abs(amounts.subtract(shown, closing)) <= slack
