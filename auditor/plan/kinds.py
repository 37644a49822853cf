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
    MOVE_TO_WITHDRAW = "move-to-withdraw"
    WITHDRAW = "withdraw"
    WAIT_FOR_OPENING = "wait-for-opening"
    ASK_SUPPORT_LAST = "ask-support-last"
    REMAINDERS = "remainders"
    CONFIRM = "confirm"
    ARCHIVE = "archive"
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
        StepKind.MOVE_TO_WITHDRAW,
        StepKind.WITHDRAW,
        StepKind.WAIT_FOR_OPENING,
        StepKind.ASK_SUPPORT_LAST,
        StepKind.REMAINDERS,
        StepKind.LOOK,
    ),
    *(StepKind.READ, StepKind.ASK_SUPPORT, StepKind.DELETE_SUBACCOUNTS, StepKind.CONSOLIDATE),
)
WORDS: dict[StepKind, KindTexts] = {
    StepKind.NEW_KEY: KindTexts(
        mark("Create a read-only key and check again"),
        mark("The key you have was not accepted, so nothing was checked."),
    ),
    StepKind.READ: KindTexts(
        mark("Give access to what could not be checked"),
        mark("Something may be hidden there, such as a bot that would undo the steps that follow."),
        (StepKind.NEW_KEY,),
    ),
    StepKind.ASK_SUPPORT: KindTexts(
        mark("Contact support now (answers take longest)"),
        mark("The answer takes longest, and a restricted account may not let you do the rest."),
    ),
    StepKind.STOP_BOTS: KindTexts(
        mark("Stop bots, recurring buys and copy trading"),
        mark("They keep trading while you clean up."),
    ),
    StepKind.CANCEL_ORDERS: KindTexts(
        mark("Cancel open orders"),
        mark("Open orders lock your coins, and bots that still run would place new ones."),
        (StepKind.STOP_BOTS,),
    ),
    StepKind.CLOSE_POSITIONS: KindTexts(
        mark("Close positions"),
        mark("An open order could open a position again. Closing a position frees its margin."),
        (StepKind.STOP_BOTS, StepKind.CANCEL_ORDERS),
    ),
    StepKind.REPAY_DEBTS: KindTexts(
        mark("Repay loans and free their collateral"),
        mark("You can neither sell nor withdraw collateral, and an open position may borrow again."),
        (StepKind.CANCEL_ORDERS, StepKind.CLOSE_POSITIONS),
    ),
    StepKind.REDEEM_EARN: KindTexts(
        mark("Redeem Earn products"),
        mark("Some are collateral until a loan is repaid, and some pay out only days later."),
        (StepKind.STOP_BOTS, StepKind.REPAY_DEBTS),
    ),
    StepKind.LOOK: KindTexts(
        mark("Look in the app for what the API does not explain"),
        mark("Once bots, orders and Earn products are gone, the rest is easy to see."),
        ENDING_KINDS,
    ),
    StepKind.WAIT: KindTexts(
        mark("Wait for payouts, deposits and withdrawals"),
        mark("Payouts land in wallets that you would have to empty again."),
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
        mark("Bring each coin together in one wallet"),
        mark("Amounts that are too small apart can be sold or withdrawn together."),
        (StepKind.CANCEL_ORDERS, StepKind.WAIT, StepKind.CONSOLIDATE),
    ),
    StepKind.SELL: KindTexts(
        mark("Sell what you do not withdraw"),
        mark("You can only sell what is free. A sale may leave a remainder, so convert small balances afterwards."),
        (*ENDING_KINDS, StepKind.WAIT, StepKind.CONSOLIDATE, StepKind.MERGE_WALLETS),
    ),
    StepKind.CONVERT: KindTexts(
        mark("Convert small balances"),
        mark("Sales may leave remainders, which you convert in the same go."),
        (StepKind.SELL, StepKind.MERGE_WALLETS, StepKind.CONSOLIDATE),
    ),
    StepKind.SEND: KindTexts(
        mark("Give away what is too small to withdraw"),
        mark("You can neither sell, convert nor withdraw it, but send it to another user of the exchange."),
        (StepKind.CONVERT,),
    ),
    StepKind.MOVE_TO_WITHDRAW: KindTexts(
        mark("Move everything to the wallet that withdraws"),
        mark("The exchange withdraws from that wallet only."),
        (StepKind.SELL, StepKind.CONVERT, StepKind.WAIT, StepKind.CONSOLIDATE),
    ),
    StepKind.WITHDRAW: KindTexts(
        mark("Withdraw your coins and money"),
        mark(
            "Sales and conversions pay into it. Begin with what cannot be traded; end with the coin that pays the fees."
        ),
        (StepKind.SELL, StepKind.CONVERT, StepKind.MOVE_TO_WITHDRAW, StepKind.WAIT, StepKind.CONSOLIDATE),
    ),
    StepKind.WAIT_FOR_OPENING: KindTexts(
        mark("Wait until a closed market or network opens"),
        mark("Nothing else moves these. Do everything else meanwhile."),
        (StepKind.MERGE_WALLETS,),
    ),
    StepKind.ASK_SUPPORT_LAST: KindTexts(
        mark("Ask support about what is stuck"),
        mark("Ask once, with the exact amounts, when nothing else can change them."),
        (StepKind.SELL, StepKind.CONVERT, StepKind.SEND, StepKind.WITHDRAW),
    ),
    StepKind.REMAINDERS: KindTexts(
        mark("Decide about small remainders"),
        mark("The exchange has a rule of its own for what is too small to move."),
        (StepKind.CONVERT, StepKind.SEND, StepKind.WITHDRAW, StepKind.ASK_SUPPORT_LAST),
    ),
    StepKind.CONFIRM: KindTexts(
        mark("Check the rest in the app, then run a final check"),
        mark("Once everything else is cleared, whatever is still there was missed."),
        CLEARING_KINDS,
    ),
    StepKind.ARCHIVE: KindTexts(
        mark("Save the whole history with `audit archive`"),
        mark("Closing ends access to it. Saved last, it holds what this plan moved, and proves what is complete."),
        (*CLEARING_KINDS, StepKind.CONFIRM),
    ),
    StepKind.EXPORT: KindTexts(
        mark("Export statements, trades and tax records"),
        mark("You cannot get them after closing. Exported last, they include what this plan moved."),
        (*CLEARING_KINDS, StepKind.CONFIRM, StepKind.ARCHIVE),
    ),
    StepKind.CLOSE: KindTexts(
        mark("Delete the API keys and close the account"),
        mark("The final check needs its key, so delete that one last. You cannot undo the closing."),
        (StepKind.CONFIRM, StepKind.ARCHIVE, StepKind.EXPORT),
    ),
}
