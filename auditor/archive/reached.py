"""What the exchange's lists do not go back to, of an account that may be older."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.proof import Proof
from auditor.archive.session import history_of
from auditor.archive.state import Status
from auditor.archive.times import from_milliseconds
from auditor.archive.wallet_proof import CoinStatus, WalletProof
from auditor.archive.witness import MAIN
from auditor.i18n import Message, _
from auditor.spec.exchange import Exchange
from auditor.spec.paged_list import Reach

DAY = timedelta(days=1)


def missing_quarters(wallet: WalletProof, proof: Proof, facts: RunFacts, exchange: Exchange) -> tuple[str, ...]:
    """Return the quarters before a ledger's reach in which there may have been something."""
    reach = wallet.ledger.reach
    if reach.back is None and history_of(exchange).opened is None:
        return ()
    edge = _edge(reach, facts)
    if proof.opened is None or facts.kind != MAIN:
        return () if reach.back is None else _by_payer(wallet, proof, edge, facts)
    first = from_milliseconds(wallet.first_time) if wallet.rows else edge
    return () if proof.opened >= edge else wallet.coverage.missing_quarters(proof.opened, min(first, edge))


def unknown_age(proof: Proof, facts: RunFacts, exchange: Exchange) -> Iterator[Message]:
    """Yield that the account may be older than its lists, where the exchange would have said when it began."""
    if history_of(exchange).opened is not None and (proof.opened is None or facts.kind != MAIN):
        yield _("When the account was opened could not be read: it may be older than its ledgers go back.")


def is_whole(wallet: WalletProof, end: ListEnd) -> bool:
    """Return whether a ledger begins with nothing and has no fault."""
    is_read = end.status is Status.ENDED and not end.cut
    return is_read and not wallet.odd and all(coin.status is CoinStatus.PROVED for coin in wallet.coins)


def _edge(reach: Reach, facts: RunFacts) -> datetime:
    """Return since when an exchange gives every row of a ledger."""
    since = from_milliseconds(0) if reach.back is None else facts.started_at - reach.back
    return since if reach.first is None else max(since, reach.first)


def _by_payer(wallet: WalletProof, proof: Proof, edge: datetime, facts: RunFacts) -> tuple[str, ...]:
    """Return the quarters since the first row of the wallet that pays in, which goes back further."""
    payer = next((one for one in proof.wallets if one.ledger.id == wallet.ledger.pays_in), None)
    if payer is None or not payer.rows:
        return wallet.coverage.missing_quarters(edge, edge)
    first, end = from_milliseconds(payer.first_time), next(one for one in facts.lists if one.id == payer.ledger.id)
    if not is_whole(payer, end) or facts.kind != MAIN:
        return wallet.coverage.missing_quarters(min(first, edge), edge)
    return () if first > edge + DAY else wallet.coverage.missing_quarters(first, edge)
