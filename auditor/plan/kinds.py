"""The kinds of steps in their working order, each with the reason for its place."""

from dataclasses import dataclass
from enum import StrEnum

from auditor.i18n import mark


class Kind(StrEnum):
    """The kind of a step. The order of the members is the order of the plan."""

    NEW_KEY = "new-key"
    READ = "read"
    ASK_SUPPORT = "ask-support"
    STOP_BOTS = "stop-bots"
    CANCEL_ORDERS = "cancel-orders"
    CLOSE_POSITIONS = "close-positions"
    REPAY_DEBTS = "repay-debts"
    REDEEM_EARN = "redeem-earn"
    LOOK = "look"
    WAIT = "wait"
    CONSOLIDATE = "consolidate"
    DELETE_SUBACCOUNTS = "delete-subaccounts"
    MERGE_WALLETS = "merge-wallets"
    SELL = "sell"
    CONVERT = "convert"
    SEND = "send"
    WITHDRAW = "withdraw"
    WAIT_FOR_OPENING = "wait-for-opening"
    ASK_SUPPORT_LAST = "ask-support-last"
    CONFIRM = "confirm"
    EXPORT = "export"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of a kind: what to do, why at this point, and the kinds to finish before it."""

    title: str
    why: str
    after: tuple[Kind, ...] = ()


ENDED = (Kind.STOP_BOTS, Kind.CANCEL_ORDERS, Kind.CLOSE_POSITIONS, Kind.REPAY_DEBTS, Kind.REDEEM_EARN)
CLEARED = (
    *(Kind.SELL, Kind.CONVERT, Kind.SEND, Kind.WITHDRAW, Kind.WAIT_FOR_OPENING, Kind.ASK_SUPPORT_LAST, Kind.LOOK),
    *(Kind.READ, Kind.ASK_SUPPORT, Kind.DELETE_SUBACCOUNTS, Kind.CONSOLIDATE),
)
WORDS: dict[Kind, Words] = {
    Kind.NEW_KEY: Words(
        mark("Create a key that can only read, and audit with it"),
        mark("Nothing was read with the key that there is, so nothing is known of this account."),
    ),
    Kind.READ: Words(
        mark("Make readable what could not be read"),
        mark("Something may be hidden there, and a bot or a plan among it would undo the steps that follow."),
        (Kind.NEW_KEY,),
    ),
    Kind.ASK_SUPPORT: Words(
        mark("Ask the exchange's support for what only it can solve"),
        mark("Its answer takes longest, so begin with it; a restricted account may not be able to do the rest."),
    ),
    Kind.STOP_BOTS: Words(
        mark("Stop bots, recurring buys and copy trading"),
        mark("They place orders and buy by themselves: what is cleared while they run comes back."),
    ),
    Kind.CANCEL_ORDERS: Words(
        mark("Cancel open orders"),
        mark("An order keeps its balance frozen and makes a new one when it is filled; bots would place new orders."),
        (Kind.STOP_BOTS,),
    ),
    Kind.CLOSE_POSITIONS: Words(
        mark("Close positions"),
        mark("An order that is still open could open a position again; closing it sets its margin free."),
        (Kind.STOP_BOTS, Kind.CANCEL_ORDERS),
    ),
    Kind.REPAY_DEBTS: Words(
        mark("Repay debts and free their collateral"),
        mark("What secures a debt can be neither sold nor withdrawn, and an open position may borrow again."),
        (Kind.CANCEL_ORDERS, Kind.CLOSE_POSITIONS),
    ),
    Kind.REDEEM_EARN: Words(
        mark("Redeem earn products"),
        mark("What is lent or staked may secure a debt until that is repaid. Some products pay out only days later."),
        (Kind.STOP_BOTS, Kind.REPAY_DEBTS),
    ),
    Kind.LOOK: Words(
        mark("Look in the app for what no request explains"),
        mark("When bots, orders and earn products are gone, what is still there stands out."),
        ENDED,
    ),
    Kind.WAIT: Words(
        mark("Wait for what is under way"),
        mark("What arrives is a balance again: wallets emptied before would have to be emptied twice."),
        (Kind.REDEEM_EARN,),
    ),
    Kind.CONSOLIDATE: Words(
        mark("Move everything from the sub-accounts to the main account"),
        mark("A sub-account cannot withdraw, and amounts too small to sell there may be enough together."),
        (*ENDED, Kind.WAIT),
    ),
    Kind.DELETE_SUBACCOUNTS: Words(
        mark("Delete the sub-accounts and their API keys"),
        mark("Only an empty sub-account can be deleted, and its keys could fill it again."),
        (Kind.CONSOLIDATE,),
    ),
    Kind.MERGE_WALLETS: Words(
        mark("Move what lies in several wallets into one"),
        mark("Amounts that are too small apart can be sold or withdrawn together."),
        (Kind.CANCEL_ORDERS, Kind.WAIT, Kind.CONSOLIDATE),
    ),
    Kind.SELL: Words(
        mark("Sell what can be sold"),
        mark("Only what is free can be sold. A sale in whole lots may leave a little behind, so convert afterwards."),
        (*ENDED, Kind.WAIT, Kind.CONSOLIDATE, Kind.MERGE_WALLETS),
    ),
    Kind.CONVERT: Words(
        mark("Convert small balances"),
        mark("Selling may leave remainders, which are then converted in the same go."),
        (Kind.SELL, Kind.MERGE_WALLETS, Kind.CONSOLIDATE),
    ),
    Kind.SEND: Words(
        mark("Send to another user what is too small to withdraw"),
        mark("It can be neither sold nor converted nor withdrawn, but it can be given away inside the exchange."),
        (Kind.CONVERT,),
    ),
    Kind.WITHDRAW: Words(
        mark("Withdraw what is left"),
        mark("Sales and conversions pay into it. First what cannot be traded, then the asset that pays its fee."),
        (Kind.SELL, Kind.CONVERT, Kind.WAIT, Kind.CONSOLIDATE),
    ),
    Kind.WAIT_FOR_OPENING: Words(
        mark("Wait for a market or a network that is closed now"),
        mark("Nothing else moves these, and everything else can be done meanwhile."),
        (Kind.MERGE_WALLETS,),
    ),
    Kind.ASK_SUPPORT_LAST: Words(
        mark("Ask support about remainders that nothing moves"),
        mark("Ask once, with the exact amounts, when nothing else can change them any more."),
        (Kind.SELL, Kind.CONVERT, Kind.SEND, Kind.WITHDRAW),
    ),
    Kind.CONFIRM: Words(
        mark("Confirm by eye what no request shows, and audit once more"),
        mark("Look when everything else is cleared: then whatever is still there was missed."),
        CLEARED,
    ),
    Kind.EXPORT: Words(
        mark("Export statements, trades and tax records"),
        mark("After closing they cannot be retrieved; exported last, they also hold what this plan moved."),
        (*CLEARED, Kind.CONFIRM),
    ),
    Kind.CLOSE: Words(
        mark("Delete the API keys, this audit's last, and close the account"),
        mark("The last audit needs its key. Closing cannot be undone."),
        (Kind.CONFIRM, Kind.EXPORT),
    ),
}
