"""A key that is typed or pasted: never on the screen, never left for the shell, and only where it can be hidden."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from auditor.cli.runtime.keyboard import BRACKETS_OFF, BRACKETS_ON, _WindowsKeyboard, hidden_keyboard
from auditor.model.errors import UserError
from tests import processes
from tests.cli.conftest import environment

POSIX = pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
KEY, REST = "planted-key-1111", "planted-secret-2222"
ASK = """
import sys
from auditor.cli.runtime.dialog import Dialog
from auditor.cli.runtime.keyboard import hidden_keyboard
from auditor.cli.runtime.process import run_command

def ask(_words, runtime):
    with hidden_keyboard() as keyboard:
        answer = Dialog(keyboard, runtime).hidden("Key: ")
        sys.stdout.write(f"{len(answer)} characters; ")
        LATER
    return 0

sys.exit(run_command(ask, []))
"""


@dataclass
class Screen:
    """A terminal with a program in it: what it shows, what it was left with."""

    master: int
    slave: int
    process: subprocess.Popen[bytes]
    shown: str = field(default="")

    def wait_for(self, text: str) -> None:
        end = time.monotonic() + 20
        while text not in self.shown:
            assert time.monotonic() < end, self.shown
            if select.select([self.master], [], [], 0.2)[0]:
                self.shown += os.read(self.master, 4096).decode()

    def types(self, text: str) -> None:
        os.write(self.master, text.encode())

    def end(self) -> int:
        code = self.process.wait(20)
        while select.select([self.master], [], [], 0.05)[0]:
            self.shown += os.read(self.master, 4096).decode()
        return code

    @property
    def has_echo(self) -> bool:
        import termios  # noqa: PLC0415 - not on Windows

        return bool(termios.tcgetattr(self.slave)[3] & termios.ECHO)

    @property
    def left_over(self) -> bool:
        """Whether something that was typed waits for whoever reads the terminal next."""
        return bool(select.select([self.slave], [], [], 0.05)[0])


def screen(later: str = "pass", term: str = "xterm") -> Screen:
    import pty  # noqa: PLC0415 - not on Windows

    master, slave = pty.openpty()
    command = [sys.executable, "-c", ASK.replace("LATER", later)]
    process = processes.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment(TERM=term), start_new_session=True
    )
    return Screen(master, slave, process)


@pytest.fixture
def asked() -> Iterator[Screen]:
    made = screen()
    made.wait_for("Key: ")
    yield made
    made.process.kill()
    made.process.wait(5)


@POSIX
def test_what_is_typed_is_not_shown_and_the_terminal_is_as_it_was(asked: Screen) -> None:
    assert not asked.has_echo
    asked.types(f"{KEY}\r")

    assert 0 == asked.end()
    assert (f"{len(KEY)} characters" in asked.shown, KEY in asked.shown) == (True, False)
    assert (True, True) == (asked.has_echo, BRACKETS_ON in asked.shown and BRACKETS_OFF in asked.shown)


@POSIX
def test_the_rest_of_a_paste_is_not_left_for_the_shell() -> None:
    asked = screen(later="import time; sys.stdout.flush(); time.sleep(0.4)")
    asked.wait_for("Key: ")
    asked.types(f"{KEY}\r")
    asked.wait_for("characters")
    asked.types(f"{REST}\rrm -rf x\r")

    assert 0 == asked.end()
    assert (False, False) == (asked.left_over, REST in asked.shown)


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_program_that_is_ended_meanwhile_leaves_the_terminal_as_it_was(
    asked: Screen, number: signal.Signals, code: int
) -> None:
    asked.types(KEY)
    time.sleep(0.1)
    asked.process.send_signal(number)

    assert code == asked.end()
    assert (True, False, False) == (asked.has_echo, asked.left_over, KEY in asked.shown)


@POSIX
def test_a_terminal_without_sequences_gets_none() -> None:
    asked = screen(term="dumb")
    asked.wait_for("Key: ")
    asked.types(f"{KEY}\r")

    assert 0 == asked.end()
    assert "\x1b" not in asked.shown


@POSIX
def test_where_nothing_can_be_hidden_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with open(os.devnull) as nothing:  # noqa: PTH123 - a descriptor that is no terminal
        monkeypatch.setattr(sys, "stdin", nothing)
        with pytest.raises(UserError, match="could be seen here"), hidden_keyboard():
            pass


def windows(*characters: str) -> _WindowsKeyboard:
    waiting = list(characters)
    return _WindowsKeyboard(SimpleNamespace(getwch=lambda: waiting.pop(0), kbhit=lambda: bool(waiting)))


def test_on_windows_keys_that_write_nothing_are_dropped_and_ctrl_c_ends_it() -> None:
    keyboard = windows("\xe0", "H", "a", "\x1a", "\x03")

    assert ("a", "", True) == (keyboard.read(), keyboard.read(), keyboard.has_more(0))
    with pytest.raises(KeyboardInterrupt):
        keyboard.read()
    assert not keyboard.has_more(0)


def test_without_termios_the_console_of_windows_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "termios", None)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(getwch=lambda: "k", kbhit=lambda: True))

    with hidden_keyboard() as keyboard:
        assert ("k", True) == (keyboard.read(), keyboard.has_more(0))


def test_without_either_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "termios", None)
    monkeypatch.setitem(sys.modules, "msvcrt", None)

    with pytest.raises(UserError, match="--stdin"), hidden_keyboard():
        pass
