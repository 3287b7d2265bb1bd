"""Encodings and unusable files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import Document, MachidataError
from pipelines.read import decode as decode_module
from pipelines.read import read
from pipelines.read import text as text_module

SAMPLE = "番号\t取組\n1\t①窓口の改善～髙橋㈱\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SAMPLE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + SAMPLE.encode(), "utf-8-sig"),
        (SAMPLE.encode("cp932"), "cp932"),
        (b"\xff\xfe" + SAMPLE.encode("utf-16-le"), "utf-16"),
        (b"\xfe\xff" + SAMPLE.encode("utf-16-be"), "utf-16"),
    ],
)
def test_encodings_give_the_same_cells(data: bytes, encoding: str) -> None:
    document = read(data, "plan.txt")
    assert document.encoding == encoding
    texts = [[cell.text for cell in row] for row in document.grids[0].rows]
    assert texts == [["番号", "取組"], ["1", "①窓口の改善～髙橋㈱"]]


@pytest.mark.parametrize(
    ("data", "code", "found"),
    [
        (b"", "file-empty", ""),
        (b" \r\n\t\n", "file-empty", ""),
        ("\u00a0\u3000\n\f".encode(), "file-empty", ""),
        (b"\xef\xbb\xbf", "file-empty", ""),
        (b"\xff\xfe", "file-empty", ""),
        (b"%PDF-1.7\n...", "file-binary", "PDF"),
        (b"PK\x03\x04" + b"\0" * 20, "file-binary", "ZIP (xlsx, docx, ods …)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9, "file-binary", None),
        (b"\x89PNG\r\n\x1a\n", "file-binary", "PNG"),
        (b"{\\rtf1 abc}", "file-binary", "RTF"),
        (b"abc\0def\0\0\0\1\2\3", "file-binary", "NUL"),
        (b"\1\2\3\4 text", "file-binary", None),
        (b"<!DOCTYPE html><p>x</p>", "format-unsupported", None),
        (b'\n<?xml version="1.0"?><a/>', "format-unsupported", None),
        ("a,b\n1,2\n".encode("utf-16-le"), "encoding-unknown", "UTF-16 (BOM なし / without BOM)"),
        ("a,b\n1,2\n".encode("utf-16-be"), "encoding-unknown", "UTF-16 (BOM なし / without BOM)"),
        ("計画の表です。".encode("euc_jp"), "encoding-unknown", None),
        ("計画の概要とスケジュール".encode("iso2022_jp"), "encoding-unknown", "ISO-2022-JP"),
        (b"\xff\xfe\0\0a\0\0\0", "encoding-unknown", "UTF-32"),
        (b"\xff\xfe\x00\xd8a", "encoding-unknown", None),
        (b"plan \xff\xfd here", "encoding-unknown", "0xFF @ 5"),
    ],
)
def test_unusable_bytes(data: bytes, code: str, found: str | None) -> None:
    with pytest.raises(MachidataError) as caught:
        read(data, "folder/plan.txt")
    error = caught.value
    assert (error.code, error.exit_code, error.where) == (code, 2, "plan.txt")
    assert error.ja and error.en and error.fix_ja and error.fix_en and error.expected
    if found is not None:
        assert error.found == found


def test_half_width_kana_is_cp932_when_it_is_the_smaller_part() -> None:
    data = "市民課の窓口ｶｰﾄﾞ交付件数".encode("cp932")
    assert read(data).blocks[0].text == "市民課の窓口ｶｰﾄﾞ交付件数"


def test_few_control_characters_become_blanks() -> None:
    document = read(("窓口\x08の\x0bご案内" + "あ" * 200 + "\n\x1a").encode())
    assert [block.text for block in document.blocks] == ["窓口 の ご案内" + "あ" * 200]


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path):
        with pytest.raises(MachidataError) as caught:
            read(path)
        assert caught.value.code == "file-missing"
        assert caught.value.exit_code == 3
        assert str(tmp_path.parent) not in str(vars(caught.value))


def test_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("計画")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(MachidataError) as caught:
        read(path)
    assert (caught.value.code, caught.value.exit_code) == ("file-unreadable", 3)
    assert str(tmp_path) not in caught.value.found


def test_name_and_hash(tmp_path: Path) -> None:
    path = tmp_path / "計画.txt"
    path.write_bytes(b"abc")
    document = read(path)
    assert document.name == "計画.txt"
    assert document.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert read(path, "../../etc/other.txt").name == "other.txt"
    assert read(b"abc", "C:\\plans\\x.txt").name == "x.txt"
    assert read(b"abc").name == "document"


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_module, "MAX_BYTES", 20)
    path = tmp_path / "large.txt"
    path.write_bytes(b"a" * 21)
    for source in (path, b"a" * 21):
        with pytest.raises(MachidataError, match="file-too-large"):
            read(source)
    assert read(b"a" * 20).blocks[0].text == "a" * 20


def test_limits_of_lines_and_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MachidataError, match="line-too-long") as caught:
        read(b"a\n" + b"b" * (text_module.MAX_LINE + 1), "p.txt")
    assert caught.value.where == "p.txt L2"
    with pytest.raises(MachidataError, match="row-too-wide"):
        read(b"a\tb" + b"\t" * 20_000)
    monkeypatch.setattr(text_module, "MAX_CELLS", 5)
    with pytest.raises(MachidataError, match="too-many-cells"):
        read(b"a\tb\nc\td\ne\tf\n")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_document_or_a_clear_error(data: bytes) -> None:
    try:
        document = read(data)
    except MachidataError as error:
        assert error.ja and error.en and error.fix_ja
    else:
        assert isinstance(document, Document)
        assert document.encoding in {"utf-8", "utf-8-sig", "cp932", "utf-16"}
        assert document == read(data)
