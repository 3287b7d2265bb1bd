"""click, with help texts in the language of the run and the options that every command has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from machidata.messages import LANGUAGES, say, use

Function = TypeVar("Function", bound=Callable[..., Any])


class Option(click.Option):
    """An option whose `help` is a key of the messages, told in the language of the run."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help; see click."""
        record = super().get_help_record(ctx)
        return (record[0], say(str(self.help))) if record and self.help else record


class _Localised:
    """Help of a command: the sentence that its `help` names."""

    help: str | None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the sentence; see click."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(str(self.help)))

    def get_short_help_str(self, limit: int = 45) -> str:
        """The sentence in the list of commands; see click."""
        return say(str(self.help))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help, told in the language of the run."""
        return Option(
            ["--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
            help="option.help",
        )


def _show_help(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


class Command(_Localised, click.Command):
    """A command with a localised help."""


class Group(_Localised, click.Group):
    """A group with a localised help, its commands in the order of their making."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of design.md section 5."""
        return list(self.commands)


def option(*names: str, help: str, **rest: Any) -> Callable[[Function], Function]:
    """`click.option` with a key of the messages as help."""
    return click.option(*names, cls=Option, help=f"option.{help}", **rest)


def _choose_language(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value:
        use(value)


def common(function: Function) -> Function:
    """The options of every command: --json and --lang."""
    function = option("--json", "as_json", is_flag=True, help="json")(function)
    return option(
        "--lang",
        type=click.Choice(LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=_choose_language,
        help="lang",
    )(function)
