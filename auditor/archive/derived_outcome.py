"""What is said of a wallet without a ledger."""

from collections.abc import Iterator, Sequence

from auditor.archive.derived import DerivedCoin, DerivedProof, DerivedStatus
from auditor.i18n import Message, _
from auditor.model.amounts import ZERO, plain


def derived_sentences(proofs: Sequence[DerivedProof]) -> Iterator[Message]:
    """Yield what each coin in such a wallet comes to."""
    for proof in proofs:
        for coin in proof.coins.values():
            if coin.status is DerivedStatus.DERIVED:
                text = _(
                    "{wallet} {asset}: derived. Paid in {paid_in}, paid out {paid_out}, there {shown}: earned {earned}."
                )
                yield _sentence(text, proof, coin)


def derived_gaps(proofs: Sequence[DerivedProof]) -> Iterator[Message]:
    """Yield what such wallets leave open."""
    for proof in proofs:
        if proof.is_hidden:
            yield _("{wallet}: its balances could not be read.").format(wallet=_(proof.wallet.title))
        for coin in proof.coins.values():
            if coin.status is DerivedStatus.UNREAD:
                yield _("{wallet} {asset}: what is in it could not be read.").format(
                    wallet=_(proof.wallet.title), asset=coin.asset
                )
            if coin.status is DerivedStatus.DIFFERENCE:
                text = _("{wallet} {asset}: paid in {paid_in}, paid out {paid_out}: that does not explain {shown}.")
                yield _sentence(text, proof, coin)


def _sentence(text: Message, proof: DerivedProof, coin: DerivedCoin) -> Message:
    return text.format(
        wallet=_(proof.wallet.title),
        asset=coin.asset,
        paid_in=plain(coin.paid_in),
        paid_out=plain(coin.paid_out),
        shown=plain(coin.shown or ZERO),
        earned=plain(coin.earned),
    )
