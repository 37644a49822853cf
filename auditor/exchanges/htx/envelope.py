"""HTX: answers of the user's endpoints carry their data in ``data``."""

from auditor.exchanges.shared.envelopes import data_in

unwrap = data_in("data")
