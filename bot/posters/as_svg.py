"""A poster as an SVG file, which a designer can change."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.posters.drawing import PAGE_HEIGHT, PAGE_WIDTH, Drawing


def svg(page: Drawing) -> bytes:
    """The file."""
    environment = Environment(
        loader=PackageLoader("bot.posters", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    template = environment.get_template("poster.svg")
    return template.render(page=page, width=PAGE_WIDTH, height=PAGE_HEIGHT).encode()
