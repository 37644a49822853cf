"""A task of a large archive in a process of its own, while this one does something else.

It writes files and returns nothing: where it did not come to its end, whoever needs it does it over again, and meets
what it met.
"""

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

LARGE = 8_000_000
"""Bytes of a ledger's table, some 30,000 rows, from which on a second process saves more time than it costs."""


@contextmanager
def running(task: Callable[..., None], *arguments: object) -> Iterator[Callable[[], bool]]:
    """Run a task while the block runs; what is handed out waits for its end, and returns whether it came to it.

    ``task``, ``arguments``: what can be sent to another process.
    """
    # Not forked: a copy of this process would have its connections and threads.
    process = get_context("spawn").Process(target=_carry_out, args=(task, *arguments), daemon=True)
    if not _is_started(process):
        yield lambda: False
        return

    def is_done() -> bool:
        process.join()
        return process.exitcode == 0

    try:
        yield is_done
    finally:
        process.terminate()
        process.join()


def produced(task: Callable[..., Iterable[object]], *arguments: object) -> Iterator[object]:
    """Yield what a task yields that runs ahead in a process of its own, and None where it came to its end.

    As far as what is sent fills a pipe.
    """
    context = get_context("spawn")
    received, sent = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sent, task, *arguments), daemon=True)
    is_started = _is_started(process)
    sent.close()
    if not is_started:
        received.close()
        return
    try:
        yield from _received(received)
        process.join()
        if process.exitcode == 0:
            yield None
    finally:
        received.close()
        process.terminate()
        process.join()


def _is_started(process: BaseProcess) -> bool:
    """Start a process, and return whether the system lets this program have one more."""
    try:
        process.start()
    except OSError:
        return False
    return True


def _received(connection: Connection) -> Iterator[object]:
    """Yield what comes until the other side closes it, or breaks off."""
    while True:
        try:
            one = connection.recv()
        except (EOFError, OSError):
            return
        yield one


def is_large(table: Path) -> bool:
    """Return whether a table is worth a second process."""
    return table.is_file() and table.stat().st_size >= LARGE


def _send(connection: Connection, task: Callable[..., Iterable[object]], *arguments: object) -> None:
    def send_all() -> None:
        for one in task(*arguments):
            connection.send(one)

    _carry_out(send_all)
    connection.close()


def _carry_out(task: Callable[..., None], *arguments: object) -> None:
    # An interruption reaches the first process, too, which ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        task(*arguments)
    except Exception:  # noqa: BLE001 - the first process meets it again, and tells it in its own words
        raise SystemExit(1) from None
