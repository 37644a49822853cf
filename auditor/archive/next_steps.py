"""What to do before closing: what the program cannot do, or not without another run."""

from collections.abc import Iterator, Sequence

from auditor.archive.explaining_outcome import is_needed
from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.imports.catalogue import FORMATS, STATEMENTS
from auditor.archive.outcome import ArchiveStatus, Outcome, ProofKind
from auditor.archive.proof import Proof
from auditor.archive.state import Status
from auditor.archive.sum_doubts import is_unused
from auditor.archive.witness import is_not_had
from auditor.archive.witness_outcome import is_settled
from auditor.i18n import Message, _
from auditor.spec.ledger import Ledger

ALL_PROVED = _(
    "Every change of your balances is here: closing loses none of them. Before you close, read in data/REPORT.html "
    "what nothing here proves."
)
ALL_EXPLAINED = _(
    "The changes that are here explain every balance that the exchange shows. Before you close, read in "
    "data/REPORT.html what nothing here proves."
)
WHAT_TO_TRY = (
    _("What to try: make the archive anew (--fresh), compare with the export of the exchange's site, ask its support."),
)
NOTHING_MORE = _(
    "This key can fetch nothing more. Export on {exchange}'s site what this archive lacks, while you can still log in, "
    "and keep it beside the archive: once the account is closed, nobody can fetch it."
)


def next_steps(facts: RunFacts, outcome: Outcome, proof: Proof) -> tuple[Message, ...]:
    """Return what to do about an archive before the account is closed; at least one step."""
    if outcome.status is ArchiveStatus.COMPLETE:
        return (ALL_PROVED if outcome.kind is ProofKind.PROVED else ALL_EXPLAINED,)
    steps = (*_to_run_again(facts, proof), *_to_ask_for(outcome, proof, facts.exchange))
    if outcome.faults:
        first = _("Do not close yet: what does not fit can only be cleared up while the account is open.")
        return (first, *WHAT_TO_TRY, *steps)
    return steps or (NOTHING_MORE.format(exchange=facts.name),)


def _to_run_again(facts: RunFacts, proof: Proof) -> Iterator[Message]:
    unread = len(list(_open_lists(facts, proof)))
    if unread:
        text = _(
            "Lists that were not read to their end: {count}. What this archive lacks says why: fix what you can, and "
            "run it again."
        )
        yield text.format(count=unread)
    if any(end.cut for end in facts.lists):
        yield _("Older rows were left out, since you asked for that: run it again without --since.")
    elif facts.since:
        yield _("Run it again without --since: only then can it be complete.")
    if facts.only:
        yield _("Run it again without --only: only then can it be complete.")
    if not facts.rested:
        yield _("Something moved while it was read: stop bots, cancel orders, and run it again.")


def _open_lists(facts: RunFacts, proof: Proof) -> Iterator[ListEnd]:
    """Yield lists that were not read to their end, but for those of what the account never had."""
    ends = {end.id: end for end in facts.lists}
    settled = set(_settled(proof, ends))
    yield from (end for end in facts.lists if end.status is not Status.ENDED and end.id not in settled)


def _settled(proof: Proof, ends: dict[str, ListEnd]) -> Iterator[str]:
    """Yield the lists whose refusal leaves nothing open."""
    yield from (one.ledger.id for one in proof.wallets if is_not_had(one.ledger, ends[one.ledger.id]))
    for group, one in proof.witness.lists():
        end = ends[one.listed.id]
        if is_settled(group, one, end) or (one.listed.explains and not is_needed(one.listed, end, proof.wallets)):
            yield end.id
    for read in proof.sums.lists:
        if read.listed.id in ends and is_unused(read, ends[read.listed.id]):
            yield read.listed.id


def _to_ask_for(outcome: Outcome, proof: Proof, exchange: str) -> Iterator[Message]:
    for wallet in proof.wallets:
        quarters: Sequence[str] = outcome.quarters.get(wallet.ledger.id, ())
        if quarters:
            ask = ask_for_quarters if exchange in FORMATS else download_quarters
            yield ask(wallet.ledger, quarters[0], quarters[-1])
    statements = STATEMENTS.get(exchange, ())
    if statements and not proof.sums.statements.is_whole:
        yield ask_for_statement(statements[0].heading)


def ask_for_statement(columns: str) -> Message:
    """Return what to do where the exchange's site gives every change of every wallet as a file."""
    text = _(
        "Before you close, download the file of all transactions of all accounts and coins on the exchange's site, "
        "with the columns {columns}, from your first day on, and add it with `audit archive add`. If it takes several "
        "files, let each begin some days before the one before it ends, so that nothing can be between them unseen."
    )
    return text.format(columns=columns)


def ask_for_quarters(ledger: Ledger, first: str, last: str) -> Message:
    """Return what to do about quarters that no request gives."""
    text = _(
        "{wallet}: ask for the files of each quarter from {first} to {last} on the exchange's site before you close, "
        "and add them with `audit archive add`."
    )
    return text.format(wallet=_(ledger.title), first=first, last=last)


def download_quarters(ledger: Ledger, first: str, last: str) -> Message:
    """Return what to do about quarters that no request gives, of an exchange whose files this program cannot read."""
    text = _(
        "{wallet}: download its rows from {first} to {last} on the exchange's site before you close, and keep the "
        "files beside this archive: this program cannot read them yet."
    )
    return text.format(wallet=_(ledger.title), first=first, last=last)
