"""The reader is chosen by looking at the file, and says why; none is guessed."""

import pytest

from analysis.indicators import IndicatorRefused, read_indicators
from analysis.indicators.readers import READERS, choose
from analysis.indicators.reading import File
from tests.analysis.indicators.files import AREA, file_of, text_of
from tests.analysis.indicators.lait_files import PLAIN, parquet
from tests.analysis.indicators.moj_files import csv_of, twin


def refusal(data: bytes) -> str:
    with pytest.raises(IndicatorRefused) as caught:
        read_indicators(data, "moor.csv", AREA)
    return str(caught.value)


def test_the_chosen_reader_says_why_whatever_the_file_is_called() -> None:
    chosen = choose(File("readme.pdf", file_of()))
    assert chosen is not None
    reader, why = chosen
    assert reader.name == "ees"
    assert "time_period" in why
    assert why[:8] in read_indicators(file_of(), "x.pdf", AREA).why.lower()


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"PK\x03\x04", b"\xff\xfe\x00", b"\n\n,,\n"])
def test_where_none_fits_every_reader_says_what_it_misses(data: bytes) -> None:
    words = refusal(data)
    assert all(f"{known.reads}: no {known.looks_for}." in words for known in READERS)


def test_a_workbook_is_named_as_one_beside_what_the_readers_miss() -> None:
    assert "an Excel or OpenDocument workbook" in refusal(b"PK\x03\x04")


def test_a_description_of_columns_points_to_its_data_file() -> None:
    with pytest.raises(IndicatorRefused, match=r"belongs to: plans\.csv"):
        read_indicators(b"col_name,col_type\nx,Filter\n", "plans.meta.csv", AREA)


def test_headings_further_down_do_not_make_an_ees_file() -> None:
    assert choose(File("a.csv", b"Title\n" + file_of())) is None


def test_no_two_readers_recognise_the_same_file() -> None:
    for data in (file_of(), text_of(()).encode(), csv_of(), twin(), parquet(*PLAIN).data):
        assert sum(bool(one.reader.recognises(File("a", data))) for one in READERS) == 1
    assert len({one.reader.name for one in READERS}) == len(READERS)
