"""What several figures are drawn with: a white page, boxes, lines and centred words."""

from course.svg import INK, PAPER, picture, tag, text


def page(width: int, height: int, label: str, *children: str) -> str:
    """A figure on white paper, which stays readable in a dark theme; `label` describes it."""
    paper = tag("rect", width=width, height=height, fill=PAPER)
    return picture(width, height, paper, *children, label=label)


def box(x: float, y: float, width: float, height: float, **attributes: object) -> str:
    """A rectangle with its upper left corner at (x, y)."""
    size = {"x": x, "y": y, "width": width, "height": height}
    return tag("rect", **size, **{"fill": PAPER, "stroke": INK, **attributes})


def middle(x: float, y: float, words: str, **attributes: object) -> str:
    """Words centred at x, on the base line y."""
    return text(x, y, words, text_anchor="middle", fill=INK, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **{"stroke": INK, **attributes})
