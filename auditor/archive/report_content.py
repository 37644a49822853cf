"""What the report of an archive says, whatever it is drawn as."""

from collections.abc import Iterator

from auditor.archive.facts import RunFacts
from auditor.archive.outcome import ArchiveStatus, Outcome
from auditor.archive.proof import Proof
from auditor.archive.times import from_milliseconds
from auditor.archive.wallet_proof import CoinProof
from auditor.i18n import Message, Text, Translator, _, day, moment
from auditor.model import amounts
from auditor.spec.history import Ledger

Section = tuple[Message, tuple[Text, ...]]
"""A heading and its items."""

HEADLINES = {
    ArchiveStatus.COMPLETE: _("Complete: no change of a balance is missing, back to nothing."),
    ArchiveStatus.PARTIAL: _("Partial: nothing contradicts, but not everything is here."),
    ArchiveStatus.DIFFERS: _("Does not reconcile: something is missing or altered."),
    ArchiveStatus.UNFINISHED: _(
        "Unfinished: run the same command again, it goes on where it stopped. If it stays so, --fresh begins anew."
    ),
}
PRIVATE = _("This folder holds the account's movements and other private details: keep it as you keep a tax file.")
WHAT_TO_TRY = (
    _("What to try: make the archive anew (--fresh), compare with the export of the exchange's site, ask its support."),
)
CHECKS = (
    _("`sha256sum -c manifest-sha256.txt` in this folder: no file was changed since."),
    _(
        "tables/ledger.csv: for each wallet and asset, from the newest row to the oldest, the balance without the "
        "change is the balance of the row before. Rows of one millisecond may be in another order."
    ),
    _("tables/balances.csv: opening balance and all changes come to what the exchange showed."),
    _("raw: each answer as it came, with its time, in lines of JSON that `zcat` shows."),
)
LIMITS = (
    _(
        "That the answers came from the exchange: nobody signs them. Before closing, anybody with a key can fetch them "
        "again."
    ),
)
BALANCE_HEADS = (
    *(_("Wallet"), _("Asset"), _("Opening"), _("Changes"), _("Closing"), _("Shown"), _("First row"), _("Proof")),
)


def title(facts: RunFacts) -> Message:
    """Return the report's title."""
    return _("Archive of account {uid} at {exchange}").format(uid=facts.uid, exchange=facts.name)


def made_line(facts: RunFacts) -> Message:
    """Return when it was made, and with what key."""
    return _("Made {moment} with a key that can only read.").format(moment=moment(facts.finished_at))


def sections(outcome: Outcome, proof: Proof) -> Iterator[Section]:
    """Yield what is proved, what does not fit, and what is missing.

    A section without an item is left out.
    """
    yield _("What is proved"), outcome.wallets
    if outcome.faults:
        yield _("What does not fit"), (*outcome.faults, *WHAT_TO_TRY)
    gaps = (*outcome.gaps, *_unknown(proof), *_to_ask_for(outcome, proof))
    if gaps:
        yield _("What is not in this archive"), gaps


def checks(outcome: Outcome, proof: Proof) -> Iterator[Section]:
    """Yield how to check an archive, and what nothing in it proves."""
    yield _("How to check it without this program"), CHECKS
    yield _("What nothing here proves"), (*LIMITS, *outcome.notes, *_before(proof))


def balance_cells(coin: CoinProof, translate: Translator) -> tuple[str, ...]:
    """Return the cells of a coin below `BALANCE_HEADS`, without its wallet."""
    figures = (coin.opening, coin.change, coin.closing, coin.shown)
    first = translate(day(from_milliseconds(coin.first_time))) if coin.first_time else ""
    shown = ("" if figure is None else amounts.plain(figure) for figure in figures)
    return (coin.asset, *shown, first, translate(_(coin.status.value)))


def _before(proof: Proof) -> Iterator[Message]:
    for wallet in proof.wallets:
        text = _("{wallet}: the exchange gives {reach}; what came before and left nothing behind is unknown.")
        yield text.format(wallet=_(wallet.ledger.title), reach=_(wallet.ledger.reach.words))


def _unknown(proof: Proof) -> Iterator[Message]:
    for wallet in proof.wallets:
        if wallet.unknown:
            text = _("{wallet}: types of rows that this program does not know, kept as other: {types}.")
            yield text.format(wallet=_(wallet.ledger.title), types=", ".join(sorted(wallet.unknown)))


def _to_ask_for(outcome: Outcome, proof: Proof) -> Iterator[Message]:
    for wallet in proof.wallets:
        quarters = outcome.quarters.get(wallet.ledger.id, ())
        if quarters:
            yield ask_for_quarters(wallet.ledger, quarters[0], quarters[-1])


def ask_for_quarters(ledger: Ledger, first: str, last: str) -> Message:
    """Return what to do about quarters that no request gives."""
    text = _(
        "{wallet}: ask for the files of each quarter from {first} to {last} on the exchange's site before you close, "
        "and keep them beside this folder."
    )
    return text.format(wallet=_(ledger.title), first=first, last=last)
