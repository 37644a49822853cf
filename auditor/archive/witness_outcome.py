"""What the second lists of an archive say, in words: rows that a ledger lacks, and what they leave open."""

from collections.abc import Iterator

from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.list_group import ListGroup, ListProof
from auditor.archive.state import Status
from auditor.archive.times import from_milliseconds, iso
from auditor.archive.wallet_proof import WalletProof
from auditor.archive.witness import Witness, reach_start
from auditor.i18n import Message, _, day
from auditor.spec.history import SecondList


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
        yield from _unread(proof, ends[proof.listed.id], facts)
        yield from _rows(proof)
        if proof is group.lists[0]:
            yield from _unlisted(group)
    for pairs in witness.pairs:
        for wallet in wallets:
            count = pairs.single.get(wallet.ledger.wallet, 0)
            if count:
                text = _("{wallet}: transfers whose other half is in no list here: {count}.")
                yield text.format(wallet=_(wallet.ledger.title), count=count)


def seen_once(witness: Witness, wallets: tuple[WalletProof, ...], facts: RunFacts) -> Iterator[Message]:
    """Yield, by wallet, which changes only its ledger shows, and until when.

    Where two of them cancel out and are neighbours, no balance shows that both are missing.
    """
    for wallet in wallets:
        if wallet.rows:
            yield from _seen_once(wallet, witness, facts)


def _unread(proof: ListProof, end: ListEnd, facts: RunFacts) -> Iterator[Message]:
    title = _list_name(proof.listed)
    if end.status is not Status.ENDED:
        yield _("{list}: this list was not read to its end. {reason}").format(list=title, reason=end.reason)
    if end.cut:
        yield _("{list}: only rows since {since} were asked for.").format(list=title, since=facts.since)


def _rows(proof: ListProof) -> Iterator[Message]:
    title = _list_name(proof.listed)
    if proof.odd:
        yield _("{list}: rows or answers that cannot be read: {count}.").format(list=title, count=proof.odd)
    if proof.short:
        text = _("{list}: rows of which the ledger has a part and not all: {count}.")
        yield text.format(list=title, count=proof.short)
    if proof.nowhere:
        yield _("{list}: rows that no ledger here shows: {count}.").format(list=title, count=proof.nowhere)


def _unlisted(group: ListGroup) -> Iterator[Message]:
    first = group.first_unlisted
    if first is not None:
        text = _("{list}: rows of the ledger that are not in this list: {count}, the first of {time} (row {id}).")
        yield text.format(list=_(group.head.title), count=group.unlisted, time=iso(first.time), id=str(first.number))


def _seen_once(wallet: WalletProof, witness: Witness, facts: RunFacts) -> Iterator[Message]:
    whole = [group.head for group in witness.groups if group.head.types is None]
    starts = [reach_start(one, facts) for one in whole if one.wallet == wallet.ledger.wallet]
    if starts and wallet.first_time >= min(starts):
        return
    text = _(
        "{wallet}: before {day} a second list shows trades, deposits, withdrawals and transfers. Other changes are in "
        "this ledger alone: two of one asset that follow one another and cancel out, such as into Earn and back, "
        "would leave no trace in its balances."
    )
    since = from_milliseconds(min(starts)) if starts else facts.finished_at
    yield text.format(wallet=_(wallet.ledger.title), day=day(since))


def _list_name(listed: SecondList) -> Message:
    """Return the title of a list, with the kind that it is asked for where several have one title."""
    kind = listed.endpoint.queries[-1].params.get("instType")
    return _(listed.title) if kind is None else _("{list} ({kind})").format(list=_(listed.title), kind=kind)
