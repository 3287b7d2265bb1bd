"""The command `machidata`: each command is a thin twin of a function of `pipelines`.

Exit codes (design.md section 5): 0 fine, 1 findings of severity 誤り, 2 wrong use, 3 a catalog or
a file could not be reached. Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from machidata import __version__
from machidata.ending import ended
from machidata.messages import asked, say, use
from machidata.options import Group, Option, common, option

if TYPE_CHECKING:
    from pipelines.publish.planning.fields import Policy

# click must not look at paths itself: what cannot be read is our error, with what to do
PATH = click.Path(path_type=Path)

VERSION = "option.version"
DRIFT = option(
    "--drift", type=click.Choice(["ask", "keep", "overwrite"]), default="ask", help="drift"
)


@click.group(cls=Group, help="help")
@click.version_option(__version__, "--version", prog_name="machidata", cls=Option, help=VERSION)
def cli() -> None:
    """まちデータ; see the key `help` of the messages."""


@cli.command(help="help.build")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@option("--documents", type=PATH, metavar="DIR", help="documents")
@option("--out", type=PATH, metavar="DIR", help="out")
@option("--base", default="", metavar="URL", help="base")
@common
def build(
    names: tuple[str, ...], documents: Path | None, out: Path | None, base: str, as_json: bool
) -> int:
    """The whole line up to an embedded folder catalog."""
    from machidata.commands import build_command

    return build_command(names, documents, out, base, as_json=as_json)


@cli.command(help="help.read")
@click.argument("document", type=PATH, metavar="DOCUMENT")
@option("--out", type=PATH, required=True, metavar="DIR", help="out")
@option("--municipality", default="", metavar="CODE", help="municipality")
@common
def read(document: Path, out: Path, municipality: str, as_json: bool) -> int:
    """Any plan document → the tidy tables."""
    from machidata.commands import read_command

    return read_command(document, out, municipality, as_json=as_json)


@cli.command(help="help.check")
@click.argument("target", metavar="FILE|NAME")
@option("--schema", default="", metavar="NAME", help="schema")
@option("--municipality", default="", metavar="CODE", help="municipality")
@common
def check(target: str, schema: str, municipality: str, as_json: bool) -> int:
    """Schema and every other check."""
    from machidata.commands import check_command

    return check_command(target, schema, municipality, as_json=as_json)


@cli.command(help="help.explain")
@click.argument("package", metavar="PACKAGE")
@click.argument("row", metavar="ID")
@click.argument("column", required=False, default="", metavar="[COLUMN]")
@option("--documents", type=PATH, metavar="DIR", help="show-documents")
@common
def explain(package: str, row: str, column: str, documents: Path | None, as_json: bool) -> int:
    """Where a value stands and how it was read."""
    from machidata.explain_command import explain_command

    return explain_command(package, row, column, documents, as_json=as_json)


@cli.command(help="help.publish")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@option("--to", required=True, metavar="CATALOG", help="to")
@option("--out", type=PATH, metavar="DIR", help="out")
@option("--base", default="", metavar="URL", help="base")
@option("--plan", type=PATH, metavar="FILE", help="plan")
@option("--apply", type=PATH, metavar="FILE", help="apply")
@DRIFT
@option("--forget", multiple=True, metavar="NAME", help="forget")
@option("--moved", is_flag=True, help="moved")
@common
def publish(
    names: tuple[str, ...],
    to: str,
    out: Path | None,
    base: str,
    plan: Path | None,
    apply: Path | None,
    drift: Policy,
    as_json: bool,
    **allowed: Any,
) -> int:
    """Packages → a catalog."""
    from machidata.catalog_commands import Publishing
    from machidata.commands import publish_command

    if to == "shirasagi" or to.startswith("shirasagi:"):
        from machidata.shirasagi import asked_of, shirasagi_command

        list_ = asked_of(names, to, out, base, **allowed)
        return shirasagi_command(list_, plan, apply, as_json=as_json)
    asked = Publishing(to, names, base, plan, apply, drift, as_json)
    return publish_command(names, out, asked, as_json=as_json)


@cli.command(help="help.approve")
@click.argument("plan", type=PATH, required=False, metavar="[PLAN]")
@option("--as", "approver", default="", metavar="NAME", help="as")
@option("--new-key", is_flag=True, help="new-key")
@common
def approve(plan: Path | None, approver: str, new_key: bool, as_json: bool) -> int:
    """A signature under a plan."""
    from machidata.approve_command import approve_command, new_key_command

    if new_key:
        return new_key_command(plan, approver, as_json=as_json)
    return approve_command(plan, approver, as_json=as_json)


@cli.command(help="help.verify")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@option("--to", required=True, metavar="CATALOG", help="to")
@option("--base", default="", metavar="URL", help="base")
@common
def verify(names: tuple[str, ...], to: str, base: str, as_json: bool) -> int:
    """What a catalog holds, against what it should."""
    from machidata.catalog_commands import verify_command

    return verify_command(to, names, base, as_json=as_json)


@cli.command(help="help.rollback")
@option("--to", required=True, metavar="CATALOG", help="to")
@DRIFT
@option("--abandon", is_flag=True, help="abandon")
@common
def rollback(to: str, drift: Policy, abandon: bool, as_json: bool) -> int:
    """A catalog as it was before the last apply."""
    from machidata.catalog_commands import rollback_command

    return rollback_command(to, drift, abandon=abandon, as_json=as_json)


@cli.command(help="help.new")
@click.argument("name", metavar="NAME")
@option("--from", "document", type=PATH, required=True, metavar="DOCUMENT", help="from")
@option("--municipality", default="", metavar="CODE", help="municipality")
@common
def new(name: str, document: Path, municipality: str, as_json: bool) -> int:
    """A new package folder."""
    from machidata.commands import new_command

    return new_command(name, document, municipality, as_json=as_json)


def run(arguments: Sequence[str]) -> int:
    """Runs a command line and returns its exit code; what goes wrong becomes an error to read."""
    use(asked(arguments))
    as_json = "--json" in arguments
    try:
        result = cli.main(args=list(arguments), prog_name="machidata", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except SystemExit:  # click's answer to a reader of our output that has left
        return 0
    except click.Abort:
        click.echo(say("stopped.run"), err=True)
        return 130
    except Exception as error:
        if isinstance(error, BrokenPipeError):
            raise
        if os.environ.get("MACHIDATA_DEBUG") == "1" and not isinstance(error, click.ClickException):
            raise
        from machidata.failures import report

        return report(error, as_json=as_json)
    return result if isinstance(result, int) else 0


def main() -> None:
    """The entry point of the command `machidata`."""
    sys.exit(ended(lambda: run(sys.argv[1:])))
