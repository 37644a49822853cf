"""A command group that takes options before and after the command alike."""

from typing import Any

import typer
from typer.core import TyperGroup

from auditor.cli.options.demo_syntax import OPTION as DEMO
from auditor.cli.options.demo_syntax import spelled_out, with_default_name
from auditor.cli.options.everywhere import commands_of


class OptionsAnywhere(TyperGroup):
    """A group that moves options given before a command's name to that command.

    The command refuses those that it does not have.
    """

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Move the arguments before the command's name behind it."""
        takers = frozenset(name for name, command in self.commands.items() if _has_option(command, DEMO))
        args = with_default_name(args, takers)
        _values, rest, _order = self._parser_of_all(ctx).parse_args(list(args))
        before = [arg for arg in args[: len(args) - len(rest)] if arg != "--"]
        if not rest or rest[0] not in self.commands:
            return super().parse_args(ctx, args)
        command, *behind = spelled_out(rest, takers)
        return super().parse_args(ctx, [command, *before, *behind])

    def _parser_of_all(self, ctx: typer.Context) -> Any:
        """Return a parser of all commands' options, which is needed to tell values from commands."""
        parser, options = self.make_parser(ctx), dict[tuple[str, ...], Any]()
        for command in commands_of(self):
            for param in command.get_params(ctx):
                if param.param_type_name == "option":
                    names = (*param.opts, *param.secondary_opts)
                    options.pop(names, None)  # the last of a name counts, and most commands have the same ones
                    options[names] = param
        for param in options.values():
            param.add_to_parser(parser, ctx)
        return parser


def _has_option(command: Any, name: str) -> bool:
    return any(name in param.opts for param in command.params)
