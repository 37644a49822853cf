"""What the owner wants to do with coins that can be both withdrawn and sold."""

from enum import StrEnum


class Preference(StrEnum):
    """The owner's choice for coins that can be withdrawn as well as sold."""

    WITHDRAW = "withdraw"
    SELL = "sell"
