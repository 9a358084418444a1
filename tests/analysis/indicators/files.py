"""Small files in the published layout, written by hand for the tests."""

from collections.abc import Sequence
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
FIGURES = Path(__file__).resolve().parents[3] / "bot" / "demo" / "figures"

AREA = "E06000099"
SPINE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    "region_name,new_la_code,old_la_code,la_name,breakdown_topic,breakdown"
)
COLUMNS = "plans_issued_20_weeks_ex,plans_issued_den_ex,PC_plans_issued_20_weeks_ex"
HEADER = f"{SPINE},{COLUMNS}"
ALL = "All EHC plans issued,All EHC plans issued"


def england(figures: str, year: str = "2024", breakdown: str = ALL) -> str:
    return f"{year},Calendar year,National,E92000001,England,,,,,,{breakdown},{figures}"


def region(figures: str, year: str = "2024", breakdown: str = ALL) -> str:
    place = "Regional,E92000001,England,E12000098,North Moor,,,"
    return f"{year},Calendar year,{place},{breakdown},{figures}"


def council(figures: str, year: str = "2024", breakdown: str = ALL, code: str = AREA) -> str:
    place = f"Local authority,E92000001,England,E12000098,North Moor,{code},899,Moorside"
    return f"{year},Calendar year,{place},{breakdown},{figures}"


ROWS = (england("50,100,50"), region("40,100,40"), council("30,60,50"))


def text_of(rows: Sequence[str], header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def file_of(*rows: str, header: str = HEADER) -> bytes:
    return text_of(rows or ROWS, header).encode()
