"""The process around a command: exit codes, signals, and errors without a traceback."""

import asyncio
import gc
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, TypeVar

from auditor.cli.runtime import log as logs
from auditor.cli.runtime.hardening import protect_process
from auditor.cli.runtime.reader import Runtime
from auditor.cli.runtime.streams import guarded_streams
from auditor.i18n import _
from auditor.model.errors import UserError

T = TypeVar("T")
WRONG_USE, INTERRUPTED, TERMINATED = 2, 130, 143
# How often Ctrl-C lets the work clean up; the next one ends the program at once.
PATIENT_INTERRUPTS = 2
# Allocations between garbage collections. Python's default is 700; an audit allocates millions of objects.
GC_THRESHOLD = 50_000


class TerminatedError(BaseException):
    """SIGTERM was received. It is a BaseException so that no error handler catches it."""


CommandFunction = Callable[[Sequence[str], Runtime], int]


def run_command(command: CommandFunction, arguments: Sequence[str]) -> int:
    """Run ``command`` and return its exit code; any error is printed as one line."""
    protect_process()
    with guarded_streams(), logs.captured_errors(), on_sigterm(_terminate), _few_collections():
        runtime = Runtime.of(arguments)
        code = _outcome(command, arguments, runtime)
        return _flush(code, runtime)


def run_supervised(work: Coroutine[Any, Any, T]) -> T:
    """Run ``work`` in an event loop.

    Ctrl-C and SIGTERM cancel it, so that it can close its sessions.
    """
    _keep_what_is_loaded()
    return asyncio.run(_cancellable(work))


@cache
def _keep_what_is_loaded() -> None:
    """Let the collector leave alone the loaded modules, which stay alive, also when the process ends."""
    gc.freeze()


@contextmanager
def _few_collections() -> Iterator[None]:
    """Collect garbage less often while the block runs."""
    before = gc.get_threshold()
    gc.set_threshold(GC_THRESHOLD, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def on_sigterm(act: Callable[[], None]) -> Iterator[None]:
    """Call ``act`` on SIGTERM while the block runs; does nothing outside the main thread."""
    with _on_signals(lambda _number: act(), signal.SIGTERM):
        yield


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end a wait for a person at once, also within `run_supervised`."""
    with _on_signals(_raise_for, signal.SIGTERM, signal.SIGINT):
        yield


def _raise_for(number: int) -> None:
    raise TerminatedError if number == signal.SIGTERM else KeyboardInterrupt


@contextmanager
def _on_signals(act: Callable[[int], None], *numbers: signal.Signals) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, lambda received, _frame: act(received)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _terminate() -> None:
    raise TerminatedError


async def _cancellable(work: Coroutine[Any, Any, T]) -> T:
    """Cancel ``work`` at each signal. asyncio's own handler would break off the clean-up at the second Ctrl-C."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    received: list[int] = []

    def stop(number: int) -> None:
        received.append(number)
        if received.count(signal.SIGINT) > PATIENT_INTERRUPTS:
            raise KeyboardInterrupt
        if task is not None:
            loop.call_soon_threadsafe(task.cancel)

    with _on_signals(stop, signal.SIGTERM, signal.SIGINT):
        try:
            return await work
        except asyncio.CancelledError:
            if signal.SIGTERM in received:
                raise TerminatedError from None
            raise


def _outcome(command: CommandFunction, arguments: Sequence[str], runtime: Runtime) -> int:
    try:
        return command(arguments, runtime)
    except UserError as problem:
        runtime.say(problem.message)
        return problem.exit_code
    except (KeyboardInterrupt, asyncio.CancelledError):
        runtime.say(_("interrupted"))
        return INTERRUPTED
    except TerminatedError:
        runtime.say(_("terminated"))
        return TERMINATED
    except Exception as error:  # noqa: BLE001 - the user must never see a traceback
        runtime.say(_("internal error: {kind}: {text}").format(kind=type(error).__name__, text=error))
        return WRONG_USE


def _flush(code: int, runtime: Runtime) -> int:
    """Flush stdout while a full disk and a closed pipe can still be distinguished."""
    try:
        sys.stdout.flush()
    except UserError as problem:
        runtime.say(problem.message)
        code = problem.exit_code
    with suppress(UserError):
        sys.stderr.flush()
    return code
