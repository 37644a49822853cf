"""The generated history of a demo account: every kind of change that OKX's two ledgers know, from one seed.

What happened comes first, the rows follow from it: the true balances are those of the story, and a client's sums can be
compared with them. Rows are as documented at https://www.okx.com/docs-v5/en/#funding-account-rest-api-asset-bills-details
and #trading-account-rest-api-get-bills-details-last-7-days: `balChg` is the change, `bal` the balance after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random

from auditor.demo.model import Account, Row
from auditor.demo.okx.story_lists import explaining_lists
from auditor.demo.okx.story_wallet import Wallet
from auditor.demo.story_times import story_times

DAY = 86_400_000
"""Milliseconds."""
WEEK, MONTH = 7 * DAY, 30 * DAY
FUNDING, TRADING = "asset/bills-history", "account/bills-archive"
FUNDING_MONTH, TRADING_WEEK = "asset/bills", "account/bills"
FILLS, DEPOSITS, WITHDRAWALS = "trade/fills-history", "asset/deposit-history", "asset/withdrawal-history"
SUB_TRANSFERS, CONVERSIONS = "asset/subaccount/bills", "asset/convert/history"
PRICES = {"BTC": Decimal(64000), "ETH": Decimal(2600), "SOL": Decimal(140), "DOGE": Decimal("0.1")}
FEE = Decimal("0.001")
FINEST, EARNED = Decimal("1E-18"), Decimal("0.002")
_BLANK = dict.fromkeys(
    (
        *("clOrdId", "execType", "fillIdxPx", "fillTime", "from", "instId", "instType", "mgnMode", "notes", "ordId"),
        *("posBal", "posBalChg", "px", "sz", "tag", "to", "tradeId"),
    ),
    "",
)


class Story:
    """What happens to one account: call the parts of it, or let `tell` choose."""

    def __init__(self, seed: int) -> None:
        """Begin with nothing."""
        self.random = Random(seed)  # noqa: S311 - a made-up history
        self.funding, self.trading = Wallet(10_000_000_000), Wallet(500_000_000_000_000_000)
        self.beside: defaultdict[str, list[Row]] = defaultdict(list)
        self.invested: defaultdict[str, Decimal] = defaultdict(Decimal)
        self.earned: defaultdict[str, Decimal] = defaultdict(Decimal)
        self._orders = 700_000_000_000

    def tell(self, events: int, first: int, last: int) -> Story:
        """Let so many things happen between two times (Unix ms), the first of which is a deposit."""
        parts: list[Callable[[int], None]] = [
            self.deposit, self.withdraw, self.pass_on, self.move_in, self.move_out, self.buy, self.buy, self.sell,
            self.invest, self.redeem, self.pay_interest, self.pay_funding, self.close_swap, self.sweep,
            self.give_to_sub, self.convert, self.convert_trading,
        ]  # fmt: skip
        step = max((last - first) // events, 1)
        self.deposit(first)
        for time in story_times(first, step, events):
            self.random.choice(parts)(time)
        return self

    def deposit(self, time: int) -> None:
        """Receive a coin, with as many digits as a chain has."""
        ccy = self.random.choice(["USDT", *PRICES])
        worth = Decimal(self.random.randrange(50, 5000))
        amount = (worth / PRICES.get(ccy, Decimal(1))).quantize(FINEST if ccy == "ETH" else Decimal("1E-8"))
        self._receive(time, ccy, amount)

    def withdraw(self, time: int) -> None:
        """Send out a part of a coin; the ledger counts the fee with it."""
        row = self._spend_part(time, "2")
        if row is not None:
            self._sent(row, -Decimal(row["balChg"]) / 1000)

    def pass_on(self, time: int) -> None:
        """Receive a coin and send it straight on: two neighbouring rows that cancel out."""
        amount = Decimal(self.random.randrange(1, 900)) / 8
        self._receive(time, "USDC", amount)
        self._sent(self._fund(time + 1, "USDC", -amount, "2"), Decimal(0))

    def move_in(self, time: int) -> None:
        """Move a part of a coin from the funding to the trading account."""
        ccy, amount = self._part(self.funding)
        if amount:
            self._fund(time, ccy, -amount, "131")
            self._trade(time, ccy, amount, "1", "11", **{"from": "6", "to": "18"})

    def move_out(self, time: int) -> None:
        """Move a part of a coin back."""
        ccy, amount = self._part(self.trading)
        if amount:
            self._trade(time, ccy, -amount, "1", "12", **{"from": "18", "to": "6"})
            self._fund(time, ccy, amount, "130")

    def buy(self, time: int) -> None:
        """Buy a coin with what USDT is there, or on credit: the fee is taken from what is received."""
        ccy = self.random.choice(sorted(PRICES))
        spent = Decimal(self.random.randrange(10, 400))
        received = (spent / PRICES[ccy]).quantize(Decimal("1E-15"))
        pair, ids = f"{ccy}-USDT", self._ids()
        fee = -received * FEE
        bill = self._spot(time, ccy, received, fee, "1", instId=pair, **ids)
        self._spot(time, "USDT", -spent, Decimal(0), "2", instId=pair, **ids)
        self._fill(bill, "buy", PRICES[ccy], received, ccy)

    def sell(self, time: int) -> None:
        """Sell a part of a coin."""
        ccy, amount = self._part(self.trading)
        if amount and ccy in PRICES:
            received = (amount * PRICES[ccy]).quantize(Decimal("1E-12"))
            pair, ids = f"{ccy}-USDT", self._ids()
            self._spot(time, ccy, -amount, Decimal(0), "2", instId=pair, **ids)
            bill = self._spot(time, "USDT", received, -received * FEE, "1", instId=pair, **ids)
            self._fill(bill, "sell", PRICES[ccy], amount, "USDT")

    def invest(self, time: int) -> None:
        """Put a part of a coin into Simple Earn."""
        row = self._spend_part(time, "75")
        if row is not None:
            self.invested[row["ccy"]] -= Decimal(row["balChg"])

    def redeem(self, time: int) -> None:
        """Take a part out of Simple Earn, or all, with what it earned."""
        held = sorted(ccy for ccy, amount in self.invested.items() if amount)
        if held:
            ccy = self.random.choice(held)
            amount = self.invested[ccy]
            part = amount if self.random.random() < 0.5 else (amount / 3).quantize(FINEST)  # noqa: PLR2004
            earned = (part * EARNED).quantize(FINEST)
            self.invested[ccy] -= part
            self.earned[ccy] += earned
            self._fund(time, ccy, part + earned, "76")

    def pay_interest(self, time: int) -> None:
        """Pay interest on a margin loan; the balance may fall below zero."""
        self._trade(time, "USDT", -Decimal(self.random.randrange(1, 90)) / 100, "7", "9")

    def pay_funding(self, time: int) -> None:
        """Pay the funding fee of a swap."""
        pnl = -Decimal(self.random.randrange(1, 500)) / 400
        self._trade(time, "USDT", pnl, "8", "173", pnl=format(pnl, "f"), instType="SWAP", instId="BTC-USDT-SWAP")

    def close_swap(self, time: int) -> None:
        """Close a swap: the change is profit and fee."""
        pnl, fee = Decimal(self.random.randrange(-800, 1000)) / 10, -Decimal(self.random.randrange(1, 90)) / 100
        figures = {"pnl": format(pnl, "f"), "fee": format(fee, "f"), "instType": "SWAP", "instId": "ETH-USDT-SWAP"}
        bill = self._trade(time, "USDT", pnl + fee, "2", "5", **self._ids(), **figures)
        self._fill(bill, "sell", PRICES["ETH"], Decimal(self.random.randrange(1, 50)), "USDT")

    def sweep(self, time: int) -> None:
        """Convert the whole of a small coin."""
        amount = self.trading.balances["DOGE"]
        if amount > 0:
            self._trade(time, "DOGE", -amount, "28", "237")
            self._trade(time, "USDT", (amount * PRICES["DOGE"]).quantize(Decimal("1E-9")), "28", "236")

    def give_to_sub(self, time: int) -> None:
        """Send a part of a coin to a sub-account."""
        row = self._spend_part(time, "20")
        if row is not None:
            bill = {"billId": row["billId"], "ccy": row["ccy"], "amt": row["balChg"].removeprefix("-"), "type": "0"}
            self.beside[SUB_TRANSFERS].append({**bill, "subAcct": "demo-sub", "ts": row["ts"]})

    def convert(self, time: int) -> None:
        """Convert a part of a coin of the funding account to USDC."""
        ccy, amount = self._part(self.funding)
        if not amount or ccy == "USDC":
            return
        given = self._fund(time, ccy, -amount, "272")
        price = PRICES.get(ccy, Decimal(1))
        received = (-Decimal(given["balChg"]) * price).quantize(Decimal("1E-10"))
        self._fund(time, "USDC", received, "273")
        self._converted(given, received, price)

    def convert_trading(self, time: int) -> None:
        """Convert a part of a coin of the trading account to USDC."""
        ccy, amount = self._part(self.trading)
        if not amount or ccy == "USDC":
            return
        price = PRICES.get(ccy, Decimal(1))
        received = (amount * price).quantize(Decimal("1E-10"))
        given = self._trade(time, ccy, -amount, "27", "319")
        self._trade(time, "USDC", received, "27", "318")
        self._converted(given, received, price)

    def account(self, account: Account, now: int) -> Account:
        """Return ``account`` with these ledgers and balances at a time (Unix ms)."""
        held = {name: wallet.balances.items() for name, wallet in (("f", self.funding), ("t", self.trading))}
        shown = [{"ccy": ccy, "bal": format(amount, "f")} for ccy, amount in held["f"] if amount]
        cash = [{"ccy": ccy, "cashBal": format(amount, "f")} for ccy, amount in held["t"] if amount]
        books = {
            "asset/balances": shown,
            "account/balance": cash,
            FUNDING: self.funding.rows,
            TRADING: self.trading.rows,
            **self.beside,
            "finance/savings/balance": list(self._savings()),
            **explaining_lists(self.trading.rows, self.beside[FILLS], now),
            # Shorter lists of the same rows: a month and a week.
            FUNDING_MONTH: self.funding.since(now - MONTH),
            TRADING_WEEK: self.trading.since(now - WEEK),
        }
        return account.with_(books={**account.books, **books})

    def _savings(self) -> Iterator[Row]:
        """Write what is in Simple Earn, with what it earned since."""
        for ccy, amount in sorted(self.invested.items()):
            accrued = (amount * EARNED / 2).quantize(FINEST)
            figures = {"amt": format(amount + accrued, "f"), "earnings": format(accrued, "f")}
            if amount:
                yield {"ccy": ccy, **figures, "loanAmt": "0", "pendingAmt": "0", "rate": "0.01", "redemptAmt": ""}

    def _converted(self, given: Row, received: Decimal, price: Decimal) -> None:
        """Write the conversion to USDC that a row of a ledger is one half of."""
        sizes = {"fillBaseSz": given["balChg"].removeprefix("-"), "fillQuoteSz": format(received, "f")}
        coins = {"baseCcy": given["ccy"], "quoteCcy": "USDC", "instId": f"{given['ccy']}-USDC", "side": "sell"}
        ids = {"tradeId": self._order(), "clTReqId": "", "quoteId": "", "state": "fullyFilled"}
        self.beside[CONVERSIONS].append({**ids, **coins, **sizes, "fillPx": format(price, "f"), "ts": given["ts"]})

    def _receive(self, time: int, ccy: str, amount: Decimal) -> None:
        """Receive a coin: the deposit is seen 25 minutes before it is credited."""
        row = self._fund(time, ccy, amount, "1")
        known = {"depId": self._order(), "ccy": ccy, "amt": row["balChg"], "chain": f"{ccy}-Demo", "state": "2"}
        sender = {"from": "", "to": "demo-address", "txId": f"demo-tx-{row['billId']}", "fromWdId": ""}
        deposit = {**known, **sender, "actualDepBlkConfirm": "12", "ts": str(int(row["ts"]) - 1_500_000)}
        self.beside[DEPOSITS].append(deposit)

    def _sent(self, row: Row, fee: Decimal) -> None:
        """Write the withdrawal that a row of the ledger is of."""
        ccy, sent = row["ccy"], -Decimal(row["balChg"]) - fee
        known = {"wdId": self._order(), "ccy": ccy, "chain": f"{ccy}-Demo", "state": "2", "clientId": ""}
        receiver = {"from": "", "to": "demo-address", "txId": f"demo-tx-{row['billId']}"}
        figures = {"amt": format(sent, "f"), "fee": format(fee, "f"), "feeCcy": ccy}
        self.beside[WITHDRAWALS].append({**known, **receiver, **figures, "ts": row["ts"]})

    def _fill(self, bill: Row, side: str, price: Decimal, size: Decimal, fee_ccy: str) -> None:
        """Write the fill that a row of the ledger is of."""
        names = ("billId", "fee", "instId", "instType", "ordId", "tradeId", "ts")
        figures = {"fillPx": format(price, "f"), "fillSz": format(size, "f"), "feeCcy": fee_ccy}
        more = {"side": side, "posSide": "net", "execType": "T", "clOrdId": "", "tag": "", "fillTime": bill["ts"]}
        self.beside[FILLS].append({**{name: bill[name] for name in names}, **figures, **more})

    def _ids(self) -> dict[str, str]:
        return {"ordId": self._order(), "tradeId": self._order()}

    def _spend_part(self, time: int, kind: str) -> Row | None:
        ccy, amount = self._part(self.funding)
        return self._fund(time, ccy, -amount, kind) if amount else None

    def _part(self, wallet: Wallet) -> tuple[str, Decimal]:
        """Choose a coin that is there, and a part of it, or all."""
        held = sorted(ccy for ccy, amount in wallet.balances.items() if amount > 0)
        if not held:
            return "USDT", Decimal(0)
        ccy = self.random.choice(held)
        amount = wallet.balances[ccy]
        return ccy, amount if self.random.random() < 0.2 else (amount / 3).quantize(FINEST)  # noqa: PLR2004

    def _fund(self, time: int, ccy: str, change: Decimal, kind: str) -> Row:
        return self.funding.post(time, ccy, change, type=kind, clientId="", notes="")

    def _trade(self, time: int, ccy: str, change: Decimal, kind: str, sub: str, **fields: str) -> Row:
        row = {**_BLANK, "fee": "0", "interest": "0", "pnl": "0", "type": kind, "subType": sub, **fields}
        return self.trading.post(time, ccy, change, **row)

    def _spot(self, time: int, ccy: str, size: Decimal, fee: Decimal, sub: str, **ids: str) -> Row:
        figures = {"sz": format(abs(size), "f"), "fee": format(fee, "f"), "instType": "SPOT"}
        return self._trade(time, ccy, size + fee, "2", sub, **ids, **figures)

    def _order(self) -> str:
        self._orders += 1
        return str(self._orders)


def story_account(account: Account, now: float, *, seed: int = 1, events: int = 900, days: int = 1000) -> Account:
    """Return ``account`` with a history of so many ``days`` up to ``now`` (Unix seconds)."""
    last = int(now * 1000) - 60_000
    return Story(seed).tell(events, last - days * DAY, last).account(account, last)
