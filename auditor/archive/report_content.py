"""What the report of an archive says, whatever it is drawn as."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.archive.exports.notes import Notes
from auditor.archive.facts import RunFacts
from auditor.archive.next_steps import next_steps
from auditor.archive.outcome import ArchiveStatus, Outcome, ProofKind
from auditor.archive.proof import Proof
from auditor.archive.times import from_milliseconds
from auditor.archive.wallet_proof import CoinProof
from auditor.i18n import Message, Text, Translator, _, day, moment
from auditor.model import amounts

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
KEEP = _("Keep a copy of this folder in a second place, and check it there: `audit archive verify FOLDER`.")
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
    _(
        "tables/balances.csv: for each wallet and asset, opening balance and all changes come to the closing one. "
        "The difference is what the exchange showed beyond it."
    ),
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
    text = (
        _("Made {moment} with a key that can only read. Days are in UTC, as in the tables.")
        if facts.readonly
        else _(
            "Made {moment} by requests that only read. That the key can do no more was not shown. Days are in UTC, as "
            "in the tables."
        )
    )
    return text.format(moment=moment(facts.finished_at))


def sections(contents: Contents) -> Iterator[Section]:
    """Yield what to do before closing, what is proved, what does not fit, and what is missing.

    A section without an item is left out.
    """
    outcome = contents.outcome
    yield _("Before you close"), (*next_steps(contents.facts, outcome, contents.proof), KEEP)
    yield _("What is proved"), outcome.wallets
    if outcome.faults:
        yield _("What does not fit"), outcome.faults
    if outcome.gaps:
        yield _("What is not in this archive"), outcome.gaps


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
    for wallet in (one for one in proof.wallets if one.rows and not one.ledger.pays_in):
        text = _(
            "{wallet}: the exchange's list goes back this far: {reach}. What had come and was gone before its first "
            "row left no trace in it."
        )
        yield text.format(wallet=_(wallet.ledger.title), reach=_(wallet.ledger.reach.words))


def _unknown(proof: Proof) -> Iterator[Message]:
    """Yield types without a name here: their rows are in the archive, and are proved as all others."""
    for wallet in proof.places:
        if wallet.unknown:
            text = _("{wallet}: types of rows that this program does not know, kept as other: {types}.")
            yield text.format(wallet=_(wallet.ledger.title), types=", ".join(sorted(wallet.unknown)))
