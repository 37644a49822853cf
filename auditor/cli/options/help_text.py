"""The text of --help: usage, examples, commands and options in groups, at most 80 columns wide."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from auditor.cli.options.everywhere import commands_of
from auditor.cli.options.examples import COMMAND_GROUPS, COMMANDS, EXAMPLES, OTHERS
from auditor.cli.options.panels import PANELS
from auditor.i18n import Translator, _, mark
from auditor.i18n.columns import cells_of, padded, wrapped

WIDEST, NARROWEST = 80, 40
# The widest first column of a list of commands or examples, and of options; a longer one stands on its own line.
FIRST, OPTION_COLUMN = 44, 28
INDENT = "  "
OF_TYPER = frozenset({"--help", "--install-completion", "--show-completion"})
TYPER_TEXTS = (
    mark("Show this message and exit."),
    mark("Install completion for the current shell."),
    mark("Show completion for the current shell, to copy it or customize the installation."),
)
Row = tuple[str, str]


def add_help(group: Any, translate: Translator) -> None:
    """Make ``group`` and every command in it print this help."""
    for command in commands_of(group):
        command.get_help = lambda context: "\n".join(help_lines(context, translate))


def help_lines(context: Any, translate: Translator) -> Iterator[str]:
    """Yield the lines of the help of the context's command."""
    width = max(min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST), NARROWEST)
    command = context.command
    yield translate(_("Usage: {usage}").format(usage=usage(context)))
    yield ""
    yield from _indented(wrapped(translate(_(command.help)), width - len(INDENT)))
    parts = [(heading, [(names, translate(text)) for names, text in rows]) for heading, rows in sections(context)]
    options = _column([row for _heading, rows in parts for row in rows if _is_option(row)], OPTION_COLUMN)
    for heading, rows in parts:
        yield ""
        yield translate(_("{heading}:").format(heading=_(heading)))
        column = options if _is_option(rows[0]) else _column(rows, FIRST)
        yield from _indented(_table(rows, width - len(INDENT), column))


def usage(context: Any) -> str:
    """Return how the command is written: `audit plan [OPTIONS]`."""
    return " ".join((context.command_path, *context.command.collect_usage_pieces(context)))


def sections(context: Any) -> Iterator[tuple[str, Sequence[tuple[str, Any]]]]:
    """Yield the headings of a help text with their rows: what is written, and the message that explains it."""
    command = context.command
    arguments = [param for param in command.params if param.param_type_name == "argument" and param.help]
    if arguments:
        yield mark("Arguments"), [(param.metavar, _(param.help)) for param in arguments]
    examples = EXAMPLES.get(context.command_path, ())
    if examples:
        yield mark("Examples"), [(line, _(text)) for line, text in examples]
    yield from _command_groups(getattr(command, "commands", {}), COMMANDS if context.parent else OTHERS)
    yield from _option_groups(context)


def _command_groups(commands: dict[str, Any], others: str) -> Iterator[tuple[str, Sequence[tuple[str, Any]]]]:
    visible = {name: command for name, command in commands.items() if not command.hidden}
    for heading, names in COMMAND_GROUPS:
        rows = [(name, _(visible.pop(name).help)) for name in names if name in visible]
        if rows:
            yield heading, rows
    if visible:
        yield others, [(name, _(command.help)) for name, command in visible.items()]


def _option_groups(context: Any) -> Iterator[tuple[str, Sequence[tuple[str, Any]]]]:
    params = [param for param in context.command.get_params(context) if param.param_type_name == "option"]
    groups: dict[str, list[tuple[str, Any]]] = {}
    for param in params:
        if not param.hidden:
            panel = PANELS[-1] if OF_TYPER & {*param.opts} else param.rich_help_panel or ""
            groups.setdefault(panel, []).append((option_names(param), _option_text(param)))
    for panel in (*PANELS, *(panel for panel in groups if panel not in PANELS)):
        if panel in groups:
            yield panel or mark("Options"), groups[panel]


def option_names(param: Any) -> str:
    """Return how an option is written: `-o, --output FILE`, with room for a short form; without its other names."""
    short = [name for name in param.opts if not name.startswith("--")]
    long = next(name for name in param.opts if name.startswith("--"))
    shown = f"{short[0]}, {long}" if short else f"    {long}"
    value = "" if param.is_flag or param.count else f" {param.metavar}"
    return f"{shown}{value}" + "".join(f" / {name}" for name in param.secondary_opts)


def _option_text(param: Any) -> Any:
    """Return the explanation of an option, with its default if it has one worth telling."""
    default = _default(param)
    text = _(param.help)
    return _("{text} [default: {default}]").format(text=text, default=default) if default else text


def _default(param: Any) -> str:
    if isinstance(param.show_default, str):
        return param.show_default
    if not param.show_default or param.default is None or isinstance(param.default, bool | list | tuple):
        return str(param.opts[0]) if param.secondary_opts and param.default else ""
    return str(param.default)


def _is_option(row: Row) -> bool:
    return row[0].lstrip().startswith("-")


def _column(rows: Iterable[Row], widest: int) -> int:
    """Return where the explanations begin: behind the widest first cell that is not too wide."""
    return max((cells_of(first) for first, _text in rows if cells_of(first) <= widest), default=len(INDENT)) + 2


def _table(rows: Iterable[Row], width: int, column: int) -> Iterator[str]:
    """Align explanations at ``column``; a row whose first cell is too wide has two lines."""
    for first, text in rows:
        lines = wrapped(text, width - column)
        if cells_of(first) + 2 > column:
            yield from _broken(first, width)
        else:
            yield f"{padded(first, column)}{lines.pop(0)}".rstrip()
        yield from (" " * column + line for line in lines)


def _broken(first: str, width: int) -> Iterator[str]:
    """Break a list of choices that is wider than a line after a bar."""
    if cells_of(first) <= width:
        yield first
        return
    head, *choices = first.split("|")
    line = head
    for choice in choices:
        if cells_of(f"{line}|{choice}") >= width:
            yield f"{line}|"
            line = " " * 8 + choice
        else:
            line += f"|{choice}"
    yield line


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"{INDENT}{line}".rstrip() for line in lines)
