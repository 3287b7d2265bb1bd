"""The folder catalog: what goes into it, and how it is put in place."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.model import MachidataError, Metadata, Package
from pipelines.publish import manifest as manifests
from pipelines.publish import swap
from pipelines.publish.manifest import MARKER, Entry, Manifest
from pipelines.publish.pages import Pages, licence_words, style
from pipelines.publish.paths import check_package_name, check_path, check_root_file, check_slug
from pipelines.publish.vocabulary_pages import vocabulary_files


@dataclass(frozen=True, slots=True)
class Publication:
    """What was done. `published`, `kept` and `stopped` are names of packages.

    `kept` stand in the catalog with their previous edition; `stopped` had errors and no previous
    edition. `files` maps the path of every file that was written to its size in bytes.
    """

    target: Path
    published: tuple[str, ...]
    kept: tuple[str, ...]
    stopped: tuple[str, ...]
    files: Mapping[str, int]


def publish_folder(
    packages: Sequence[Package], metadata: Metadata, target: Path, keep: Collection[str]
) -> Publication:
    """See `pipelines.publish.publish`."""
    real = Path(os.path.realpath(target))  # a symbolic link to the catalog stays one
    _check_names(packages)
    with _reaching(real):
        real.parent.mkdir(parents=True, exist_ok=True)
        with swap.locked(real):
            swap.repair(real)
            previous = _previous(real)
            return _publish_locked(packages, metadata, real, previous, keep)


def _check_names(packages: Sequence[Package]) -> None:
    names = [check_package_name(package.declaration.name) for package in packages]
    for name in names:
        if names.count(name) > 1:
            raise MachidataError(
                "package-repeated",
                ja="同じ名前のパッケージが二つあります。",
                en="Two packages have the same name.",
                found=name,
                fix_ja="一つにしてください。",
                fix_en="Give only one of them.",
            )


def _previous(target: Path) -> Manifest:
    """The manifest of the catalog in place, an empty one for no folder or an empty one."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return Manifest()
    found = manifests.load(target) if target.is_dir() else None
    if found is None:
        raise MachidataError(
            "target-not-catalog",
            ja="公開先は、まちデータのカタログではありません。何も変えていません。",
            en="The target is no catalog of Machidata; nothing was changed.",
            where=str(target),
            found="カタログの目印の無いフォルダまたはファイル",
            expected=f"空のフォルダ、または {MARKER} のあるフォルダ",
            fix_ja="空のフォルダか、新しいフォルダを公開先にしてください。",
            fix_en="Publish to an empty or a new folder.",
        )
    return found


def _publish_locked(
    packages: Sequence[Package],
    metadata: Metadata,
    target: Path,
    previous: Manifest,
    keep: Collection[str],
) -> Publication:
    good = sorted((p for p in packages if not p.has_errors), key=lambda p: p.declaration.name)
    bad = {package.declaration.name for package in packages if package.has_errors}
    new = {package.declaration.name for package in good}
    wanted = (bad | set(keep)) - new
    kept = [entry for entry in previous.entries if entry.name in wanted]
    kept_names = tuple(entry.name for entry in kept)
    files = _files(good, metadata)
    entries = sorted(
        [*map(_entry, good), *(replace(entry, previous=True) for entry in kept)],
        key=lambda entry: entry.name,
    )
    files["index.html"] = Pages().index(entries, metadata.files)
    files.update(_root_files(metadata, target, previous))
    staging = swap.new_staging(target)
    try:
        carried = _carry(previous, kept_names, target, staging, set(files))
        written = _write(files, staging)
        marker = Manifest({**carried, **written}, tuple(entries)).to_bytes()
        (staging / MARKER).write_bytes(marker)
        swap.flush(staging)
        swap.switch(staging, target)
    except BaseException:
        with contextlib.suppress(OSError):
            swap.repair(target)
        raise
    return Publication(
        target=target,
        published=tuple(package.declaration.name for package in good),
        kept=kept_names,
        stopped=tuple(sorted(bad - set(kept_names))),
        files={path: len(data) for path, data in sorted(files.items())},
    )


def _files(packages: Sequence[Package], metadata: Metadata) -> dict[str, bytes]:
    """Path below the catalog → bytes, without the list of packages."""
    pages = Pages()
    files = {"assets/style.css": style(), **vocabulary_files(pages)}
    for name, data in metadata.files.items():
        files["metadata/" + check_path(name, "metadata")] = data
    for package in packages:
        name = package.declaration.name
        for resource in package.resources:
            check_slug(resource.slug, name)
        for path, data in {**package.files, **pages.package(package)}.items():
            files[f"{name}/{check_path(path, name)}"] = data
    return files


def _root_files(metadata: Metadata, target: Path, previous: Manifest) -> dict[str, bytes]:
    """The files at the root; one that somebody else put there (their own robots.txt) stays."""
    checked = {check_root_file(name): data for name, data in metadata.root.items()}
    theirs = {name for name in checked if name not in previous.files and (target / name).exists()}
    return {name: data for name, data in checked.items() if name not in theirs}


def _entry(package: Package) -> Entry:
    declared = package.declaration
    return Entry(
        name=declared.name,
        title=declared.title,
        title_en=declared.title_en,
        publisher=package.municipality.full_name,
        code=package.municipality.code,
        description=declared.description,
        version=declared.version,
        modified=declared.modified.isoformat(),
        licence=licence_words(declared.licence)[0],
        tables=len(package.resources),
        rows=sum(resource.rows for resource in package.resources),
    )


def _write(files: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """Writes all files; gives path → SHA-256."""
    written = {}
    for path, data in sorted(files.items()):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        written[path] = hashlib.sha256(data).hexdigest()
    return written


def _carry(
    previous: Manifest, kept: Sequence[str], target: Path, staging: Path, new: set[str]
) -> dict[str, str]:
    """Copies what stays from the catalog in place into the staging folder.

    Kept packages stay with the files that we wrote; files that somebody else put beside ours stay
    too. Gives path → SHA-256 of the former.
    """
    carried = {}
    for path in previous.files:
        if path.split("/")[0] in kept and (target / path).is_file():
            _copy(target / path, staging / path)
            carried[path] = hashlib.sha256((staging / path).read_bytes()).hexdigest()
    for path in _foreign(target, previous):
        if path in new or path in carried:
            raise _foreign_in_the_way(target, path)
        _copy(target / path, staging / path)
    return carried


def _foreign(target: Path, previous: Manifest) -> Iterator[str]:
    """The files of the target that we did not write, in order."""
    for parent, folders, names in os.walk(target):
        folders.sort()
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = (Path(parent) / name).relative_to(target).as_posix()
            if path != MARKER and path not in previous.files:
                yield path


def _foreign_in_the_way(target: Path, path: str) -> MachidataError:
    return MachidataError(
        "target-file-foreign",
        ja="まちデータが書いたのではないファイルが、書く場所にあります。何も変えていません。",
        en="A file that Machidata did not write stands where one must be written; no change.",
        where=str(target),
        found=path,
        fix_ja="そのファイルを別の場所に移してから、もう一度実行してください。",
        fix_en="Move that file away and run again.",
    )


def _copy(source: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, copy, follow_symlinks=False)


@contextlib.contextmanager
def _reaching(target: Path) -> Iterator[None]:
    """Turns an OSError into a MachidataError with exit code 3."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise MachidataError(
            "disk-full" if full else "target-unreachable",
            ja="ディスクに空きがありません。" if full else "公開先に書けません。",
            en="The disk is full." if full else "The target cannot be written.",
            where=str(target),
            found=error.strerror or str(error),
            fix_ja="空きを作ってから、もう一度実行してください。前のカタログはそのままです。"
            if full
            else "フォルダの場所と権限を確かめてください。前のカタログはそのままです。",
            fix_en="Make room and run again; the previous catalog is untouched."
            if full
            else "Check the folder and its permissions; the previous catalog is untouched.",
            exit_code=3,
        ) from error
