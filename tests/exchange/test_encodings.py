"""A text file's encoding is found, and what is no text is refused in two sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.domain.errors import BadFile
from crmdesk.exchange import text

GERMAN = "Name;Ort\nJürgen Weiß;Köln\nÄnne Groß;Straße 3\n" * 3
CHINESE = "姓名,公司\n陳怡君,協鼎機電股份有限公司\n王淑芬,台北市信義區\n"
SIMPLIFIED = "姓名,公司\n陈怡君,上海机电有限公司\n"
VIETNAMESE = "Họ tên,Công ty\nNguyễn Thị Hoa,Thép Việt\n"


def written(folder: Path, content: bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding", "found"),
    [
        (GERMAN, "utf-8", "utf-8"),
        (GERMAN, "utf-8-sig", "utf-8"),
        (GERMAN, "cp1252", "cp1252"),
        (GERMAN, "cp850", "cp850"),
        (GERMAN, "utf-16", "utf-16-le"),
        (GERMAN, "utf-16-le", "utf-16-le"),
        (GERMAN, "utf-16-be", "utf-16-be"),
        (GERMAN, "utf-32", "utf-32-le"),
        (CHINESE, "cp950", "cp950"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (VIETNAMESE, "utf-8", "utf-8"),
        ("Имя;Город\nИван Петров;Москва\n", "cp1251", "cp1251"),
        ("a,b\n1,2\n", "ascii", "utf-8"),
    ],
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_an_encoding_is_found(tmp_path: Path, content: str, encoding: str, found: str, language: str) -> None:
    path = written(tmp_path, content.encode(encoding))
    assert text.detect(path, language=language).name == found


def test_the_language_s_own_code_page_goes_first(tmp_path: Path) -> None:
    assert text.detect(written(tmp_path, CHINESE.encode("cp950")), language="zh_TW").name == "cp950"
    assert text.detect(written(tmp_path, GERMAN.encode("cp1252")), language="zh_TW").name == "cp1252"


def test_bytes_that_could_be_chinese_are_not_when_their_characters_are_rare(tmp_path: Path) -> None:
    path = written(tmp_path, "Bühler;Jäger\nKöhler;Präger\n".encode("cp1252"))
    assert text.detect(path, language="zh_TW").name == "cp1252"


def test_a_few_damaged_bytes_do_not_turn_utf_8_into_something_else(tmp_path: Path) -> None:
    content = (GERMAN * 20).encode() + b"M\xfcller;K\xf6ln\n"
    found = text.detect(written(tmp_path, content), language="de")
    assert (found.name, found.damaged) == ("utf-8", 2)


def test_a_letter_cut_by_the_reading_of_a_chunk_is_whole(tmp_path: Path) -> None:
    content = ("x" * (1024 * 1024 - 1) + "ü\n").encode()
    assert text.detect(written(tmp_path, content), language="de").damaged == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "is empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0rest", "spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b"begin:vcard\nVERSION:3.0\n", "vCards"),
        (b"\xef\xbb\xbf<!doctype html>", "web page"),
        (bytes(range(256)) * 40, "no text file"),
    ],
)
def test_another_kind_of_file_is_refused_in_two_sentences(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said) as caught:
        text.detect(written(tmp_path, content), language="en")
    assert "list.csv" in caught.value.what
    assert caught.value.remedy


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no file"):
        text.detect(tmp_path / "none.csv", language="en")
    with pytest.raises(BadFile, match="folder"):
        text.detect(tmp_path, language="en")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, b"a,b\n")

    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BadFile, match="Permission denied"):
        text.detect(path, language="en")
