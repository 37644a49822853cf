"""Facts about how assets leave an exchange: the wallets that withdraw, and the rules on small remainders."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from auditor.settings.site_facts import FactLine


class _Fact(BaseModel):
    """``official``: ``source`` is the exchange itself; ``as_of``: when it was read or written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: FactLine
    as_of: date
    official: bool


class WithdrawingFacts(_Fact):
    """The wallets from which the exchange withdraws.

    ``wallets``: their names in the table; ``target``: the name in the app of the one to move everything to;
    ``sells_in``: the wallet in which spot orders trade, None if not known.
    """

    wallets: Annotated[tuple[FactLine, ...], Field(min_length=1)]
    target: FactLine
    sells_in: str | None = None


class RemainderRule(_Fact):
    """What the exchange says of amounts that are too small to move: one sentence for the owner."""

    title: FactLine
