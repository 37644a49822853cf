"""A command group in which an option means the same before and after a command."""

from typing import Any

import typer
from typer.core import TyperGroup


class OptionsAnywhere(TyperGroup):
    """Hands options that stand before a command's name to that command, which refuses those it cannot use."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Move what precedes the command's name behind it."""
        _values, rest, _order = self._parser_of_all(ctx).parse_args(list(args))
        before = [arg for arg in args[: len(args) - len(rest)] if arg != "--"]
        return super().parse_args(ctx, [rest[0], *before, *rest[1:]] if rest else args)

    def _parser_of_all(self, ctx: typer.Context) -> Any:
        """Make a parser that knows every option of every command: only so is it clear which word is a value."""
        parser = self.make_parser(ctx)
        for command in self.commands.values():
            for param in command.get_params(ctx):
                if param.param_type_name == "option":
                    param.add_to_parser(parser, ctx)
        return parser
