"""KuCoin: every answer has its data in ``data``."""

from auditor.exchanges.shared.envelopes import data_in

unwrap = data_in("data")
