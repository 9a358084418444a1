"""B25: the same words whatever the encoding, which is named; what is not text is refused."""

import codecs

import pytest

from analysis.indicators.encodings import NotText, decode

WORDS = "St Helens – North,£1,200\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode("cp1252"), "cp1252"),
        (WORDS.encode(), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8-sig"),
        (WORDS.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16"),
    ],
)
def test_b25_every_encoding_gives_the_same_words_and_its_name(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (WORDS, encoding)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"  <HTML>", "web page"),
        (WORDS.encode("utf-16-le"), "zero bytes"),
        (b"\xff\xfea", "not valid utf-16"),
        (b"caf\xe9 \x81", "not valid cp1252"),
    ],
)
def test_what_is_not_a_text_table_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(NotText, match=words):
        decode(data)
