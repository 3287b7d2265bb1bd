"""Names and paths that may be written below a catalog; everything else is refused."""

from __future__ import annotations

import re

from pipelines.model import MachidataError

PACKAGE_NAME = re.compile(r"[0-9a-z][0-9a-z._-]{0,99}")
SLUG = re.compile(r"[a-z][a-z0-9_]{0,63}")
# A part of a path: no hidden name, nothing that a shell, a URL or Windows reads in its own way.
_PART = re.compile(r"[0-9A-Za-z_][0-9A-Za-z._-]{0,199}")
ROOT_FILES = frozenset({"robots.txt", "sitemap.xml"})
RESERVED = frozenset({"assets", "metadata", "vocab", "index.html"}) | ROOT_FILES


def check_package_name(name: str) -> str:
    """The name if it can be a folder of the catalog, else MachidataError `package-name-invalid`."""
    if not PACKAGE_NAME.fullmatch(name) or name.endswith(".") or name in RESERVED:
        raise MachidataError(
            "package-name-invalid",
            ja="パッケージの名前をフォルダの名前に使えません。",
            en="The name of the package cannot be the name of a folder.",
            found=name,
            expected="022055-dx-plan",
            fix_ja="半角の英小文字・数字・ハイフンだけの名前にしてください。",
            fix_en="Use lower-case letters, digits and hyphens only.",
        )
    return name


def check_slug(slug: str, package: str) -> str:
    """The slug if it can name a page, else MachidataError `table-name-invalid`."""
    if not SLUG.fullmatch(slug) or slug == "index":
        raise MachidataError(
            "table-name-invalid",
            ja="表の名前をページの名前に使えません。",
            en="The name of the table cannot be the name of a page.",
            where=package,
            found=slug,
            expected="observation",
            fix_ja="半角の英小文字・数字・下線だけの名前にしてください（index は使えません）。",
            fix_en="Use lower-case letters, digits and underscores only, and not 'index'.",
        )
    return slug


def check_root_file(name: str) -> str:
    """The name if such a file may stand at a catalog's root, else MachidataError `path-invalid`."""
    if name not in ROOT_FILES:
        raise _path_invalid(name, "", " / ".join(sorted(ROOT_FILES)))
    return name


def is_safe(path: str) -> bool:
    """True for a relative path that stays inside its folder and has no hidden or odd part."""
    return all(_PART.fullmatch(part) and not part.endswith(".") for part in path.split("/"))


def check_path(path: str, where: str) -> str:
    """The relative path if it stays inside its folder, else MachidataError `path-invalid`."""
    if not is_safe(path):
        raise _path_invalid(path, where, "data/022055_plan.csv")
    return path


def _path_invalid(path: str, where: str, expected: str) -> MachidataError:
    return MachidataError(
        "path-invalid",
        ja="このファイルの場所には書けません。",
        en="A file cannot be written at this path.",
        where=where,
        found=path,
        expected=expected,
        fix_ja="フォルダの外や隠しファイルを指さない、半角の相対パスにしてください。",
        fix_en="Use a plain relative path that leads neither outside nor to a hidden file.",
    )
