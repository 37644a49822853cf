"""OKX (EEA): the OKX table for a site with its own accounts and keys."""

from auditor.exchanges.okx.exchange import okx_exchange

EXCHANGE = okx_exchange("myokx", "OKX (EEA)")
