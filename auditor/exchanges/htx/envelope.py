"""HTX: answers of the user's endpoints have their data in ``data``."""

from auditor.exchanges.shared.envelopes import data_in

unwrap = data_in("data")
