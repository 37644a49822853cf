"""OKX: the sources that its table cites.

``DOC``: OKX's API v5 documentation; ``DOC25``: the same, an older copy; ``ATK``: OKX's own agent-trade-kit; ``CCXT``:
paths that only ccxt knows; they are requested, but their answers prove nothing.
"""

DOC = "OKX API v5 documentation, copy of June 2026"
DOC25 = "OKX API v5 documentation, copy of April 2025"
ATK = "OKX agent-trade-kit, April 2026; not in OKX's documentation"
CCXT = "ccxt 4.5.90; not in OKX's documentation"
