"""From a Vega-Lite chart to SVG and PNG, with no browser and no network."""

from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
_NOISE = ("aria-", "role", "class", "pointer-events")
"""Attributes that the renderer gives every mark: they name containers, not figures."""


def svg_of(spec: dict[str, Any], key: str, title: str, description: str) -> str:
    """The chart as SVG text that a page may hold, or a file may be.

    It is one picture to a screen reader (`role="img"`), named by its title and its words.
    `key` must be unique on the page. It holds no style, script or address, so a page with
    a strict content security policy shows it.
    """
    picture = ET.fromstring(_drawn(spec))  # noqa: S314 - the renderer's own output
    _bare(picture)
    picture.set("role", "img")
    picture.set("class", "chart")
    picture.set("aria-labelledby", f"{key}-title {key}-words")
    for place, (tag, words) in enumerate((("title", title), ("desc", description))):
        named = ET.Element(f"{{{SVG}}}{tag}", {"id": f"{key}-{'words' if place else 'title'}"})
        named.text = words
        picture.insert(place, named)
    ET.register_namespace("", SVG)
    return ET.tostring(picture, encoding="unicode")


def png_of(svg: str, scale: float) -> bytes:
    """The same picture as PNG; `scale` is pixels of it for one pixel of the SVG."""
    return bytes(_renderer().svg_to_png(svg, scale=scale))


def _drawn(spec: dict[str, Any]) -> str:
    return str(_renderer().vegalite_to_svg(spec, allowed_base_urls=[]))


def _bare(parent: ET.Element) -> None:
    """Take away what is not drawn and what only repeats the renderer's own structure."""
    for name in [name for name in parent.attrib if name.startswith(_NOISE)]:
        del parent.attrib[name]
    for child in list(parent):
        if child.get("display") == "none" or child.get("d") == "M0,0h0v0h0Z":
            parent.remove(child)
        else:
            _bare(child)


@cache
def _renderer() -> Any:
    import vl_convert  # noqa: PLC0415 - 90 MB of machine code: only drawing loads it

    return vl_convert
