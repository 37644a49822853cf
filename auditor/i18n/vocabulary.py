"""Machine words of exchanges' tables and answers, translated only when they are shown.

A snapshot keeps them as they came. Texts that a table writes itself are marked there; these are the names of parts,
wallets and orders.
"""

PARTS = (
    "smart sync; spot lead trading; isolated; profit; frozen by borrowing; cross; loss; used; position; redeeming; "
    "withdrawing; net; pledged; locked; base; quote; base borrowed; quote borrowed; usd m; usd m profit; coin m; "
    "coin m profit; options; options equity; borrowed; negative; interest free; "
    "launch; ipoable; stored; wallet balance"
)
WALLETS = (
    "funding; trading; earn; classic; spot; cross-margin; isolated-margin; portfolio-margin; usd-m; coin-m; total; "
    "managed; funds in the wallet"
)
TRADES = (
    "limit; market; order; stop limit; stop market; take profit; trailing stop; post-only; option; USD-M; COIN-M; "
    "portfolio margin; buy; sell; long; short; open; closed; canceled; expired; rejected; position"
)
# Permissions of a key, and functions that an exchange can freeze.
FUNCTIONS = "read only; trade; withdraw; convert; transfer; withdrawal; deposit; flexible loan; trading"
ENVIRONMENTS = "demo; custom"
VERDICTS = "blocked; refused; incomplete; clean; blocker; warning; info; documented; undocumented"
CHANGES = "new; still; changed; resolved; back; unseen"
AREAS = "balances; orders; positions; earn; debts; flows; bots; subaccounts; status"
_LISTS = (PARTS, WALLETS, TRADES, FUNCTIONS, ENVIRONMENTS, VERDICTS, CHANGES, AREAS)
WORDS = tuple(dict.fromkeys("; ".join(_LISTS).split("; ")))
