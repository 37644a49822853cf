"""What an archive says of rows that the exchange gave no more when their list was read anew."""

from collections.abc import Iterator, Mapping

from auditor.archive.facts import ListEnd
from auditor.archive.proof import Proof
from auditor.i18n import Message, _


def kept_notes(proof: Proof, ends: Mapping[str, ListEnd]) -> Iterator[Message]:
    """Yield how many rows of each list are kept of an earlier reading alone."""
    lists = (*(one.listed for _group, one in proof.witness.lists()), *(one.listed for one in proof.sums.lists))
    for listed in lists:
        end = ends.get(listed.id)
        if end is not None and end.kept:
            text = _("{list}: rows that the exchange no longer gave when it was read last, and that are kept: {count}.")
            yield text.format(list=_(listed.title), count=end.kept)
