"""What the second lists of an archive say, in words: rows that a ledger lacks, and what they leave open."""

from collections.abc import Iterator, Mapping

from auditor.archive.explaining_outcome import is_needed, list_name
from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.list_group import ListGroup, ListProof
from auditor.archive.state import Status
from auditor.archive.times import from_milliseconds, iso
from auditor.archive.wallet_proof import WalletProof
from auditor.archive.witness import Witness, is_not_had, reach_start
from auditor.i18n import Message, _, day
from auditor.spec.second_list import SecondList


def missing_rows(witness: Witness) -> Iterator[Message]:
    """Yield each row of a second list that must be in a ledger and is not."""
    for _group, proof in witness.lists():
        for row in proof.alone:
            text = _("{list}: row {id} of {time} is not in the ledger.")
            yield text.format(list=_(proof.listed.title), id=row.id, time=iso(row.time))


def open_questions(
    witness: Witness, wallets: tuple[WalletProof, ...], ends: dict[str, ListEnd], facts: RunFacts
) -> Iterator[Message]:
    """Yield what the second lists leave open: it keeps an archive from being complete."""
    for group, proof in witness.lists():
        end = ends[proof.listed.id]
        if not is_settled(group, proof, end) and (not proof.listed.explains or is_needed(proof.listed, end, wallets)):
            yield from _unread(proof, end, facts)
        yield from _rows(proof)
        if proof is group.lists[0] and not proof.listed.explains:
            yield from unlisted(group)
    for pairs in witness.pairs:
        for wallet in wallets:
            count = pairs.single.get(wallet.ledger.wallet, 0)
            if count:
                text = _("{wallet}: transfers whose other half is in no list here: {count}.")
                yield text.format(wallet=_(wallet.ledger.title), count=count)


def is_settled(group: ListGroup, proof: ListProof, end: ListEnd) -> bool:
    """Return whether a list was refused because the account has none of its kind, and its ledger shows none.

    Every row of the ledger that must be in some list of the group is in another one, as far back as they go.
    """
    return is_not_had(proof.listed, end) and group.since is not None and not group.unlisted


def settled_notes(witness: Witness, ends: Mapping[str, ListEnd]) -> Iterator[Message]:
    """Yield which lists were refused, and hold nothing as the ledgers show."""
    for group, proof in witness.lists():
        end = ends[proof.listed.id]
        if not proof.listed.explains and is_settled(group, proof, end):
            text = _("{list}: the exchange refused it, and each row of the ledger is in the other lists. {reason}")
            yield text.format(list=list_name(proof.listed), reason=end.reason)


def seen_once(witness: Witness, wallets: tuple[WalletProof, ...], facts: RunFacts) -> Iterator[Message]:
    """Yield, by wallet, which changes only its ledger shows, and until when.

    Where two of them cancel out and are neighbours, no balance shows that both are missing; numbers from 1 on do.
    """
    for wallet in wallets:
        if wallet.rows and (wallet.skipped or not wallet.ledger.counted):
            yield from _seen_once(wallet, witness, facts)


def _unread(proof: ListProof, end: ListEnd, facts: RunFacts) -> Iterator[Message]:
    title = list_name(proof.listed)
    if end.status is not Status.ENDED:
        yield _("{list}: this list was not read to its end. {reason}").format(list=title, reason=end.reason)
    if end.cut:
        yield _("{list}: only rows since {since} were asked for.").format(list=title, since=facts.since)


def _rows(proof: ListProof) -> Iterator[Message]:
    title = list_name(proof.listed)
    if proof.odd:
        yield _("{list}: rows or answers that cannot be read: {count}.").format(list=title, count=proof.odd)
    if proof.short:
        text = _("{list}: rows of which the ledger has a part and not all: {count}.")
        yield text.format(list=title, count=proof.short)
    if proof.nowhere:
        yield _("{list}: rows that no ledger here shows: {count}.").format(list=title, count=proof.nowhere)


def unlisted(group: ListGroup) -> Iterator[Message]:
    """Yield how many rows of a ledger a group of lists lacks."""
    first = group.first_unlisted
    if first is not None:
        text = _("{list}: rows of the ledger that are not in this list: {count}, the first of {time} (row {id}).")
        yield text.format(list=_(group.head.title), count=group.unlisted, time=iso(first.time), id=first.label)


def _seen_once(wallet: WalletProof, witness: Witness, facts: RunFacts) -> Iterator[Message]:
    whole = [group.head for group in witness.groups if group.head.types is None]
    starts = [reach_start(one, facts) for one in whole if one.wallet == wallet.ledger.wallet]
    if starts and wallet.first_time >= min(starts):
        return
    with_trades = _(
        "{wallet}: before {day} only trades, deposits, withdrawals and transfers can be checked against a second list. "
        "Other changes are in this ledger alone: if two of one asset were missing that follow one another and cancel "
        "out, such as into Earn and back, no balance would show it."
    )
    without_trades = _(
        "{wallet}: before {day} only deposits, withdrawals and transfers can be checked against a second list. Trades "
        "and other changes are in this ledger alone: if two of one asset were missing that follow one another and "
        "cancel out, such as an order and its cancellation, no balance would show it."
    )
    text = with_trades if any(_compares_trades(proof.listed) for _group, proof in witness.lists()) else without_trades
    since = from_milliseconds(min(starts)) if starts else facts.finished_at
    yield text.format(wallet=_(wallet.ledger.title), day=day(since))


def _compares_trades(listed: SecondList) -> bool:
    return listed.table == "fills" and not listed.explains
