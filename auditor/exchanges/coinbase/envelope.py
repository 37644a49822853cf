"""Coinbase: answers have no envelope."""

from auditor.exchanges.shared.envelopes import whole_body

unwrap = whole_body
