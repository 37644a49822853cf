"""data/archive.json: what was asked, how each list ended, and what was proved. Its JSON Schema lies beside it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from auditor import __version__
from auditor.archive.chain import Break
from auditor.archive.derived import DerivedCoin, DerivedProof
from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.folder import DATA, DOCUMENT
from auditor.archive.imports.imported_file import ImportedFile
from auditor.archive.list_group import ListProof
from auditor.archive.outcome import Outcome
from auditor.archive.pages import OddRow
from auditor.archive.proof import Proof
from auditor.archive.raw import DamagedError
from auditor.archive.state import Status
from auditor.archive.sum_doubts import ReadList
from auditor.archive.sum_proof import SumProof
from auditor.archive.times import iso
from auditor.archive.wallet_proof import CoinProof, WalletProof
from auditor.formats.atomic_write import replace_file
from auditor.i18n import _, verbatim
from auditor.model import amounts
from auditor.spec.exchange import Exchange
from auditor.spec.paged_list import PagedList

SCHEMA = "auditor.archive/1"
SCHEMA_FILE = "archive.schema.json"


def write_document(folder: Path, facts: RunFacts, proof: Proof, outcome: Outcome, exchange: Exchange) -> None:
    """Write the document and its schema into the folder of an archive."""
    document = {
        "schema": SCHEMA,
        "tool": {"version": __version__},
        "run": _run(facts),
        "status": outcome.status.value,
        "lists": _lists(facts, proof, exchange),
        **proved(proof, outcome),
    }
    replace_file(folder / DOCUMENT, (json.dumps(document, indent=1) + "\n").encode("ascii"))
    replace_file(folder / DATA / SCHEMA_FILE, files("auditor.archive").joinpath(SCHEMA_FILE).read_bytes())


def proved(proof: Proof, outcome: Outcome) -> dict[str, Any]:
    """Return the parts of the document that a verification makes anew from the raw answers."""
    return {
        "status": outcome.status.value,
        "proof": outcome.kind.value,
        "balances": [_balance(coin) for wallet in proof.places for coin in wallet.coins],
        "derived": [_derived(one, coin) for one in proof.derived for coin in one.coins.values()],
        "breaks": [_break(wallet, one) for wallet in proof.places for one in wallet.breaks],
        "odd_rows": [
            {"list": list_id, "reason": str(odd.reason), "source": odd.source}
            for list_id, oddities in _oddities(proof)
            for odd in oddities
        ],
        "unknown_types": {wallet.ledger.id: dict(sorted(wallet.unknown.items())) for wallet in proof.wallets},
        "gaps": [str(gap) for gap in outcome.gaps],
        "notes": [str(note) for note in outcome.notes],
        "second_lists": [_second(one) for _group, one in proof.witness.lists()],
        "imported": [_imported(one) for one in proof.imports.files],
        "missing_quarters": {name: list(quarters) for name, quarters in outcome.quarters.items()},
    }


def read_document(folder: Path) -> dict[str, Any]:
    """Return the document of an archive. Raises DamagedError."""
    try:
        document = json.loads((folder / DOCUMENT).read_bytes())
    except (OSError, ValueError):
        document = None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise DamagedError(_("{path} is not the document of an archive.").format(path=folder / DOCUMENT))
    return document


def facts_in(document: Mapping[str, Any]) -> RunFacts:
    """Return the facts of the run that made an archive. Raises DamagedError."""
    try:
        run, lists = dict(document["run"]), document["lists"]
        ends = tuple(
            ListEnd(
                id=one["id"],
                status=Status(one["ended"]),
                cut=one["cut"],
                rows=one["rows"],
                reason=one["reason"],
                code=one["code"],
                # Versions before had none.
                kept=one.get("kept", 0),
            )
            for one in lists
        )
        times = {name: datetime.fromisoformat(run.pop(name)) for name in ("started_at", "finished_at")}
        return RunFacts(
            **{
                **run,
                **times,
                "rights": tuple(run["rights"]),
                "doubts": tuple(map(verbatim, run.get("doubts", ()))),
                "lists": ends,
            }
        )
    except (KeyError, TypeError, ValueError):
        raise DamagedError(_("{path} is not the document of an archive.").format(path=DOCUMENT)) from None


def _run(facts: RunFacts) -> dict[str, Any]:
    names = (one.name for one in fields(facts) if one.name != "lists")
    return {name: _written(getattr(facts, name)) for name in names}


def _written(value: object) -> object:
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value


def _lists(facts: RunFacts, proof: Proof, exchange: Exchange) -> list[dict[str, Any]]:
    ledgers = {one.ledger.id: _list(one.ledger, one, exchange) for one in proof.wallets}
    seconds = {one.listed.id: _list(one.listed, one, exchange) for _group, one in proof.witness.lists()}
    changes = {one.listed.id: _list(one.listed, one, exchange) for one in proof.sums.lists}
    found = {**ledgers, **seconds, **changes}
    return [{"id": end.id, **found[end.id], **_end(end)} for end in facts.lists]


def _oddities(proof: Proof) -> Iterator[tuple[str, Sequence[OddRow]]]:
    """Yield the rows of each list that are not understood, with its id."""
    yield from ((wallet.ledger.id, wallet.oddities) for wallet in proof.wallets)
    yield from ((part.listed.id, part.oddities) for part in proof.sums.parts())


def _list(paged: PagedList, rows: WalletProof | ListProof | ReadList, exchange: Exchange) -> dict[str, Any]:
    endpoint = paged.endpoint
    return {
        "method": endpoint.method,
        "path": endpoint.full_path(exchange.api.prefix),
        "params": dict(endpoint.queries[-1].params),
        "source": endpoint.source,
        "reach": paged.reach.words,
        "reach_source": paged.reach.source,
        "oldest": iso(rows.first_time) if rows.first_time else None,
        "newest": iso(rows.last_time) if rows.last_time else None,
    }


def _end(end: ListEnd) -> dict[str, Any]:
    return {
        "ended": end.status.value,
        "cut": end.cut,
        "reason": str(end.reason),
        "code": end.code,
        "rows": end.rows,
        "kept": end.kept,
    }


def _imported(file: ImportedFile) -> dict[str, Any]:
    return {
        "file": file.source,
        "format": next((one.id for one in (file.format, file.statement) if one is not None), ""),
        "list": "" if file.format is None else file.format.ledger,
        "uid": file.heading.uid,
        "time_zone": file.heading.words,
        "rows": file.rows,
        "not_read": file.odd,
        "also_in_answers": file.matched,
        "oldest": iso(file.first_time) if file.rows else None,
        "newest": iso(file.last_time) if file.rows else None,
        "unread": str(file.unread),
    }


def _second(proof: ListProof) -> dict[str, Any]:
    return {
        "list": proof.listed.id,
        "rows": proof.rows,
        "not_read": proof.odd,
        "not_in_ledger": proof.missing,
        "in_part_in_ledger": proof.short,
        "in_no_ledger": proof.nowhere,
    }


def _balance(coin: CoinProof) -> dict[str, Any]:
    return {
        "wallet": coin.wallet,
        "asset": coin.asset,
        "opening": amounts.plain(coin.opening),
        "sum": amounts.plain(coin.change),
        "closing": amounts.plain(coin.closing),
        "shown": None if coin.shown is None else amounts.plain(coin.shown),
        "difference": None if coin.difference is None else amounts.plain(coin.difference),
        "first_row": iso(coin.first_time) if coin.first_time else None,
        "rows": coin.rows,
        "status": coin.status.value,
    }


def _derived(proof: DerivedProof, coin: DerivedCoin) -> dict[str, Any]:
    return {
        "wallet": proof.wallet.id,
        "asset": coin.asset,
        "paid_in": amounts.plain(coin.paid_in),
        "paid_out": amounts.plain(coin.paid_out),
        "shown": None if coin.shown is None else amounts.plain(coin.shown),
        "earned": None if coin.shown is None else amounts.plain(coin.earned),
        "rows": coin.rows,
        "status": coin.status.value,
    }


def _break(wallet: WalletProof | SumProof, one: Break) -> dict[str, Any]:
    return {
        "wallet": wallet.ledger.wallet,
        "asset": one.asset,
        "missing": amounts.plain(one.missing),
        "before": None if one.before is None else one.before.label,
        "after": one.after.label,
        "time": iso(one.after.time),
    }
