"""Machine words of exchanges' tables and answers, translated only when they are shown.

A snapshot keeps them as they came. Texts that a table writes itself are marked there; these are the names of parts,
wallets and orders.
"""

PARTS = (
    "smart sync; spot lead trading; isolated; profit; frozen by borrowing; cross; loss; used; position; redeeming; "
    "withdrawing; net; pledged; locked; base; quote; base borrowed; quote borrowed; usd m; usd m profit; coin m; "
    "coin m profit; options; options equity; borrowed; negative; interest free; "
    "launch; ipoable; stored"
)
WALLETS = (
    "funding; trading; earn; classic; spot; cross-margin; isolated-margin; portfolio-margin; usd-m; coin-m; total; "
    "managed; funds in the wallet"
)
TRADES = (
    "limit; market; order; spread; rfq; quote; conditional; oco; trigger; chase; move_order_stop; iceberg; twap; "
    "smart_iceberg; option; post_only; buy; sell; long; short; LIMIT; MARKET; BUY; SELL; LONG; SHORT; BOTH; SWAP; "
    "MARGIN; FUTURES; OPTION; EVENTS; USD-M; COIN-M; USD-M futures; COIN-M futures; portfolio margin; "
    "running; stopping; starting; pending_signal; no_close_position; stopped; "
    "partially_filled; pause; active; pending_fill; initial; pending_settle; pending_redeem"
)
# Permissions of a key, and functions that an exchange can freeze.
FUNCTIONS = "read_only; trade; withdraw; convert; transfer; withdrawal; deposit; flexible_loan"
ENVIRONMENTS = "demo; custom"
VERDICTS = "blocked; refused; incomplete; clean; blocker; warning; info; documented; undocumented"
CHANGES = "new; still; changed; resolved; back; unseen"
AREAS = "balances; orders; positions; earn; debts; flows; bots; subaccounts; status"
_LISTS = (PARTS, WALLETS, TRADES, FUNCTIONS, ENVIRONMENTS, VERDICTS, CHANGES, AREAS)
WORDS = tuple(dict.fromkeys("; ".join(_LISTS).split("; ")))
