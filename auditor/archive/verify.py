"""Verify a sealed archive without a network: hashes first, then tables and proof made anew from the raw answers."""

import filecmp
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor import __version__
from auditor.archive.accounts import with_accounts
from auditor.archive.document import facts_in, proved, read_document
from auditor.archive.exports.sealed import check_sealed
from auditor.archive.folder import RAW, TABLES
from auditor.archive.outcome import Outcome, judge
from auditor.archive.proof import prove
from auditor.archive.raw import DamagedError
from auditor.archive.seal import check_seal
from auditor.archive.second_process import is_large, running
from auditor.archive.session import in_mode
from auditor.exchanges.registry import load
from auditor.i18n import Message, _
from auditor.model.errors import UserError
from auditor.spec.exchange import Exchange

WORDS = frozenset({"status", "gaps", "notes"})
"""What a version of this program says of a proof: another may say it otherwise."""


@dataclass(frozen=True, slots=True)
class Verified:
    """An archive whose tables and proof came out the same.

    ``files``: of raw answers; ``remarks``: what another version of this program than the one that made it says
    otherwise of the same proof.
    """

    outcome: Outcome
    files: int
    remarks: tuple[Message, ...] = ()


def verify(folder: Path) -> Verified:
    """Return what a sealed archive proves.

    Raises DamagedError, which names the file that was changed.
    """
    if not folder.is_dir():
        raise UserError(_("{path} is no folder of an archive.").format(path=folder))
    check_seal(folder)
    document = read_document(folder)
    try:
        return _proved_anew(folder, document)
    except DamagedError as error:
        made_by = str(document.get("tool", {}).get("version"))
        if made_by == __version__:
            raise
        text = _(
            "{message} It was made by version {made_by} of this program, and this is {version}: verify it with that."
        )
        raise DamagedError(text.format(message=error.message, made_by=made_by, version=__version__)) from None


def _proved_anew(folder: Path, document: dict[str, Any]) -> Verified:
    facts = facts_in(document)
    exchange = with_accounts(in_mode(exchange_of(facts.exchange), facts.mode), folder)
    with (
        tempfile.TemporaryDirectory(prefix="audit-verify-") as scratch,
        _exports(folder, document, scratch) as check_exports,
    ):
        proof = prove(folder, exchange, Path(scratch), facts, ahead=False)
        _compare_tables(folder, Path(scratch))
        outcome = judge(facts, proof, exchange)
        remarks = _compare_document(folder, document, proved(proof, outcome))
        check_exports()
    return Verified(outcome, sum(1 for _path in (folder / RAW).rglob("*.gz")), remarks)


def _compare_document(folder: Path, document: dict[str, Any], again: dict[str, Any]) -> tuple[Message, ...]:
    """Return what this version says otherwise of what another proved alike. Raise DamagedError for any difference."""
    made_by, then = str(document.get("tool", {}).get("version")), document.get("status")
    is_own = made_by == __version__
    differing = [name for name, value in again.items() if document.get(name) != value]
    for name in differing:
        is_later = name not in document and not again[name]
        if is_own or not (name in WORDS or is_later):
            text = _("{path}: {name} does not follow from the raw answers.")
            raise DamagedError(text.format(path=folder, name=name))
    if "status" in differing:
        text = _("Version {made_by} of this program called it {then}; this is {version}, and calls it {now}.")
        now = _(str(again["status"]))
        return (text.format(made_by=made_by, then=_(str(then)), version=__version__, now=now),)
    if differing:
        text = _(
            "It was made by version {made_by} of this program; this is {version}. Tables and proof are the same, and "
            "this version says some of it in other words."
        )
        return (text.format(made_by=made_by, version=__version__),)
    return ()


@contextmanager
def _exports(folder: Path, document: dict[str, Any], scratch: str) -> Iterator[Callable[[], None]]:
    """Check the exports against the tables beside them, those of a large archive while its proof is made anew.

    What is handed out raises DamagedError. That the tables follow from the raw answers is not checked here.
    """
    arguments = (folder, document, Path(scratch) / "exports")
    if not is_large(folder / TABLES / "ledger.csv"):
        yield lambda: _check_exports(*arguments)
        return
    with running(_check_exports, *arguments) as is_done:
        yield lambda: None if is_done() else _check_exports(*arguments)


def _check_exports(folder: Path, document: dict[str, Any], again: Path) -> None:
    facts = facts_in(document)
    check_sealed(folder, document, in_mode(exchange_of(facts.exchange), facts.mode), again)


def exchange_of(exchange_id: str) -> Exchange:
    """Return the table of an archive's exchange. Raises UserError."""
    try:
        return load(exchange_id)
    except KeyError:
        raise UserError(_("This program does not know {exchange}.").format(exchange=exchange_id)) from None


def _compare_tables(folder: Path, again: Path) -> None:
    for path in sorted(again.glob("*.csv")):
        sealed = folder / TABLES / path.name
        if not sealed.is_file() or not filecmp.cmp(path, sealed, shallow=False):
            raise DamagedError(_("{path} does not follow from the raw answers.").format(path=sealed))
