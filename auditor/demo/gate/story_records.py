"""What the lists beside the account books of a generated history at Gate say.

Shapes are those of https://www.gate.com/docs/developers/apiv4 (June 2026).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from auditor.demo.gate.history_endpoints import BASE
from auditor.demo.gate.story_wallets import plain
from auditor.demo.model import Row

OWN_UID, OTHER_UID, SUB_UID = 73_000_001, 73_000_777, "73000042"
FIRST_ID = 1_879_219_000


class Deal(NamedTuple):
    """An order of a pair."""

    order: int
    pair: str
    side: str


class Records:
    """The rows of each list, oldest first, by its path."""

    def __init__(self) -> None:
        """Begin without any."""
        self.rows: defaultdict[str, list[Row]] = defaultdict(list)
        self.count = 0

    def number(self) -> int:
        """Return the next id."""
        self.count += 1
        return FIRST_ID + self.count

    def books(self) -> dict[str, list[Row]]:
        """Return all lists, the newest row first."""
        return {f"{BASE}{path}": rows[::-1] for path, rows in self.rows.items()}

    def received(self, time: int, coin: str, amount: Decimal) -> None:
        """Write a deposit from a chain."""
        place = {"address": "THISISADEMOADDRESS", "txid": f"0x{self.number():064x}", "chain": "TRX", "memo": ""}
        known = {"id": f"d{self.number()}", "currency": coin, "amount": plain(amount), "status": "DONE"}
        self.rows["wallet/deposits"].append({**known, **place, "timestamp": str(time // 1000)})

    def sent(self, time: int, coin: str, amount: Decimal, fee: Decimal, status: str = "DONE") -> None:
        """Write a withdrawal to a chain."""
        place = {"address": "THISISADEMOADDRESS", "txid": f"0x{self.number():064x}", "chain": "TRX", "memo": ""}
        known = {"id": f"w{self.number()}", "currency": coin, "amount": plain(amount), "fee": plain(fee)}
        times = {"timestamp": str(time // 1000), "timestamp2": str(time // 1000), "block_number": "1000"}
        self.rows["wallet/withdrawals"].append({**known, **place, **times, "status": status, "type": "withdraw"})

    def pushed(self, time: int, coin: str, amount: Decimal, *, is_sent: bool) -> None:
        """Write a transfer to another user, or from one."""
        users = (OWN_UID, OTHER_UID) if is_sent else (OTHER_UID, OWN_UID)
        known = {"id": self.number(), "push_uid": users[0], "receive_uid": users[1], "currency": coin}
        kind = {"status": "RECEIVED", "message": "", "transaction_type": "withdraw" if is_sent else "deposit"}
        self.rows["wallet/push"].append({**known, "amount": plain(amount), "create_time": time // 1000, **kind})

    def given(self, time: int, coin: str, amount: Decimal) -> None:
        """Write a transfer to a sub-account."""
        known = {"timest": str(time // 1000), "uid": str(OWN_UID), "sub_account": SUB_UID, "sub_account_type": "spot"}
        more = {"currency": coin, "amount": plain(amount), "direction": "to", "source": "web", "status": "success"}
        self.rows["wallet/sub_account_transfers"].append({**known, **more, "client_order_id": f"c{self.number()}"})

    def moved_to_margin(self, time: int, coin: str, change: Decimal, balance: Decimal) -> None:
        """Write a transfer into an isolated margin account, or out of it."""
        known = {"id": str(self.number()), "time": str(time // 1000), "time_ms": time, "currency": coin}
        more = {"currency_pair": "BTC_USDT", "change": plain(change), "balance": plain(balance)}
        kind = "margin_in" if change > 0 else "margin_out"
        self.rows["margin/account_book"].append({**known, **more, "type": kind})

    def filled(self, time: int, deal: Deal, figures: dict[str, Decimal], fee_coin: str) -> None:
        """Write a trade of a pair, and the order that it filled. ``figures``: amount, price and fee."""
        known = {"id": str(self.number()), "order_id": str(deal.order), "currency_pair": deal.pair, "side": deal.side}
        amounts = {name: plain(figure) for name, figure in figures.items()}
        more = {"deal": plain(figures["amount"] * figures["price"]), "fee_currency": fee_coin, "text": "apiv4"}
        zeros = {"point_fee": "0", "gt_fee": "0", "sequence_id": str(self.number()), "role": "taker"}
        times = {"create_time": str(time // 1000), "create_time_ms": f"{time}.123"}
        self.rows["spot/my_trades"].append({**known, **amounts, **more, **zeros, **times})
        self.ordered(time, deal, figures, "closed")

    def ordered(self, time: int, deal: Deal, figures: dict[str, Decimal], status: str) -> None:
        """Write an order that is over."""
        known = {"id": str(deal.order), "text": "apiv4", "currency_pair": deal.pair, "type": "limit", "side": deal.side}
        amounts = {"amount": plain(figures["amount"]), "price": plain(figures["price"]), "account": "spot"}
        filled = {"filled_amount": amounts["amount"] if status == "closed" else "0", "left": "0", "fee": "0"}
        times = {"create_time": str(time // 1000), "create_time_ms": time, "update_time_ms": time + 3}
        row = {**known, **amounts, **filled, **times, "status": status, "fee_currency": "BTC"}
        self.rows["spot/orders"].append(row)

    def traded(self, time: int, ids: tuple[int, int], fee: Decimal) -> None:
        """Write a fill of a perpetual contract, and its order. ``ids``: of order and trade."""
        order, trade = ids
        known = {"contract": "BTC_USDT", "size": "-10", "price": "64000.5", "create_time": time / 1000, "text": "api"}
        fill = {"order_id": str(order), "trade_id": str(trade), "fee": plain(fee), "role": "taker", "close_size": "-10"}
        self.rows["futures/usdt/my_trades_timerange"].append({**known, **fill})
        more = {"finish_time": time / 1000, "finish_as": "filled", "status": "finished", "tif": "gtc"}
        self.rows["futures/usdt/orders_timerange"].append({**known, **more, "id": order, "fill_price": "64000.5"})

    def closed(self, time: int, profit: Decimal, fee: Decimal) -> None:
        """Write a closed position."""
        parts = {"pnl": plain(profit - fee), "pnl_pnl": plain(profit), "pnl_fee": plain(-fee), "pnl_fund": "0"}
        prices = {"long_price": "63000", "short_price": "64000.5", "max_size": "10", "accum_size": "10"}
        known = {"time": time // 1000, "contract": "BTC_USDT", "side": "long", "text": "api"}
        row = {**known, **parts, **prices, "first_open_time": time // 1000 - 60}
        self.rows["futures/usdt/position_close"].append(row)

    def delivered(self, time: int, ids: tuple[int, int], fee: Decimal) -> None:
        """Write a fill of a delivery contract. ``ids``: of order and trade."""
        figures = {"contract": "BTC_USDT_20261225", "size": 3, "price": "64100", "fee": plain(fee), "role": "maker"}
        more = {"id": ids[1], "order_id": str(ids[0]), "text": "api", "point_fee": "0", "close_size": 0}
        self.rows["delivery/usdt/my_trades"].append({**figures, **more, "create_time": time / 1000})

    def lent(self, time: int, coin: str, amount: Decimal, kind: str) -> None:
        """Write what went into Simple Earn, or out of it."""
        zeros = dict.fromkeys(("last_wallet_amount", "last_lent_amount", "last_frozen_amount"), "0")
        known = {"type": kind, "currency": coin, "amount": plain(amount), "create_time": time}
        self.rows["earn/uni/lend_records"].append({**known, **zeros})

    def earned(self, time: int, coin: str, amount: Decimal) -> None:
        """Write interest of Simple Earn."""
        known = {"status": 1, "currency": coin, "actual_rate": "0.0005", "interest": plain(amount)}
        row = {**known, "interest_status": "interest_dividend", "create_time": time}
        self.rows["earn/uni/interest_records"].append(row)

    def converted(self, time: int, given: tuple[str, Decimal], received: tuple[str, Decimal]) -> None:
        """Write a conversion."""
        known = {"id": self.number(), "create_time": time, "user_id": OWN_UID, "price": "1", "status": 1}
        coins = {"sell_currency": given[0], "sell_amount": plain(given[1])}
        more = {"buy_currency": received[0], "buy_amount": plain(received[1])}
        self.rows["flash_swap/orders"].append({**known, **coins, **more})

    def swept(self, time: int, coin: str, amount: Decimal, points: Decimal) -> None:
        """Write the conversion of a small balance to GT."""
        known = {"id": str(self.number()), "create_time": time // 1000, "currency": coin}
        self.rows["wallet/small_balance_history"].append({**known, "amount": plain(amount), "gt_amount": plain(points)})
