"""Finish an archive whose answers and files are there: prove, write tables and reports, seal, give it its name."""

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from auditor.archive.accounts import with_accounts
from auditor.archive.beside import write_dictionary
from auditor.archive.document import read_document, write_document
from auditor.archive.exports.sealed import write_sealed
from auditor.archive.facts import RunFacts
from auditor.archive.folder import TABLES, sealed_folder, sync_folder
from auditor.archive.next_steps import next_steps
from auditor.archive.outcome import Outcome, judge
from auditor.archive.proof import prove
from auditor.archive.report import write_report
from auditor.archive.report_content import Contents
from auditor.archive.seal import seal
from auditor.i18n import Message, Translator
from auditor.model.clock import now
from auditor.spec.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive: its folder, what it proves, and what to do before the account is closed."""

    folder: Path
    outcome: Outcome
    steps: tuple[Message, ...] = ()


def finish(part: Path, parent: Path, exchange: Exchange, facts: RunFacts, translate: Translator) -> Archive:
    """Seal what is in ``part``, and move it to a name of its own in ``parent``."""
    exchange = with_accounts(exchange, part)
    proof = prove(part, exchange, part / TABLES, facts)
    outcome = judge(facts, proof, exchange)
    write_document(part, facts, proof, outcome, exchange)
    write_dictionary(part, exchange)
    notes = write_sealed(part, read_document(part), exchange)
    # In UTC, as the tables: whoever reads it need not know where it was made.
    write_report(part, Contents(facts, proof, outcome, notes), translate.in_utc())
    seal(part, bag_facts(facts))
    folder = sealed_folder(parent, facts.exchange, facts.uid, now().astimezone(UTC).date())
    part.rename(folder)
    sync_folder(parent)
    return Archive(folder, outcome, next_steps(facts, outcome, proof))


def bag_facts(facts: RunFacts) -> dict[str, str]:
    """Return the lines of bag-info.txt."""
    described = f"History of account {facts.uid} at {facts.name}, as its API gave it"
    previous = {"Previous-Archive-Seal": facts.previous} if facts.previous else {}
    return {
        "External-Description": described,
        "External-Identifier": f"{facts.exchange}:{facts.uid}",
        "Bagging-Date": facts.finished_at.date().isoformat(),
        **previous,
    }
