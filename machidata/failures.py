"""Exceptions → one error that a person can act on."""

from __future__ import annotations

import contextlib

import click

from machidata.render import error_data, error_lines, out_json
from machidata.streams import flush, note
from pipelines.model import MachidataError
from pipelines.unforeseen import internal


def as_error(error: Exception) -> MachidataError:
    """Any exception as a MachidataError: `usage` for click's, `unreachable` for the system's and
    `internal` for what we did not foresee.
    """
    if isinstance(error, MachidataError):
        return error
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, OSError):
        return _unreachable(error)
    return internal(error)


def _usage(error: click.ClickException) -> MachidataError:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "machidata"
    return MachidataError(
        "usage",
        ja="コマンドの使い方が違います。",
        en="The command was used in a wrong way.",
        where=command,
        found=error.format_message(),
        expected=" ".join(context.command.collect_usage_pieces(context)) if context else "",
        fix_ja=f"{command} --help をご覧ください。",
        fix_en=f"See: {command} --help",
    )


def _unreachable(error: OSError) -> MachidataError:
    return MachidataError(
        "unreachable",
        ja="ファイルまたはフォルダを使えません。",
        en="A file or a folder could not be used.",
        where=str(error.filename or ""),
        found=error.strerror or type(error).__name__,
        fix_ja="場所と権限を確かめてください。",
        fix_en="Check the place and its permissions.",
        exit_code=3,
    )


def report(error: Exception, *, as_json: bool) -> int:
    """Shows an exception and returns the exit code of the process."""
    known = as_error(error)
    if as_json:
        # the output may be what failed: what is wrong is told on standard error all the same
        with contextlib.suppress(MachidataError, BrokenPipeError):
            out_json({"error": error_data(known), "exit_code": known.exit_code})
            flush()
    for line in error_lines(known):
        note(line)
    return known.exit_code
