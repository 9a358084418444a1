"""A poster leads where it says, fits its page, and is the same as SVG and as PDF."""

import base64
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import segno

from bot import posters
from bot.errors import FileRefused, RoundRefused
from bot.posters.content import Content
from bot.posters.drawing import PAGE_HEIGHT, PAGE_WIDTH, ROOM, Drawing, draw
from bot.posters.letters import width, wrap
from bot.words import Words
from surveys.catalogue import shipped
from surveys.records import RoundStatus
from tests.bot.web.fakes import a_round
from tests.browser import chromium
from tests.builders import CONFIDENCE

WEB = "https://voice.anytown.gov.uk/o/ABCD2345"
TELEGRAM = "https://t.me/anytown_bot?start=ABCD2345"
PIXELS = (1190, 1684)

SAMPLE = """async ([source, points, width, height]) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const pen = canvas.getContext("2d");
    pen.drawImage(picture, 0, 0, width, height);
    const shot = new Image();
    shot.src = canvas.toDataURL("image/png");
    await shot.decode();
    pen.drawImage(shot, 0, 0);
    const data = pen.getImageData(0, 0, width, height).data;
    return points.map(([x, y]) => data[4 * (y * width + x)]);
}"""


def content(**changes: Any) -> Content:
    said: dict[str, Any] = {
        "council_name": "Anytown Council",
        "public_url": "https://voice.anytown.gov.uk",
        "bot_name": "anytown_bot",
        "contact": "sendteam@example.gov.uk or 01632 960001",
    }
    a = a_round(demonstration=False)
    return replace(posters.content(a, CONFIDENCE, "ABCD2345", **said), **changes)


def modules(address: str) -> list[list[bool]]:
    """The code of an address, as the library draws it."""
    return [[bool(m) for m in row] for row in segno.make_qr(address, error="q").matrix]


def centres(page: Drawing, number: int) -> list[tuple[int, int]]:
    """The pixel in the middle of each module of a code, row by row."""
    code, scale = page.codes[number], PIXELS[0] / PAGE_WIDTH
    size = range(len(code.rows))
    return [
        (
            int((code.x + (column + 0.5) * code.module) * scale),
            int((code.y + (row + 0.5) * code.module) * scale),
        )
        for row in size
        for column in size
    ]


def flat(rows: list[list[bool]]) -> list[bool]:
    return [module for row in rows for module in row]


def words(page: Drawing) -> str:
    return " ".join(text.words for text in page.texts)


def test_it_says_who_asks_what_it_is_how_long_it_is_open_and_where() -> None:
    said = words(draw(content()))
    for part in (
        "Anytown Council",
        "Tell us how things are going for your child",
        "about 5 minutes. You do not have to take part.",
        "Open from 1 March 2027 at 9am to 28 March 2027 at 11:59pm.",
        "voice.anytown.gov.uk Code: ABCD2345",
        "On the web On Telegram",
        "Questions? sendteam@example.gov.uk or 01632 960001",
        "voice.anytown.gov.uk/privacy",
    ):
        assert part in said
    assert "Demonstration" not in said


def test_a_demonstration_says_so_first() -> None:
    made = posters.content(
        a_round(demonstration=True),
        CONFIDENCE,
        "ABCD2345",
        council_name="Anytown",
        public_url="http://127.0.0.1:8080",
        bot_name="",
        contact="",
    )
    page = draw(made)
    top = min(page.texts, key=lambda text: text.y)
    assert top.words.startswith("Demonstration: invented families.")
    assert len(page.codes) == 1
    assert "Telegram" not in words(page)
    assert "Questions?" not in words(page)


def test_a_closed_round_has_no_poster() -> None:
    closed = a_round(status=RoundStatus.CLOSED)
    with pytest.raises(RoundRefused, match="closed"):
        posters.content(
            closed, CONFIDENCE, "A", council_name="", public_url="", bot_name="", contact=""
        )


def test_each_code_is_the_code_of_its_address() -> None:
    page = draw(content())
    drawn = [[list(row) for row in code.rows] for code in page.codes]
    assert drawn == [modules(WEB), modules(TELEGRAM)]
    for code in page.codes:
        # Four modules of white on each side, as the standard asks.
        right = code.x + len(code.rows) * code.module
        near = [t for t in page.texts if code.x - 1 < t.x < right and t.y < code.y]
        assert max(text.y for text in near) <= code.y - 3.5 * code.module
        assert code.x >= 4 * code.module
        assert right <= PAGE_WIDTH - 4 * code.module
    first, second = page.codes
    assert second.x - (first.x + len(first.rows) * first.module) >= 8 * first.module


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"council_name": "The Royal Borough of Kensington and Chelsea and of Westminster"},
        {"typed_address": "tell-us." + "about-send-services." * 4 + "gov.uk"},
        {"contact": "the SEND team at Anytown House, Long Road, Anytown, " * 4},
        {"title": "W" * 90},
    ],
)
def test_however_long_the_words_they_stay_on_the_page(changes: dict[str, str]) -> None:
    page = draw(content(demonstration=True, **changes))
    assert all(width(t.words, t.size) <= ROOM + 0.01 for t in page.texts)
    assert max(text.y for text in page.texts) < PAGE_HEIGHT - 25
    assert "ABCD2345" in words(page)


def test_words_that_fit_on_no_page_are_refused() -> None:
    with pytest.raises(FileRefused, match="Shorten council_name or contact"):
        draw(content(contact="very long " * 400))


def spoken(code: str, **changes: Any) -> Content:
    """The poster of an invented round of the shipped survey, in one of its languages."""
    said: dict[str, Any] = {
        "council_name": "Anytown Council",
        "public_url": "http://127.0.0.1:8080",
        "bot_name": "anytown_bot",
        "contact": "sendteam@example.gov.uk or 01632 960001",
    }
    form = shipped()[0]
    made = posters.content(a_round(form), form, "2345ABCD", **said, language=code)
    return replace(made, **changes)


@pytest.mark.parametrize("code", ["en-x-easyread", "pl", "ar"])
def test_a_poster_is_in_the_language_that_is_asked_for(code: str) -> None:
    page, say = draw(spoken(code)), Words(code).say
    said = words(page)
    for key in ("printed.heading", "printed.asks", "printed.type", "printed.demonstration"):
        assert say(key) in said
    assert shipped()[0].titles[code] in said
    assert Words(code).moment(a_round().closes_at).replace("\xa0", " ") in said
    assert f'lang="{code}"' in posters.file(spoken(code), ".svg").decode()


def test_without_one_it_is_in_the_questionnaires_own() -> None:
    assert spoken("").language == "en"


def test_a_real_round_has_no_poster_in_an_unchecked_language() -> None:
    form = shipped()[0]
    real = a_round(form, demonstration=False)
    said = {"council_name": "A", "public_url": "", "bot_name": "", "contact": ""}
    with pytest.raises(RoundRefused, match=r"does not offer the language 'pl'.* Choose: en"):
        posters.content(real, form, "A", **said, language="pl")


def test_an_arabic_poster_begins_at_the_right() -> None:
    page, plain = draw(spoken("ar")), draw(spoken("en"))
    assert {round(each.x) for each in page.texts} >= {round(PAGE_WIDTH - 48)}
    assert page.codes[0].x > page.codes[1].x
    assert plain.codes[0].x < plain.codes[1].x
    for code, address in zip(page.codes, spoken("ar").ways, strict=True):
        assert [list(row) for row in code.rows] == modules(address.address)
        assert 0 < code.x < PAGE_WIDTH - code.side
    root = ET.fromstring(posters.file(spoken("ar"), ".svg"))  # noqa: S314 - our own file
    lines = {
        "".join(each.itertext()): each.attrib for each in root.iter() if "font-size" in each.attrib
    }
    assert lines["127.0.0.1:8080"]["text-anchor"] == "end"
    assert "direction" not in lines["127.0.0.1:8080"]
    assert lines["الرمز: \u200e2345ABCD"]["direction"] == "rtl"


@pytest.mark.browser
async def test_an_arabic_poster_stays_on_its_page_as_a_browser_shows_it() -> None:
    async with chromium() as browser:
        tab = await browser.new_page()
        await tab.set_content(posters.file(spoken("ar"), ".svg").decode())
        boxes = await tab.evaluate(
            "[...document.querySelectorAll('text')].map(t => [t.getBBox().x, t.getBBox().width])"
        )
        for x, wide in boxes:
            assert x > 20
            assert x + wide < PAGE_WIDTH - 20


def test_a_pdf_refuses_what_runs_from_the_right() -> None:
    with pytest.raises(FileRefused, match=r"'ar'.*right to left.*svg"):
        posters.file(spoken("ar"), ".pdf")
    assert posters.file(spoken("en-x-easyread"), ".pdf").startswith(b"%PDF")


def test_accents_take_no_room() -> None:
    assert width("Łódź", 10) == width("Lodz", 10)
    assert width("\u200eA\u0301", 10) == width("A", 10)


def test_lines_break_between_words_where_they_can() -> None:
    assert wrap("one two three", width("one two", 10), 10) == ["one two", "three"]
    assert "".join(wrap("x" * 50, 40, 10)) == "x" * 50
    assert wrap("", 40, 10) == []


def test_a_pdf_refuses_letters_it_has_no_font_for_and_an_svg_shows_them() -> None:
    polish = content(council_name="Rada Łódź <& Co>")
    with pytest.raises(FileRefused, match="'Ł'"):
        posters.file(polish, ".pdf")
    root = ET.fromstring(posters.file(polish, ".SVG"))  # noqa: S314 - our own file
    assert "Rada Łódź <& Co>" in "".join(root.itertext())
    assert root.attrib["width"] == "210mm"


def test_other_kinds_of_file_are_refused() -> None:
    with pytest.raises(FileRefused, match=r"\.svg or a \.pdf"):
        posters.file(content(), ".docx")


@pytest.mark.browser
async def test_the_codes_can_be_read_from_the_svg_as_a_browser_shows_it() -> None:
    page = draw(content())
    source = base64.b64encode(posters.file(content(), ".svg")).decode()
    async with chromium() as browser:
        tab = await browser.new_page()
        for number, address in enumerate((WEB, TELEGRAM)):
            given = [f"data:image/svg+xml;base64,{source}", centres(page, number), *PIXELS]
            seen = await tab.evaluate(SAMPLE, given)
            assert [shade < 128 for shade in seen] == flat(modules(address))


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs pdftoppm, of poppler-utils")
def test_the_codes_can_be_read_from_the_pdf_as_it_is_printed(tmp_path: Path) -> None:
    path, page = tmp_path / "poster.pdf", draw(content())
    path.write_bytes(posters.file(content(), ".pdf"))
    across, down = map(str, PIXELS)
    subprocess.run(
        ["pdftoppm", "-gray", "-scale-to-x", across, "-scale-to-y", down, path, tmp_path / "p"],
        check=True,
    )
    [shot] = tmp_path.glob("p-*.pgm")
    kind, wide, high, _, pixels = shot.read_bytes().split(maxsplit=4)
    assert (kind, int(wide), int(high)) == (b"P5", *PIXELS)
    for number, address in enumerate((WEB, TELEGRAM)):
        seen = [pixels[y * PIXELS[0] + x] < 128 for x, y in centres(page, number)]
        assert seen == flat(modules(address))


def test_a_pdf_is_one_page_with_a_title() -> None:
    made = posters.file(content(), ".pdf")
    assert made.startswith(b"%PDF-1.7")
    assert b"/Type /Pages" in made
    assert b"/Count 1>>" in made
    assert b"Anytown Council: Survey for parents and carers" in made
