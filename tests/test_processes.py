"""A process that is forked begins, ends and writes as one that is started cold, for no test may see a difference."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import processes
from tests.cli.conftest import environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every process is started cold")

STATE = """
import json, os, signal, sys, warnings
def stream(name):
    one = getattr(sys, name)
    assert one is getattr(sys, f"__{name}__")
    raw = getattr(one.buffer, "raw", one.buffer)
    return [one.encoding, one.errors, one.line_buffering, one.write_through, one.newlines, one.mode, one.name,
            one.isatty(), one.closed, one.fileno(), type(one.buffer).__name__, str(raw.name)]
mask = os.umask(0)
json.dump({
    "words": [sys.argv, __name__, sorted(globals().keys())],
    "path": sys.path,
    "environment": dict(os.environ),
    "streams": [stream(name) for name in ("stdin", "stdout", "stderr")],
    "signals": [str(signal.getsignal(number)) for number in signal.valid_signals()],
    "blocked": [str(signal.pthread_sigmask(signal.SIG_BLOCK, []))],
    "warnings": [sys.warnoptions, [str(one) for one in warnings.filters]],
    "place": [os.getcwd(), mask, os.getsid(0) == os.getpid(), os.getppid(), sys.dont_write_bytecode],
    "modes": [sys.flags.utf8_mode, sys.getfilesystemencoding(), sys.stdin.encoding],
    "open": sorted(os.listdir("/proc/self/fd")),
}, sys.stdout)
"""
ENDS = {
    "3": "raise SystemExit(3)",
    "text": "raise SystemExit('a word')",
    "error": "raise ValueError('a word')",
    "interrupt": "raise KeyboardInterrupt",
    "killed": "import os; os.kill(os.getpid(), 9)",
    "at exit": "import atexit; atexit.register(print, 'last')",
    "a thread": "import threading, time; threading.Thread(target=lambda: (time.sleep(0.1), print('late'))).start()",
    "a destructor": "class Last:\n    def __del__(self): print('gone')\nkept = Last(); kept.itself = kept",
    "warning": "import warnings; warnings.warn('a word', DeprecationWarning); warnings.warn('more', UserWarning)",
}
LAST = {name: code for name, code in ENDS.items() if name not in {"error", "interrupt"}}


IMPORTS_NOTHING = "from tests import process_server as server; server._import = lambda: None; server.main()"
"""A server that is there in a twentieth of the time."""


@pytest.fixture
def own_servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[Any, Any]]:
    """The servers of one test, which have imported nothing."""
    servers = dict[Any, Any]()
    monkeypatch.setattr(processes, "_servers", servers)
    monkeypatch.setattr(processes, "SERVER", IMPORTS_NOTHING)
    yield servers
    for server in servers.values():
        server.close()


def both(*words: str, **how: Any) -> list[Any]:
    """What came of a command in a process that was started cold, and in one that was forked."""
    command = [sys.executable, *words]
    plain = {"capture_output": True, "check": False, "timeout": 60, **how}
    return [run(command, **plain) for run in (subprocess.run, processes.run)]


def without_filters_of_the_program(state: dict[str, Any]) -> dict[str, Any]:
    """The state but for filters of warnings of classes that modules define."""
    options, filters = state["warnings"]
    state["warnings"] = [options, [one for one in filters if "." not in one]]
    return state


def result(ran: "subprocess.CompletedProcess[bytes]") -> tuple[int, bytes, bytes]:
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.slow("cold processes")
@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"PYTHONIOENCODING": "cp1252", "LC_MESSAGES": "zh_CN.UTF-8"},
        {"PYTHONIOENCODING": "ascii:replace", "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        {"PYTHONIOENCODING": ":strict"},
    ],
)
def test_it_begins_as_a_process_that_is_started_cold(tmp_path: Path, variables: dict[str, str]) -> None:
    how = {"env": environment(**variables), "cwd": tmp_path, "umask": -1, "stdin": subprocess.DEVNULL}
    cold, warm = both("-W", "error::UserWarning", "-c", STATE, "a word", "-x", **how)

    assert b"" == cold.stderr + warm.stderr
    assert json.loads(cold.stdout) == without_filters_of_the_program(json.loads(warm.stdout))


def test_a_session_of_its_own_is_its_own(tmp_path: Path) -> None:
    cold, warm = both("-c", STATE, env=environment(), start_new_session=True, stdin=subprocess.DEVNULL)

    state = without_filters_of_the_program(json.loads(warm.stdout))
    assert (True, json.loads(cold.stdout)) == (state["place"][2], state)


@pytest.mark.slow("cold processes")
@pytest.mark.parametrize("code", LAST.values(), ids=LAST)
def test_it_ends_as_a_process_that_is_started_cold(code: str) -> None:
    cold, warm = both("-c", code, env=environment())

    assert result(cold) == result(warm)


@pytest.mark.parametrize("name", ["error", "interrupt"])
def test_an_error_ends_it_with_the_same_code_and_last_line(name: str) -> None:
    cold, warm = both("-c", ENDS[name], env=environment())

    assert (cold.returncode, b"", cold.stderr[-20:]) == (warm.returncode, warm.stdout, warm.stderr[-20:])


def test_a_module_is_run_as_python_runs_it(tmp_path: Path) -> None:
    (tmp_path / "named").mkdir()
    (tmp_path / "named/__main__.py").write_text("import sys; print(sys.argv, __name__, __package__, sys.path[:2])")
    cold, warm = both("-m", "named", "x", env=environment(), cwd=tmp_path)

    assert (0, b"") == (cold.returncode, cold.stderr)
    assert result(cold) == result(warm)


@pytest.mark.slow("cold processes")
def test_the_program_is_run_as_python_runs_it(tmp_path: Path) -> None:
    cold, warm = both("-m", "auditor", "explain", "debt", "--lang", "xx", env=environment(), cwd=tmp_path)

    assert 2 == cold.returncode
    assert result(cold) == result(warm)


FILLS = "import sys; sys.stdout.write('x' * 100)"


@pytest.mark.slow("cold processes")
@pytest.mark.parametrize("place", ["/dev/full", "closed"])
def test_what_cannot_be_flushed_at_its_end_shows_in_its_code(place: str) -> None:
    def ended(run: Callable[..., Any]) -> tuple[int, bytes]:
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") if place == "closed" else Path(place).open("wb") as out:
            ran = run([sys.executable, "-c", FILLS], stdout=out, stderr=subprocess.PIPE, env=environment(), check=False)
        return ran.returncode, ran.stderr

    assert 120 == ended(subprocess.run)[0]
    assert ended(subprocess.run) == ended(processes.run)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_it_and_it_is_a_child_of_the_test(number: signal.Signals) -> None:
    command = [sys.executable, "-c", "import time; print('began', flush=True); time.sleep(60)"]
    with processes.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()) as running:
        assert running.stdout is not None
        assert b"began\n" == running.stdout.readline()
        running.send_signal(number)
        assert (-number, b"") == (running.wait(20), running.stdout.read())


def test_one_leaves_nothing_to_the_next() -> None:
    leave = "import auditor, os; auditor.left = 1; os.environ['LEFT'] = '1'; os.chdir('/'); os.close(2)"
    look = "import auditor, os; print(hasattr(auditor, 'left'), 'LEFT' in os.environ, os.getcwd() == '/')"
    _cold, _warm = both("-c", leave, env=environment())

    assert b"False False False\n" == both("-c", look, env=environment())[1].stdout


@pytest.mark.slow("starts a server")
def test_a_server_that_was_ended_is_replaced(own_servers: dict[Any, Any]) -> None:
    assert b"0\n" == both("-c", "print(0)", env=environment())[1].stdout
    (server,) = own_servers.values()
    server.process.kill()
    server.process.wait()

    assert b"1\n" == both("-c", "print(1)", env=environment())[1].stdout


@pytest.mark.slow("starts a server")
def test_an_environment_that_python_fixes_at_its_start_has_its_own_server(own_servers: dict[Any, Any]) -> None:
    both("-c", "print(1)", env=environment())
    cold, warm = both("-c", STATE, env=environment(PYTHONUTF8="1", PYTHONHASHSEED="7"), stdin=subprocess.DEVNULL)

    assert 2 == len(own_servers)
    assert 1 == json.loads(cold.stdout)["modes"][0]
    assert json.loads(cold.stdout) == without_filters_of_the_program(json.loads(warm.stdout))
