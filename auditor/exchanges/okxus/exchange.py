"""OKX (US): the OKX table for a site with its own accounts and keys."""

from auditor.exchanges.okx.exchange import okx_exchange

EXCHANGE = okx_exchange("okxus", "OKX (US)")
