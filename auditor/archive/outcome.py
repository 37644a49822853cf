"""What an archive proves in words: its status, what each wallet's ledger proves, and what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.archive.breaks import break_faults
from auditor.archive.derived_outcome import derived_gaps, derived_sentences
from auditor.archive.earlier_outcome import kept_notes
from auditor.archive.explaining_outcome import explaining_notes, trades_without_order
from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.filed_outcome import filed_faults
from auditor.archive.imports.outcome import import_doubts
from auditor.archive.proof import Proof
from auditor.archive.reached import is_whole, missing_quarters, unknown_age
from auditor.archive.state import Status
from auditor.archive.sum_outcome import all_gaps, sum_faults, sum_notes, sum_sentence
from auditor.archive.times import from_milliseconds, milliseconds_of
from auditor.archive.wallet_proof import CoinProof, CoinStatus, WalletProof
from auditor.archive.witness import is_not_had
from auditor.archive.witness_outcome import missing_rows, open_questions, seen_once, settled_notes, unlisted
from auditor.i18n import Message, _, day, mark
from auditor.model.amounts import ZERO, plain, short
from auditor.spec.exchange import Exchange
from auditor.spec.history import History

AT_FAULT = frozenset({CoinStatus.BREAK, CoinStatus.DIFFERENCE})
UNPROVED = frozenset({CoinStatus.MOVING, CoinStatus.UNREAD, CoinStatus.UNEXPLAINED})


class ArchiveStatus(StrEnum):
    """The outcome of an archive. No other word stands for complete."""

    COMPLETE = mark("complete")
    PARTIAL = mark("partial")
    DIFFERS = mark("does not reconcile")
    UNFINISHED = mark("unfinished")


class ProofKind(StrEnum):
    """How the balances of a complete archive are proved; the weakest kind of all its wallets is named.

    By running balances; by sums from nothing; out of what other wallets paid in and out.
    """

    PROVED = mark("proved")
    SUMMED = mark("summed")
    DERIVED = mark("derived")


EXIT_CODES = {
    ArchiveStatus.COMPLETE: 0,
    ArchiveStatus.DIFFERS: 1,
    ArchiveStatus.PARTIAL: 3,
    ArchiveStatus.UNFINISHED: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an archive proves.

    ``wallets``: a sentence for each wallet; ``gaps``: what keeps it from being complete; ``notes``: what is only said;
    ``kind``: the weakest kind of proof.
    """

    status: ArchiveStatus
    faults: tuple[Message, ...]
    wallets: tuple[Message, ...]
    gaps: tuple[Message, ...]
    notes: tuple[Message, ...] = ()
    quarters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kind: ProofKind = ProofKind.PROVED

    @property
    def exit_code(self) -> int:
        """The exit code of the command that made it."""
        return EXIT_CODES[self.status]


def judge(facts: RunFacts, proof: Proof, exchange: Exchange) -> Outcome:
    """Return what the proof comes to, for an archive whose lists ended so."""
    ends = {end.id: end for end in facts.lists}
    missing = {one.ledger.id: missing_quarters(one, proof, facts, exchange) for one in proof.wallets}
    faults = (
        *(fault for wallet in proof.wallets for fault in _faults(wallet)),
        *(fault for wallet in proof.sums.wallets for fault in sum_faults(wallet)),
        *filed_faults(proof.sums.statements),
        *missing_rows(proof.witness),
    )
    gaps = tuple(_every_gap(facts, proof, exchange, ends, missing))
    by_id = ((wallet.ledger.id, wallet) for wallet in proof.wallets)
    return Outcome(
        status=ArchiveStatus.DIFFERS if faults else ArchiveStatus.PARTIAL if gaps else ArchiveStatus.COMPLETE,
        faults=faults,
        wallets=(
            *(_wallet_sentence(wallet, ends[one], missing[one], facts) for one, wallet in by_id),
            *map(sum_sentence, proof.sums.wallets),
            *derived_sentences(proof.derived),
        ),
        gaps=gaps,
        notes=tuple(_notes(facts, proof, exchange, ends)),
        quarters=missing,
        kind=_weakest(proof),
    )


def _every_gap(
    facts: RunFacts, proof: Proof, exchange: Exchange, ends: dict[str, ListEnd], missing: Mapping[str, Sequence[str]]
) -> Iterator[Message]:
    """Yield what keeps an archive from being complete. ``missing``: quarters, by ledger."""
    history = exchange.history or History(ledgers=())
    yield from facts.doubts
    yield from _since(facts)
    for wallet in proof.wallets:
        yield from _gaps(wallet, ends[wallet.ledger.id], missing[wallet.ledger.id], facts)
    yield from all_gaps(proof.sums, proof.totals, history, facts)
    yield from open_questions(proof.witness, proof.wallets, ends, facts)
    yield from derived_gaps(proof.derived)
    yield from _files(proof, missing)
    yield from import_doubts(proof.imports)
    yield from unknown_age(proof, facts, exchange)
    yield from map(_, history.missing)


def _notes(facts: RunFacts, proof: Proof, exchange: Exchange, ends: Mapping[str, ListEnd]) -> Iterator[Message]:
    """Yield what is only said."""
    yield from sum_notes(proof.sums)
    yield from seen_once(proof.witness, proof.wallets, facts)
    yield from settled_notes(proof.witness, ends)
    yield from explaining_notes(proof.witness, proof.wallets, ends)
    yield from kept_notes(proof, ends)
    for group in trades_without_order(proof.witness.groups):
        yield from unlisted(group)
    yield from map(_, exchange.history.remarks if exchange.history else ())


def _since(facts: RunFacts) -> Iterator[Message]:
    """Yield that older rows were not wanted, also where no list could be ended there."""
    if facts.since:
        text = _("This archive was begun with --since {since}: only one without it can be complete.")
        yield text.format(since=facts.since)


def _weakest(proof: Proof) -> ProofKind:
    # Of what is in no such wallet any more, nothing is derived.
    if any(coin.shown for one in proof.derived for coin in one.coins.values()):
        return ProofKind.DERIVED
    return ProofKind.SUMMED if proof.sums.wallets else ProofKind.PROVED


def _files(proof: Proof, missing: Mapping[str, Sequence[str]]) -> Iterator[Message]:
    """Yield the link of each file of a missing quarter that lies ready."""
    for wallet in proof.wallets:
        for quarter, link in proof.files.get(wallet.ledger.id, {}).items():
            if quarter in missing[wallet.ledger.id]:
                text = _(
                    "{wallet}: the file of {quarter} is ready. Open this link in a browser, it expires soon: {link}"
                )
                yield text.format(wallet=_(wallet.ledger.title), quarter=quarter, link=link)


def _faults(wallet: WalletProof) -> Iterator[Message]:
    yield from break_faults(wallet.ledger.title, wallet.breaks)
    for coin in wallet.coins:
        if coin.status is CoinStatus.DIFFERENCE:
            yield _difference(wallet, coin)
    for odd in wallet.oddities:
        text = _("{wallet}: {reason} ({source}).")
        yield text.format(wallet=_(wallet.ledger.title), reason=odd.reason, source=odd.source)


def _difference(wallet: WalletProof, coin: CoinProof) -> Message:
    text = _("{wallet} {asset}: the rows come to {closing}, the exchange shows {shown}.")
    figures = {"closing": plain(coin.closing), "shown": plain(coin.shown or ZERO)}
    return text.format(wallet=_(wallet.ledger.title), asset=coin.asset, **figures)


def _gaps(wallet: WalletProof, end: ListEnd, missing: Sequence[str], facts: RunFacts) -> Iterator[Message]:
    title = _(wallet.ledger.title)
    if _never_was(wallet, end):
        return
    if end.status is not Status.ENDED:
        yield _("{wallet}: its ledger was not read to its end. {reason}").format(wallet=title, reason=end.reason)
    if end.cut:
        yield _("{wallet}: only rows since {since} were asked for.").format(wallet=title, since=facts.since)
    elif wallet.skipped:
        text = _("{wallet}: the exchange numbers its rows from 1 on, and of these numbers are missing: {count}.")
        yield text.format(wallet=title, count=wallet.skipped)
    if wallet.is_blind:
        yield _("{wallet}: its balances could not be read.").format(wallet=title)
    openings = [coin for coin in wallet.coins if coin.opening]
    if openings:
        text = _("{wallet}: there before its first row: {coins}.")
        coins = _(", ").join(
            _("{amount} {asset}").format(amount=short(one.opening), asset=one.asset) for one in openings
        )
        yield text.format(wallet=title, coins=coins)
    yield from _unexplained(wallet)
    if missing:
        text = _(
            "{wallet}: the exchange's list goes back this far: {reach}. Quarters that are not in this archive: {count} "
            "({first} to {last})."
        )
        reach = _(wallet.ledger.reach.words)
        yield text.format(wallet=title, reach=reach, count=len(missing), first=missing[0], last=missing[-1])
    if wallet.gaps:
        text = _("{wallet}: balances changed where no file and no answer has every row: {coins}.")
        yield text.format(wallet=title, coins=_(", ").join(sorted(wallet.gaps)))
    if any(coin.status is CoinStatus.MOVING for coin in wallet.coins) or not facts.rested:
        yield _("{wallet}: the account does not rest; something moved while it was read.").format(wallet=title)


def _unexplained(wallet: WalletProof) -> Iterator[Message]:
    """Yield what of a wallet does not agree, and may be something else than rows that are missing."""
    differing = [coin for coin in wallet.coins if coin.difference and coin.status is CoinStatus.UNEXPLAINED]
    yield from (_difference(wallet, coin) for coin in differing)
    reasons = {wallet.ledger.unsure_of(asset) for asset in wallet.unsure}
    for reason in sorted(filter(None, reasons | {wallet.ledger.uncounted} if differing else reasons)):
        yield _("{wallet}: {reason}").format(wallet=_(wallet.ledger.title), reason=_(reason))


def _never_was(wallet: WalletProof, end: ListEnd) -> bool:
    """Return whether the account never had a wallet: the exchange says so, and nothing here shows anything in it."""
    return is_not_had(wallet.ledger, end) and not wallet.rows and not wallet.odd and not wallet.coins


def _wallet_sentence(wallet: WalletProof, end: ListEnd, missing: Sequence[str], facts: RunFacts) -> Message:
    title, coins = _(wallet.ledger.title), len(wallet.coins)
    if _never_was(wallet, end):
        return _("{wallet}: {reason}").format(wallet=title, reason=_(wallet.ledger.unused[end.code]))
    if wallet.odd or any(coin.status in AT_FAULT for coin in wallet.coins):
        return _("{wallet}: does not reconcile.").format(wallet=title)
    if end.status is not Status.ENDED or wallet.is_blind or any(coin.status in UNPROVED for coin in wallet.coins):
        return _("{wallet}: not proved.").format(wallet=title)
    if not wallet.rows and not wallet.coins:
        return _("{wallet}: no rows, and nothing in it now.").format(wallet=title)
    since = day(from_milliseconds(wallet.proved_since or milliseconds_of(facts.started_at)))
    if missing or end.cut or not is_whole(wallet, end):
        text = _("{wallet}: proved since {day} (coins: {count}); what came before is not in this archive.")
        return text.format(wallet=title, day=since, count=coins)
    text = _("{wallet}: proved since {day}, opened with nothing (coins: {count}).")
    return text.format(wallet=title, day=since, count=coins)
