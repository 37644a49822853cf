"""Bybit: every answer has its data in ``result``."""

from auditor.exchanges.shared.envelopes import data_in

unwrap = data_in("result")
