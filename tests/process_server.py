"""A Python that has imported the program, and forks a process for each command that `tests.processes` sends.

A process forked here begins as a fresh Python does: with the arguments, environment, folder, streams and signals of its
order, and nothing else open. What Python fixes once a process (UTF-8 mode, hash seed) is that of the server, which
therefore serves commands of one such environment.
"""

import ctypes
import gc
import io
import json
import os
import runpy
import signal
import socket
import sys
import time
import types
import warnings
from dataclasses import dataclass
from importlib import import_module
from typing import Any

PROGRAM = (
    "auditor.__main__",
    "auditor.assessment.dust",
    "auditor.cli.app",
    "auditor.cli.commands.audit",
    "auditor.cli.commands.exchanges",
    "auditor.cli.commands.watch_run",
    "auditor.cli.runtime.dialog",
    "auditor.cli.runtime.output",
    "auditor.demo.okx.venue",
    "auditor.exchanges.okx.exchange",
    "auditor.formats.as_json",
    "auditor.formats.as_terminal",
    "auditor.history.store",
    "auditor.watch.notify.notifier",
    "aiohttp._websocket.reader_py",
    "aiohttp_fast_zlib",
    "cryptography.hazmat.primitives.asymmetric.ec",
    "hypothesis",
    "pytest",
)
"""What commands of tests import. None of it looks at its environment when it is imported, and none starts a thread."""
LENGTH = 8
STREAMS = ("stdin", "stdout", "stderr")


@dataclass(frozen=True, kw_only=True)
class Order:
    """A command: Python's arguments after its own name, and what the process is to find around it."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    umask: int
    new_session: bool


@dataclass(frozen=True)
class Base:
    """What of the server a fresh Python that imports the program has, too.

    The end of sys.path, the locale that Python chose itself, and how many filters of warnings the program put first.
    """

    path: list[str]
    locale: dict[str, str]
    filters: int


def main() -> None:
    """Serve until the tests end. In a process that was forked: return when its command is done."""
    control = socket.socket(fileno=int(sys.argv[1]))
    base = _imported()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while received := _received(control):
        order, streams = received
        ready, told = os.pipe()
        if child := os.fork():
            _hand_over(child, control, ready, [told, *streams])
            continue
        parent = os.getpid()
        if os.fork():
            os._exit(0)  # the tests adopt its child
        while os.getppid() == parent:
            time.sleep(0.001)
        control.detach()
        _begin(order, streams, told, base)
        _run(_warned(order.arguments, base.filters))
        return


def _imported() -> Base:
    """Import the program, and what of others an audit imports."""
    first = warnings.filters[0]
    _import()
    _keep()
    given = {"", os.getcwd(), *os.environ["PYTHONPATH"].split(os.pathsep)}  # noqa: PTH109 - as Python writes it
    chosen = {name: value for name, value in os.environ.items() if name == "LC_CTYPE"}
    return Base([path for path in sys.path if path not in given], chosen, warnings.filters.index(first))


def _import() -> None:
    for name in PROGRAM:
        import_module(name)
    import_module("auditor.rules").all_rules()
    import_module("auditor.transport.ccxt.loader").exchange_class("okx")


def _keep() -> None:
    """Let no process free what was imported here when it ends: it would take longer than most commands."""
    kept = [dict(vars(module)) for module in list(sys.modules.values())]
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(kept))
    gc.freeze()


def _received(control: socket.socket) -> tuple[Order, list[int]] | None:
    """Wait for the next order and its streams; None when the tests have ended."""
    head, streams, _flags, _address = socket.recv_fds(control, LENGTH, len(STREAMS))
    if not head:
        return None
    text = control.recv(int.from_bytes(head), socket.MSG_WAITALL)
    return Order(**json.loads(text)), streams


def _hand_over(child: int, control: socket.socket, ready: int, others: list[int]) -> None:
    """Tell the tests which process is theirs, once it has begun and its parent has ended."""
    for descriptor in others:
        os.close(descriptor)
    os.waitpid(child, 0)
    control.sendall(os.read(ready, LENGTH) or bytes(LENGTH))
    os.close(ready)


def _begin(order: Order, streams: list[int], told: int, base: Base) -> None:
    """Make this process what a fresh Python is before it looks at its command."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    if order.new_session:
        os.setsid()
    os.chdir(order.folder)
    os.umask(order.umask)
    os.environ.clear()
    os.environ.update(base.locale | order.environment)
    given = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    sys.path[:] = dict.fromkeys([*given, *base.path])
    sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    for number, name in enumerate(STREAMS):
        setattr(sys, name, _opened(number, getattr(sys, f"__{name}__")))
        setattr(sys, f"__{name}__", getattr(sys, name))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.write(told, os.getpid().to_bytes(LENGTH))
    os.closerange(len(STREAMS), 1 + max(map(int, os.listdir("/proc/self/fd"))))  # noqa: PTH208 - names are enough


def _opened(number: int, servers: Any) -> Any:
    """Open stdin, stdout or stderr as Python does; source: create_stdio in CPython's Python/pylifecycle.c."""
    encoding, _colon, errors = os.environ.get("PYTHONIOENCODING", "").partition(":")
    errors = "backslashreplace" if number == len(STREAMS) - 1 else errors or ("strict" if encoding else servers.errors)
    unbuffered = bool(os.environ.get("PYTHONUNBUFFERED"))
    kind = "w" if number else "r"
    binary: Any = open(number, f"{kind}b", 0 if unbuffered and number else -1, closefd=False)  # noqa: SIM115
    getattr(binary, "raw", binary).name = f"<{STREAMS[number]}>"
    by_line = not unbuffered and (binary.isatty() or number == len(STREAMS) - 1)
    made: Any = io.TextIOWrapper(
        binary, encoding or servers.encoding, errors, "\n", line_buffering=by_line, write_through=unbuffered
    )
    made.mode = kind
    return made


def _warned(arguments: list[str], count: int) -> list[str]:
    """Obey Python's options -W, which come before filters of the program; return the arguments after them."""
    filters: Any = warnings.filters
    own = filters[:count]
    del filters[:count]
    while arguments[0] == "-W":
        sys.warnoptions.append(arguments[1])
        arguments = arguments[2:]
    warnings._processoptions(sys.warnoptions)  # type: ignore[attr-defined] # as that module does when it is loaded
    filters[:0] = own
    warnings._filters_mutated()  # type: ignore[attr-defined]
    return arguments


def _run(arguments: list[str]) -> None:
    """Do what Python does with a command. What the command raises ends this process as it would end any other."""
    what, command, *rest = arguments
    fresh, own = types.ModuleType("__main__"), vars(sys.modules["__main__"])
    fresh.__dict__.update({name: own[name] for name in own if name.startswith("__")}, __annotations__={})
    sys.modules["__main__"] = fresh
    sys.argv[:] = [what, *rest]
    sys.path.insert(0, "" if what == "-c" else os.getcwd())  # noqa: PTH109 - as Python writes it
    if what == "-c":
        exec(compile(command, "<string>", "exec"), fresh.__dict__)
        return
    sys.modules.pop(f"{command}.__main__", None)
    runpy._run_module_as_main(command)  # type: ignore[attr-defined] # as the interpreter does
