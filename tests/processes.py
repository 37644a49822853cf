"""Processes that tests start, with the program imported already: its import takes longer than what most of them do.

`run` and `Popen` are those of `subprocess`, for commands ``[sys.executable, "-c" or "-m", ...]``. Such a process is a
real one, and a child of the test's: with exit codes, signals, pipes, terminals and encodings of its own. What depends
on the import itself is started cold, by `subprocess`, and so is everything where there is no Linux.
"""

import atexit
import ctypes
import inspect
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.process_server import LENGTH

ROOT = str(Path(__file__).resolve().parents[1])
SERVER = "from tests.process_server import main; main()"
SET_CHILD_SUBREAPER = 36
"""Source: prctl(2). While it is set, orphans of this process's descendants become its children."""
OBEYED = {"PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING", "PYTHONPATH", "PYTHONUNBUFFERED"}
"""Variables of Python that a forked process obeys. Others, and those of the locale, need a server of their own."""
LOCALE = {"LANG", "LC_ALL", "LC_CTYPE"}
UNUSUAL = ("preexec_fn", "pass_fds", "shell", "executable", "gid", "gids", "uid")
PIPES = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")

Variables = tuple[tuple[str, str], ...]


class Popen(subprocess.Popen[Any]):
    """A process whose Python has imported the program before it begins."""

    def _execute_child(self, *given: Any) -> None:
        cold = super()._execute_child  # type: ignore[misc]
        how = inspect.signature(cold).bind(*given).arguments
        if sys.platform != "linux" or any(how[name] for name in UNUSUAL):
            cold(*given)
            return
        environment = {os.fsdecode(name): os.fsdecode(value) for name, value in (how["env"] or os.environ).items()}
        order = {
            "arguments": _arguments(how["args"]),
            "environment": environment,
            "folder": os.fspath(how["cwd"] or Path.cwd()),
            "umask": _umask(),
            "new_session": how["start_new_session"],
        }
        streams = (how["p2cread"], how["c2pwrite"], how["errwrite"])
        server = _server_for(environment)
        self.pid = server.start(order, [number if fd == -1 else fd for number, fd in enumerate(streams)])
        self._child_created = True
        self._close_pipe_fds(*(how[name] for name in PIPES))  # type: ignore[attr-defined]


def run(
    command: list[str], *, capture_output: bool = False, timeout: float | None = None, check: bool, **how: Any
) -> "subprocess.CompletedProcess[Any]":
    """Do what `subprocess.run` does."""
    if capture_output:
        how |= {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with Popen(command, **how) as process:
        try:
            out, err = process.communicate(timeout=timeout)
        except BaseException:
            process.kill()
            raise
    done = subprocess.CompletedProcess(command, process.returncode, out, err)
    if check:
        done.check_returncode()
    return done


class _Server:
    """A process that forks others, which this process adopts."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.control, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVER, str(number)],
                cwd=ROOT,
                env=dict(environment),
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        atexit.register(self.close)

    def start(self, order: Mapping[str, Any], streams: list[int]) -> int:
        """Let it begin a process, and return its id."""
        text = json.dumps(order).encode()
        with _ADOPTING:
            _prctl(SET_CHILD_SUBREAPER, 1)
            try:
                socket.send_fds(self.control, [len(text).to_bytes(LENGTH)], streams)
                self.control.sendall(text)
                number = int.from_bytes(self.control.recv(LENGTH, socket.MSG_WAITALL))
            finally:
                _prctl(SET_CHILD_SUBREAPER, 0)
        assert number, "the process could not begin"
        return number

    def close(self) -> None:
        """End it."""
        self.control.close()
        self.process.wait()


_ADOPTING = threading.Lock()
_servers: dict[Variables, _Server] = {}


def _server_for(environment: Mapping[str, str]) -> _Server:
    """Return the server for what Python and the C library fix when a process begins; one that was ended is replaced."""
    fixed = {
        name: value
        for name, value in environment.items()
        if value and (name in LOCALE or (name.startswith("PYTHON") and name not in OBEYED))
    }
    key = tuple(sorted(fixed.items()))
    if key not in _servers or _servers[key].process.poll() is not None:
        general = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
        path = os.pathsep.join((ROOT, os.environ["PYTHONPATH"]))
        _servers[key] = _Server({**general, **fixed, "PYTHONPATH": path})
    return _servers[key]


def _arguments(command: list[str]) -> list[str]:
    program, *arguments = map(str, command)
    assert sys.executable == program
    return arguments


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _prctl(option: int, value: int) -> None:
    assert 0 == ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
