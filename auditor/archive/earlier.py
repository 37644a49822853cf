"""What was read of a list before it was read anew: it is kept, since the exchange may give some of it no more.

A list whose reach rolls gives fewer old rows each day, and one that was read may be refused the next time. Of a row
that several readings have, the newest counts (`standing`); an earlier reading of which no row is left goes.
"""

from pathlib import Path

from auditor.archive.folder import earlier_file, earlier_files, raw_file, raw_files, sync_folder
from auditor.archive.pages import parts_of
from auditor.archive.raw import copied
from auditor.archive.standing import standing
from auditor.archive.state import ListState, State
from auditor.spec.exchange import Exchange
from auditor.spec.paged_list import PagedList


def put_aside(state: State, list_id: str) -> None:
    """Keep what was read of a list as an earlier reading, and begin the list with nothing.

    Both are one step: a run that is killed within it finds the list as it was, or put aside as a whole.
    """
    files = {path: state.length(path) for path in raw_files(state.folder, list_id) if state.length(path)}
    earlier = earlier_files(state.folder, list_id)
    number = int(earlier[-1].name.partition("-")[0]) + 1 if earlier else 0
    kept = {path: earlier_file(path, number) for path in files}
    for path, target in kept.items():
        copied(path, target, files[path])
        sync_folder(target.parent)
    lengths = {target: files[path] for path, target in kept.items()}
    state.commit(ListState(id=list_id), {**lengths, **dict.fromkeys(files, 0)})
    # Also a file of which nothing was safe: the new reading is begun with none.
    for path in {*raw_files(state.folder, list_id), raw_file(state.folder, list_id)}:
        path.unlink(missing_ok=True)


def forget_repeated(state: State, paged: PagedList, exchange: Exchange) -> None:
    """Forget earlier readings of which the last one, where it came to its end, has every row. Raises DamagedError."""
    for part in parts_of(state.folder, paged):
        kept = _kept(state.folder, part, exchange) if state.list_state(part.id).done else {}
        over = [path for path, rows in kept.items() if not rows]
        if over:
            state.commit(None, dict.fromkeys(over, 0))
        for path in over:
            path.unlink()
        if over and len(over) == len(kept):
            over[0].parent.rmdir()


def rows_kept(folder: Path, paged: PagedList, exchange: Exchange) -> int:
    """Return how many rows of a list only an earlier reading has. Raises DamagedError."""
    return sum(sum(_kept(folder, part, exchange).values()) for part in parts_of(folder, paged))


def _kept(folder: Path, paged: PagedList, exchange: Exchange) -> dict[Path, int]:
    """Return how many rows of each file of an earlier reading, or answers that cannot be read, no later file has."""
    earlier = earlier_files(folder, paged.id)
    if not earlier:
        return {}
    with standing(folder, paged, exchange) as files:
        return {path: files.count_in(number) for number, path in enumerate(earlier)}
