"""An account at a made-up exchange that prints no balances: fills, deposits, withdrawals and transfers, by hand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.folder import ANCHOR, raw_file
from auditor.archive.outcome import Outcome, judge
from auditor.archive.proof import Proof, prove
from auditor.archive.raw import RawAnswer, append, member
from auditor.archive.state import Status
from auditor.archive.times import milliseconds_of
from auditor.exchanges.registry import load
from auditor.model.amounts import parse, product
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.exchange import Exchange
from auditor.spec.fields import amount, text, time
from auditor.spec.history import History, WalletTransfer
from auditor.spec.history_tables import IN_COIN
from auditor.spec.ledger import ShownBalances
from auditor.spec.paged_list import Reach
from auditor.spec.parsed_row import Row
from auditor.spec.summed import Change, ChangedRow, ChangeList, SummedWallet
from tests.archive.archiving import NOW

DAY = 86_400_000
TODAY = milliseconds_of(NOW)
FOR_EVER = Reach(words="for ever", source="a made-up page")
HALF_A_YEAR = Reach(words="the last 6 months", source="a made-up page", back=timedelta(days=180))
Rows = Sequence[Mapping[str, Any]]


def fill(row: Row) -> ChangedRow:
    """A buy of the coin for USDT, with a fee in perhaps a third coin."""
    coin, size, fee = row.text("coin"), row.amount("size"), row.amount("fee")
    return ChangedRow(
        id=row.text("id"),
        time=int(row.hint("time")),
        changes=(
            Change(wallet="spot", asset=coin, amount=size, kind="trade"),
            Change(wallet="spot", asset="USDT", amount=-product(size, row.amount("price")), kind="trade"),
            Change(wallet="spot", asset=row.text("feeCoin"), amount=-fee, kind="fee"),
        ),
        type="fill",
        perhaps=row.hint("perhaps"),
        instrument=f"{coin}USDT",
        order_id=row.text("id"),
        trade_id=row.text("id"),
        cells=(
            f"{coin}USDT",
            "buy",
            *row.hints("price", "size"),
            IN_COIN,
            *row.hints("fee", "feeCoin"),
            "",
            row.text("id"),
            row.text("id"),
            "",
        ),
    )


def movement(row: Row) -> ChangedRow:
    """A deposit, or a withdrawal that has its fee beside the amount; perhaps with the balance after it."""
    size, state = row.amount("size"), row.text("state")
    fee = parse(row.hint("fee")) or 0
    change = size if size > 0 else size - fee
    kind = "deposit" if size > 0 else "withdrawal"
    done = (Change(wallet="spot", asset=row.text("coin"), amount=change, kind=kind, balance=row.hint("balance")),)
    return ChangedRow(
        id=row.text("id"),
        time=int(row.hint("time")),
        changes=done if state == "done" else (),
        type=state,
        cells=(
            kind,
            row.text("coin"),
            row.hint("size").lstrip("-"),
            row.hint("fee"),
            "",
            "",
            "",
            row.text("id"),
            state,
        ),
        unknown="" if state in {"done", "failed"} else state,
    )


def transfer(row: Row) -> ChangedRow:
    """A transfer out of spot into another wallet."""
    coin, size, other = row.text("coin"), row.amount("size"), row.text("to")
    return ChangedRow(
        id=row.text("id"),
        time=int(row.hint("time")),
        changes=(
            Change(wallet="spot", asset=coin, amount=-size, kind="transfer"),
            Change(wallet=other, asset=coin, amount=size, kind="transfer"),
        ),
        type=other,
        cells=("spot", other, "", "", coin, row.hint("size"), ""),
    )


def _list(name: str, read: Any, fields: tuple[Any, ...], *wallets: str, **more: Any) -> ChangeList:
    return ChangeList(
        id=name,
        title=name,
        endpoint=Endpoint(path=f"account/{name}", limit=Limit(1, 1), source="a made-up page"),
        reach=more.pop("reach", FOR_EVER),
        key="id",
        time="time",
        wallets=wallets,
        fields=(text("id"), time("time"), text("coin"), amount("size"), *fields),
        read=read,
        **more,
    )


FILLS = _list("fills", fill, (amount("price"), amount("fee"), text("feeCoin")), "spot", table="fills")
MOVEMENTS = _list(
    *("movements", movement, (text("state"),), "spot"),
    table="movements",
    unused={"-7": "This account has no such product."},
)
TRANSFERS = _list("transfers", transfer, (text("to"),), "spot", "funding", table="transfers", reach=HALF_A_YEAR)
CHANGES = (FILLS, MOVEMENTS, TRANSFERS)


def _wallet(name: str, **more: Any) -> SummedWallet:
    shown = ShownBalances(
        endpoint=Endpoint(path=f"account/{name}", limit=Limit(1, 1), source="a made-up page"),
        asset="coin",
        amount="free",
        more=("locked",),
    )
    return SummedWallet(wallet=name, title=name.capitalize(), shown=shown, **more)


@dataclass(frozen=True)
class Story:
    """What an account's lists and wallets show. ``ends``: lists that ended otherwise than by running out."""

    lists: Mapping[str, Rows]
    shown: Mapping[str, Mapping[str, str] | None]
    ends: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rested: bool = True
    elsewhere: tuple[str, ...] = ()
    most: int = 0
    skipped: str = ""
    group: str = ""
    begins_late: bool = False
    transfers: tuple[WalletTransfer, ...] = ()

    def exchange(self) -> Exchange:
        changes = tuple(replace(one, most=self.most) for one in CHANGES)
        how: dict[str, Any] = {name: getattr(self, name) for name in ("elsewhere", "group", "begins_late")}
        wallets = tuple(_wallet(name, **how) for name in ("spot", "funding"))
        others = {"futures": "Futures"}
        history = History(ledgers=(), summed=wallets, changes=changes, others=others, transfers=self.transfers)
        return replace(load("okx"), history=history)

    def facts(self) -> RunFacts:
        texts: dict[str, Any] = dict.fromkeys(("account", "name", "host", "environment", "uid"), "made-up")
        ends = tuple(
            ListEnd(**{"id": one.id, "status": Status.ENDED, "cut": False, "rows": 1, **self.ends.get(one.id, {})})
            for one in CHANGES
            if one.id != self.skipped
        )
        times: dict[str, Any] = {"started_at": NOW, "finished_at": NOW}
        return RunFacts(**texts, **times, exchange="okx", kind="main", rights=(), rested=self.rested, lists=ends)

    def judged(self, folder: Path) -> tuple[Proof, Outcome]:
        """What an archive of it proves, whose raw answers and tables lie in a folder."""
        prefix = self.exchange().api.prefix
        for name, rows in self.lists.items():
            _write(folder, name, f"{prefix}account/{name}", [rows[: len(rows) // 2], rows[len(rows) // 2 :]])
        for name, coins in self.shown.items():
            held = [{"coin": coin, "free": amount, "locked": "0"} for coin, amount in (coins or {}).items()]
            _write(folder, ANCHOR, f"{prefix}account/{name}", [held] if coins is not None else [])
        proof = prove(folder, self.exchange(), folder / "data/tables", self.facts())
        return proof, judge(self.facts(), proof, self.exchange())


def _write(folder: Path, name: str, path: str, pages: Sequence[Rows]) -> None:
    file = raw_file(folder, name)
    for rows in pages:
        body = json.dumps({"code": "0", "msg": "", "data": list(rows)})
        answer = RawAnswer(asked_at="", method="GET", path=path, params={}, status=200, date="", body=body)
        append(file, member(answer), file.stat().st_size if file.exists() else 0)
