"""Where the packages are, which of them are meant, and where output may go."""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from pathlib import Path

from pipelines.declaration import find_packages
from pipelines.model import MachidataError

PACKAGES = "datapackages"
DEFAULT_CATALOG = "out/catalog"


def find_root(start: Path | None = None) -> Path:
    """The folder that holds `datapackages/`: `MACHIDATA_ROOT`, `start` (the working folder) or one
    above it, or the checkout that this program runs from.

    Raises MachidataError `root-missing`.
    """
    stated = os.environ.get("MACHIDATA_ROOT", "")
    here = (start or Path.cwd()).resolve()
    tried = [Path(stated)] if stated else [here, *here.parents, Path(__file__).resolve().parents[1]]
    for folder in tried:
        if (folder / PACKAGES).is_dir():
            return folder.resolve()
    raise MachidataError(
        "root-missing",
        ja=f"{PACKAGES}/ のあるフォルダが見つかりません。",
        en=f"No folder with {PACKAGES}/ was found.",
        where=stated or str(here),
        expected=f"{PACKAGES}/",
        fix_ja="リポジトリの中で実行するか、MACHIDATA_ROOT にその場所を書いてください。",
        fix_en="Run it inside the repository, or say where that is in MACHIDATA_ROOT.",
    )


def choose(root: Path, names: Sequence[str] = ()) -> list[str]:
    """The packages meant by `names` (all when there are none), sorted and each once.

    A path such as `datapackages/NAME` means NAME. Raises MachidataError `package-unknown` with the
    nearest names, `packages-none` when the repository has no package at all.
    """
    known = find_packages(root / PACKAGES)
    if not known:
        raise MachidataError(
            "packages-none",
            ja="パッケージが一つもありません。",
            en="There is no package.",
            where=f"{PACKAGES}/",
            expected=f"{PACKAGES}/NAME/package.yaml",
            fix_ja="machidata new NAME --from DOCUMENT で作ってください。",
            fix_en="Make one with: machidata new NAME --from DOCUMENT",
        )
    if not names:
        return known
    return sorted({_known(known, name) for name in names})


def _known(known: list[str], name: str) -> str:
    short = name.rstrip("/").removeprefix("./").removeprefix(f"{PACKAGES}/")
    if short in known:
        return short
    near = difflib.get_close_matches(short, known, n=3, cutoff=0.4) or known[:5]
    raise MachidataError(
        "package-unknown",
        ja=f"「{name}」というパッケージはありません。",
        en=f"There is no package named '{name}'.",
        where=f"{PACKAGES}/",
        found=name,
        expected=" / ".join(near),
        fix_ja="名前を確かめてください。新しく作るには machidata new を使います。",
        fix_en="Check the name; make a new package with: machidata new",
    )


def catalog_folder(root: Path, out: Path | None, documents: Path | None) -> Path:
    """The folder of the catalog: `out`, or `out/catalog` of the repository.

    The prose of whole documents must never reach the repository, so reading them needs an `out`,
    and one that is outside the repository or in its `out/`, which git ignores. No catalog may
    stand in `datapackages/`. Raises MachidataError `out-missing`, `out-in-packages`,
    `out-in-repository`.
    """
    if out is None:
        if documents is None:
            return root / DEFAULT_CATALOG
        raise MachidataError(
            "out-missing",
            ja="--documents には --out も要ります。文書の本文はリポジトリに置けないためです。",
            en="--documents needs --out: the prose of the documents must not enter the repository.",
            expected="--out DIR",
            fix_ja="リポジトリの外のフォルダを --out に指定してください。",
            fix_en="Name a folder outside the repository with --out.",
        )
    refuse_inside(out, root, whole=documents is not None)
    return out


def refuse_inside(out: Path, root: Path | None = None, *, whole: bool) -> None:
    """Refuses an `out` in a place of a repository where it does not belong.

    A repository is `root`, and any other folder with packages that `out` is in. With `whole` the
    output may hold the prose of whole documents: then only the repository's `out/`, which git
    ignores, is open to it. Raises MachidataError `out-in-packages`, `out-in-repository`.
    """
    place = out.resolve()
    places = (place, *place.parents)
    ours = root.resolve() if root else None
    for one in places:
        if one != ours and not find_packages(one / PACKAGES):
            continue
        if one / PACKAGES in places:
            raise _misplaced("out-in-packages", out, f"{PACKAGES}/", f"{PACKAGES}/", "out/catalog")
        if whole and one / "out" not in places:
            raise _misplaced("out-in-repository", out, "リポジトリ", "the repository", "out/whole")


def _misplaced(code: str, out: Path, ja: str, en: str, example: str) -> MachidataError:
    """An `--out` in a place whose files are committed; `out/` of the repository never is."""
    return MachidataError(
        code,
        ja=f"--out に {ja} の中は指定できません。",
        en=f"--out must not be inside {en}.",
        where="--out",
        found=str(out),
        fix_ja=f"別のフォルダを指定してください（例: {example}）。",
        fix_en=f"Name another folder, e.g. {example}.",
    )


def reachable_folder(folder: Path, option: str) -> Path:
    """`folder` if it is one. Raises MachidataError `folder-missing` (exit code 3)."""
    if folder.is_dir():
        return folder
    raise MachidataError(
        "folder-missing",
        ja="フォルダがありません。",
        en="There is no such folder.",
        where=option,
        found=str(folder),
        fix_ja="場所を確かめてください。",
        fix_en="Check where it is.",
        exit_code=3,
    )
