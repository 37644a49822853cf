"""Words of exchanges' tables and answers: kept in a snapshot as they came, translated only where they are shown.

Whatever a table itself words is marked where it stands; here are the machine names of parts, wallets and orders.
"""

PARTS = (
    "smart sync; spot lead trading; isolated; profit; frozen by borrowing; cross; loss; used; position; redeeming; "
    "withdrawing; net; pledged; locked; base; quote; base borrowed; quote borrowed; usd m; usd m profit; coin m; "
    "coin m profit; options; options equity; borrowed; negative"
)
WALLETS = (
    "funding; trading; earn; classic; spot; cross-margin; isolated-margin; portfolio-margin; usd-m; coin-m; total; "
    "managed; funds in the wallet"
)
TRADES = (
    "limit; market; order; spread; rfq; quote; conditional; oco; trigger; chase; move_order_stop; iceberg; twap; "
    "smart_iceberg; option; post_only; buy; sell; long; short; LIMIT; MARKET; BUY; SELL; LONG; SHORT; BOTH; SWAP; "
    "MARGIN; FUTURES; OPTION; running; stopping"
)
ENVIRONMENTS = "demo; custom"
WORDS = tuple(dict.fromkeys(f"{PARTS}; {WALLETS}; {TRADES}; {ENVIRONMENTS}".split("; ")))
