"""What the report of an archive says, whatever it is drawn as."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.archive.exports.notes import Notes
from auditor.archive.facts import RunFacts
from auditor.archive.imports.catalogue import FORMATS, STATEMENTS
from auditor.archive.outcome import ArchiveStatus, Outcome, ProofKind
from auditor.archive.proof import Proof
from auditor.archive.state import Status
from auditor.archive.times import from_milliseconds
from auditor.archive.wallet_proof import CoinProof
from auditor.i18n import Message, Text, Translator, _, day, moment
from auditor.model import amounts
from auditor.spec.ledger import Ledger

Section = tuple[Message, tuple[Text, ...]]
"""A heading and its items."""

COMPLETE = {
    ProofKind.PROVED: _("Complete: no change of a balance is missing since the account was empty."),
    ProofKind.SUMMED: _(
        "Complete, by sums: from nothing, all changes come to every balance that the exchange shows. It prints no "
        "balance after each change."
    ),
    ProofKind.DERIVED: _(
        "Complete, some of it derived: what is in products without a list of their own follows from what was paid in "
        "and out."
    ),
}
HEADLINES = {
    ArchiveStatus.PARTIAL: _("Partial: nothing here contradicts itself, but not everything is here."),
    ArchiveStatus.DIFFERS: _("Does not reconcile: something is missing or altered."),
    ArchiveStatus.UNFINISHED: _(
        "Unfinished: run the same command again, it goes on where it stopped. If it stays so, --fresh begins anew."
    ),
}
PRIVATE = _("This folder holds the account's movements and other private details: keep it as you keep a tax file.")
WHAT_TO_TRY = (
    _("What to try: make the archive anew (--fresh), compare with the export of the exchange's site, ask its support."),
)
KEEP = _("Keep a copy of this folder in a second place, and check it there: `audit archive verify FOLDER`.")
NOTHING_MORE = _(
    "Nothing more can be fetched with this key. Decide whether you can do without what is listed below: after closing "
    "nobody can fetch it."
)
CHECKS = (
    _(
        "`sha256sum -c manifest-sha256.txt` in this folder (on a Mac `shasum -a 256 -c manifest-sha256.txt`): no file "
        "was changed since."
    ),
    _(
        "`bagit.py --validate .` in this folder: the same by the program of the Library of Congress, and that no file "
        "was added."
    ),
    _(
        "`bean-check` with the file .beancount in data/exports: another program adds up every change and compares with "
        "the balances that the exchange printed."
    ),
    _("tables/balances.csv: opening balance and all changes come to what the exchange showed."),
    _("raw: each answer as it came, with its time, in lines of JSON that `zcat` shows."),
)
RUNNING = (
    _(
        "tables/ledger.csv: for each wallet and asset, from the newest row to the oldest, the balance without the "
        "change is the balance of the row before. Rows of one millisecond may be in another order."
    ),
)
"""What can be checked where the exchange prints balances."""
LIMITS = (
    _(
        "That the answers came from the exchange: nobody signs them. Before closing, anybody with a key can fetch them "
        "again."
    ),
)
BALANCE_HEADS = (
    *(_("Wallet"), _("Asset"), _("Opening"), _("Changes"), _("Closing"), _("Shown"), _("First row"), _("Proof")),
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a report is about. ``notes``: of the exports beside it."""

    facts: RunFacts
    proof: Proof
    outcome: Outcome
    notes: Notes


def headline(status: ArchiveStatus, kind: ProofKind) -> Message:
    """Return how an archive stands, in words: one that is complete by its weakest kind of proof."""
    return COMPLETE[kind] if status is ArchiveStatus.COMPLETE else HEADLINES[status]


def has_commands(text: Text) -> bool:
    """Return whether backticks in a sentence are around commands: all are this program's own, none came in a value."""
    if not isinstance(text, Message) or "`" not in text.template:
        return False
    values = text.values.values() if isinstance(text.values, Mapping) else text.values or ()
    return not any("`" in str(value) for value in values)


def title(facts: RunFacts) -> Message:
    """Return the report's title."""
    return _("Archive of account {uid} at {exchange}").format(uid=facts.uid, exchange=facts.name)


def made_line(facts: RunFacts) -> Message:
    """Return when it was made, and with what key."""
    return _("Made {moment} with a key that can only read.").format(moment=moment(facts.finished_at))


def sections(contents: Contents) -> Iterator[Section]:
    """Yield what to do before closing, what is proved, what does not fit, and what is missing.

    A section without an item is left out.
    """
    outcome, proof = contents.outcome, contents.proof
    yield _("Before you close"), (*_to_do(contents.facts, outcome, proof), KEEP)
    yield _("What is proved"), outcome.wallets
    if outcome.faults:
        yield _("What does not fit"), outcome.faults
    if outcome.gaps:
        yield _("What is not in this archive"), outcome.gaps


def _to_do(facts: RunFacts, outcome: Outcome, proof: Proof) -> Iterator[Message]:
    """Yield what only somebody with an open account can do."""
    if outcome.status is ArchiveStatus.COMPLETE:
        yield _(
            "Every change of your balances is here: closing loses none of them. Read below what nothing here proves."
        )
        return
    if outcome.faults:
        yield _("Do not close yet: what does not fit can only be cleared up while the account is open.")
        yield from WHAT_TO_TRY
    steps = (*_to_run_again(facts), *_to_ask_for(outcome, proof, facts.exchange))
    yield from steps or (() if outcome.faults else (NOTHING_MORE,))


def _to_run_again(facts: RunFacts) -> Iterator[Message]:
    refused = sum(end.status is not Status.ENDED for end in facts.lists)
    if refused:
        text = _("Lists that were not read to their end: {count}. See below what was refused, and run it again.")
        yield text.format(count=refused)
    if any(end.cut for end in facts.lists):
        yield _("Older rows were left out, since you asked for that: run it again without --since.")
    elif facts.since:
        yield _("Run it again without --since: only then can it be complete.")
    if not facts.rested:
        yield _("Something moved while it was read: stop bots, cancel orders, and run it again.")


def _exported(contents: Contents) -> Section:
    """Return the files for other programs, and what to know of them."""
    is_complete = contents.outcome.status is ArchiveStatus.COMPLETE
    unsafe = () if is_complete else (_("Their first row says that this archive is not complete."),)
    files = (
        _("`data/exports/koinly.csv`: Koinly, as a custom CSV file."),
        _("`data/exports/rotki_events.csv` and `rotki_trades.csv`: rotki, as its generic events and trades."),
        _("The file .beancount in data/exports: Beancount."),
        _(
            "For a part of the time, or for a spreadsheet: "
            "`audit archive export FOLDER --format csv --from DAY --to DAY`."
        ),
    )
    return _("Files for other programs"), (*files, *unsafe, *_unknown(contents.proof), *contents.notes.messages())


def checks(contents: Contents) -> Iterator[Section]:
    """Yield how to check an archive, what nothing in it proves, and which of its files are for other programs."""
    yield _("How to check it without this program"), (*CHECKS, *(RUNNING if contents.proof.wallets else ()))
    yield _("What nothing here proves"), (*LIMITS, *contents.outcome.notes, *_before(contents.proof))
    yield _exported(contents)


def balance_cells(coin: CoinProof, translate: Translator) -> tuple[str, ...]:
    """Return the cells of a coin below `BALANCE_HEADS`, without its wallet."""
    figures = (coin.opening, coin.change, coin.closing, coin.shown)
    first = translate(day(from_milliseconds(coin.first_time))) if coin.first_time else ""
    shown = ("" if figure is None else amounts.short(figure) for figure in figures)
    return (coin.asset, *shown, first, translate(_(coin.status.value)))


def _before(proof: Proof) -> Iterator[Message]:
    """Yield what may have been before the exchange's lists begin: of a wallet that others pay into, they tell."""
    for wallet in (one for one in proof.wallets if not one.ledger.pays_in):
        text = _("{wallet}: the exchange's list goes back this far: {reach}. What was gone by then is unknown.")
        yield text.format(wallet=_(wallet.ledger.title), reach=_(wallet.ledger.reach.words))


def _unknown(proof: Proof) -> Iterator[Message]:
    """Yield types without a name here: their rows are in the archive, and are proved as all others."""
    for wallet in proof.places:
        if wallet.unknown:
            text = _("{wallet}: types of rows that this program does not know, kept as other: {types}.")
            yield text.format(wallet=_(wallet.ledger.title), types=", ".join(sorted(wallet.unknown)))


def _to_ask_for(outcome: Outcome, proof: Proof, exchange: str) -> Iterator[Message]:
    for wallet in proof.wallets:
        quarters = outcome.quarters.get(wallet.ledger.id, ())
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
