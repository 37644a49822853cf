"""The kinds of steps in their working order, each with the reason for its place."""

from dataclasses import dataclass
from enum import StrEnum

from auditor.i18n import mark


class StepKind(StrEnum):
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
class KindTexts:
    """Texts of a kind: what to do, why at this point, and the kinds to finish before it."""

    title: str
    why: str
    after: tuple[StepKind, ...] = ()


ENDING_KINDS = (
    StepKind.STOP_BOTS,
    StepKind.CANCEL_ORDERS,
    StepKind.CLOSE_POSITIONS,
    StepKind.REPAY_DEBTS,
    StepKind.REDEEM_EARN,
)
CLEARING_KINDS = (
    *(
        StepKind.SELL,
        StepKind.CONVERT,
        StepKind.SEND,
        StepKind.WITHDRAW,
        StepKind.WAIT_FOR_OPENING,
        StepKind.ASK_SUPPORT_LAST,
        StepKind.LOOK,
    ),
    *(StepKind.READ, StepKind.ASK_SUPPORT, StepKind.DELETE_SUBACCOUNTS, StepKind.CONSOLIDATE),
)
WORDS: dict[StepKind, KindTexts] = {
    StepKind.NEW_KEY: KindTexts(
        mark("Create a key that can only read, and audit with it"),
        mark("Nothing was read with the key that there is, so nothing is known of this account."),
    ),
    StepKind.READ: KindTexts(
        mark("Make readable what could not be read"),
        mark("Something may be hidden there, and a bot or a plan among it would undo the steps that follow."),
        (StepKind.NEW_KEY,),
    ),
    StepKind.ASK_SUPPORT: KindTexts(
        mark("Ask the exchange's support for what only it can solve"),
        mark("Its answer takes longest, so begin with it; a restricted account may not be able to do the rest."),
    ),
    StepKind.STOP_BOTS: KindTexts(
        mark("Stop bots, recurring buys and copy trading"),
        mark("They place orders and buy by themselves: what is cleared while they run comes back."),
    ),
    StepKind.CANCEL_ORDERS: KindTexts(
        mark("Cancel open orders"),
        mark("An order keeps its balance frozen and makes a new one when it is filled; bots would place new orders."),
        (StepKind.STOP_BOTS,),
    ),
    StepKind.CLOSE_POSITIONS: KindTexts(
        mark("Close positions"),
        mark("An order that is still open could open a position again; closing it sets its margin free."),
        (StepKind.STOP_BOTS, StepKind.CANCEL_ORDERS),
    ),
    StepKind.REPAY_DEBTS: KindTexts(
        mark("Repay debts and free their collateral"),
        mark("What secures a debt can be neither sold nor withdrawn, and an open position may borrow again."),
        (StepKind.CANCEL_ORDERS, StepKind.CLOSE_POSITIONS),
    ),
    StepKind.REDEEM_EARN: KindTexts(
        mark("Redeem earn products"),
        mark("What is lent or staked may secure a debt until that is repaid. Some products pay out only days later."),
        (StepKind.STOP_BOTS, StepKind.REPAY_DEBTS),
    ),
    StepKind.LOOK: KindTexts(
        mark("Look in the app for what no request explains"),
        mark("When bots, orders and earn products are gone, what is still there stands out."),
        ENDING_KINDS,
    ),
    StepKind.WAIT: KindTexts(
        mark("Wait for what is under way"),
        mark("What arrives is a balance again: wallets emptied before would have to be emptied twice."),
        (StepKind.REDEEM_EARN,),
    ),
    StepKind.CONSOLIDATE: KindTexts(
        mark("Move everything from the sub-accounts to the main account"),
        mark("A sub-account cannot withdraw, and amounts too small to sell there may be enough together."),
        (*ENDING_KINDS, StepKind.WAIT),
    ),
    StepKind.DELETE_SUBACCOUNTS: KindTexts(
        mark("Delete the sub-accounts and their API keys"),
        mark("Only an empty sub-account can be deleted, and its keys could fill it again."),
        (StepKind.CONSOLIDATE,),
    ),
    StepKind.MERGE_WALLETS: KindTexts(
        mark("Move what lies in several wallets into one"),
        mark("Amounts that are too small apart can be sold or withdrawn together."),
        (StepKind.CANCEL_ORDERS, StepKind.WAIT, StepKind.CONSOLIDATE),
    ),
    StepKind.SELL: KindTexts(
        mark("Sell what can be sold"),
        mark("Only what is free can be sold. A sale in whole lots may leave a little behind, so convert afterwards."),
        (*ENDING_KINDS, StepKind.WAIT, StepKind.CONSOLIDATE, StepKind.MERGE_WALLETS),
    ),
    StepKind.CONVERT: KindTexts(
        mark("Convert small balances"),
        mark("Selling may leave remainders, which are then converted in the same go."),
        (StepKind.SELL, StepKind.MERGE_WALLETS, StepKind.CONSOLIDATE),
    ),
    StepKind.SEND: KindTexts(
        mark("Send to another user what is too small to withdraw"),
        mark("It can be neither sold nor converted nor withdrawn, but it can be given away inside the exchange."),
        (StepKind.CONVERT,),
    ),
    StepKind.WITHDRAW: KindTexts(
        mark("Withdraw what is left"),
        mark("Sales and conversions pay into it. First what cannot be traded, then the asset that pays its fee."),
        (StepKind.SELL, StepKind.CONVERT, StepKind.WAIT, StepKind.CONSOLIDATE),
    ),
    StepKind.WAIT_FOR_OPENING: KindTexts(
        mark("Wait for a market or a network that is closed now"),
        mark("Nothing else moves these, and everything else can be done meanwhile."),
        (StepKind.MERGE_WALLETS,),
    ),
    StepKind.ASK_SUPPORT_LAST: KindTexts(
        mark("Ask support about remainders that nothing moves"),
        mark("Ask once, with the exact amounts, when nothing else can change them any more."),
        (StepKind.SELL, StepKind.CONVERT, StepKind.SEND, StepKind.WITHDRAW),
    ),
    StepKind.CONFIRM: KindTexts(
        mark("Confirm by eye what no request shows, and audit once more"),
        mark("Look when everything else is cleared: then whatever is still there was missed."),
        CLEARING_KINDS,
    ),
    StepKind.EXPORT: KindTexts(
        mark("Export statements, trades and tax records"),
        mark("After closing they cannot be retrieved; exported last, they also hold what this plan moved."),
        (*CLEARING_KINDS, StepKind.CONFIRM),
    ),
    StepKind.CLOSE: KindTexts(
        mark("Delete the API keys, this audit's last, and close the account"),
        mark("The last audit needs its key. Closing cannot be undone."),
        (StepKind.CONFIRM, StepKind.EXPORT),
    ),
}
