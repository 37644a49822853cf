"""A command group that takes options before and after the command alike."""

from typing import Any

import typer
from typer.core import TyperGroup


class OptionsAnywhere(TyperGroup):
    """A group that moves options given before a command's name to that command.

    The command refuses those that it does not have.
    """

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Move the arguments before the command's name behind it."""
        _values, rest, _order = self._parser_of_all(ctx).parse_args(list(args))
        before = [arg for arg in args[: len(args) - len(rest)] if arg != "--"]
        return super().parse_args(ctx, [rest[0], *before, *rest[1:]] if rest else args)

    def _parser_of_all(self, ctx: typer.Context) -> Any:
        """Return a parser of all commands' options, which is needed to tell values from commands."""
        parser = self.make_parser(ctx)
        for command in self.commands.values():
            for param in command.get_params(ctx):
                if param.param_type_name == "option":
                    param.add_to_parser(parser, ctx)
        return parser
