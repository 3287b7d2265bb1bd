"""Bytes of a text document → its characters, strictly, or an error that says what to do."""

from __future__ import annotations

import codecs
import re
from typing import NoReturn

from pipelines.model import MachidataError

MAX_BYTES = 50_000_000
"""Size of the largest document that is read, in bytes."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP (xlsx, docx, ods …)"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office 97–2003 (xls, doc)"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"{\\rtf", "RTF"),
)
"""First bytes of files that people take for text; the formats' own specifications name them."""

_HTML = re.compile(rb"\s*(?:<\?xml\b|<!doctype\b|<html\b)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_HALF_KANA = re.compile(r"[\uff61-\uff9f]")
# What Python's CP932 makes of bytes that the code page leaves unassigned (0x80, 0xA0, 0xFD–0xFF).
_UNASSIGNED = re.compile("[\x80\uf8f0-\uf8f3]")
_JIS_ESCAPE = re.compile(rb"\x1b\$[@B]")

_FIX_TEXT = (
    "文書の文字をコピーするか「テキストとして保存」で UTF-8 のテキストにしてから読んでください。",
    "Save the document as UTF-8 text (or copy its text into a text file) and read that.",
)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Give the text of `data` and its encoding: `utf-8`, `utf-8-sig`, `cp932` or `utf-16`.

    UTF-16 is read only with its byte order mark; UTF-8 is tried before CP932, because CP932
    accepts many UTF-8 bytes by accident (reference: csv_conventions, §1). No byte is replaced or
    left out. Raises MachidataError `file-too-large`, `file-empty`, `file-binary`,
    `format-unsupported` or `encoding-unknown`.
    """
    _refuse_size(len(data), name)
    if not data:
        _refuse_empty(name)
    _refuse_other_formats(data, name)
    text, encoding = _decode_strictly(data, name)
    if not text.strip("\ufeff\x1a \t\r\n\u00a0\u3000\x0b\x0c"):
        _refuse_empty(name)
    if "\0" in text or 100 * len(_CONTROL.findall(text)) > len(text):
        _refuse_binary(name, "NUL" if "\0" in text else "制御文字 (control characters)")
    return text, encoding


def refuse_large(size: int, name: str) -> None:
    """Raise MachidataError `file-too-large` for a size above MAX_BYTES, before the file is read."""
    _refuse_size(size, name)


def _decode_strictly(data: bytes, name: str) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        _refuse_encoding(name, "UTF-32")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            _refuse_encoding(name, f"UTF-16, 0x{data[error.start]:02X} @ {error.start}")
    if b"\0" in data:
        _refuse_nul(data, name)
    if _JIS_ESCAPE.search(data):
        _refuse_encoding(name, "ISO-2022-JP")
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        position = error.start
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        text = "\x80"
    if _UNASSIGNED.search(text):
        _refuse_encoding(name, f"0x{data[position]:02X} @ {position}")
    if _looks_like_euc(data, text):
        _refuse_encoding(name, "EUC-JP")
    return text, "cp932"


def _looks_like_euc(data: bytes, as_cp932: str) -> bool:
    # EUC-JP read as CP932 turns into half-width kana for the greater part; no plan is written so.
    foreign = sum(1 for char in as_cp932 if char > "\x7f")
    if 2 * len(_HALF_KANA.findall(as_cp932)) <= foreign:
        return False
    try:
        data.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return True


def _refuse_other_formats(data: bytes, name: str) -> None:
    for magic, label in _MAGIC:
        if data.startswith(magic):
            _refuse_binary(name, label)
    if _HTML.match(data.removeprefix(codecs.BOM_UTF8)[:1000]):
        raise MachidataError(
            "format-unsupported",
            ja="HTML・XML のページは文書として読めません。",
            en="An HTML or XML page cannot be read as a document.",
            where=name,
            found="HTML / XML",
            expected="テキスト (text)",
            fix_ja=_FIX_TEXT[0],
            fix_en=_FIX_TEXT[1],
        )


def _refuse_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise MachidataError(
            "file-too-large",
            ja="ファイルが大きすぎます。",
            en="The file is too large.",
            where=name,
            found=f"{size} bytes",
            expected=f"≤ {MAX_BYTES} bytes",
            fix_ja="文書を章ごとのファイルに分けてください。",
            fix_en="Split the document into files, for example one for each chapter.",
        )


def _refuse_empty(name: str) -> NoReturn:
    raise MachidataError(
        "file-empty",
        ja="ファイルに文字がありません。",
        en="The file holds no text.",
        where=name,
        expected="文字のある文書 (a document with text)",
        fix_ja="正しいファイルかを確かめ、保存し直してください。",
        fix_en="Check that it is the right file and save it again.",
    )


def _refuse_binary(name: str, found: str) -> NoReturn:
    raise MachidataError(
        "file-binary",
        ja=f"テキストではないファイルです（{found}）。",
        en=f"The file is not text ({found}).",
        where=name,
        found=found,
        expected="テキスト (text)",
        fix_ja=_FIX_TEXT[0],
        fix_en=_FIX_TEXT[1],
    )


def _refuse_nul(data: bytes, name: str) -> NoReturn:
    # In UTF-16 text every ASCII character carries one NUL, always on the same side.
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if min(even, odd) == 0 and len(sample) <= 20 * max(even, odd):
        _refuse_encoding(name, "UTF-16 (BOM なし / without BOM)")
    _refuse_binary(name, "NUL")


def _refuse_encoding(name: str, found: str) -> NoReturn:
    raise MachidataError(
        "encoding-unknown",
        ja="文字コードを決められません。文字化けを避けるため、読むのをやめました。",
        en="The character encoding cannot be told; nothing was read, to avoid garbled text.",
        where=name,
        found=found,
        expected="UTF-8, UTF-8 (BOM), CP932 (Shift_JIS), UTF-16 (BOM)",
        fix_ja="テキストエディタで UTF-8 を選んで保存し直してください。",
        fix_en="Open it in a text editor and save it as UTF-8.",
    )
