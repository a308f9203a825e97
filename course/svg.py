"""SVG text from Python values: what the figures and the boards draw with."""

from html import escape

# Paul Tol's "bright" scheme, chosen to stay apart for colour-blind readers
# (https://personal.sron.nl/~pault/); dark enough to be told apart in greyscale with line styles.
BLUE, RED, GREEN, YELLOW, CYAN, PURPLE, GREY = (
    "#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#BBBBBB",
)  # fmt: skip
INK, PAPER = "#222222", "#FFFFFF"


def tag(name: str, *children: str, **attributes: object) -> str:
    """One element; `stroke_width=2` becomes `stroke-width="2"`, None leaves an attribute out.

    Children are markup: escape text with `text` or `html.escape` first.
    """
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{pairs}>{''.join(children)}</{name}>" if children else f"<{name}{pairs}/>"


def text(x: float, y: float, words: str, **attributes: object) -> str:
    """A line of text with its anchor at (x, y), in pixels."""
    return tag("text", escape(words), x=x, y=y, **attributes)


def picture(width: float, height: float, *children: str, label: str, **attributes: object) -> str:
    """A whole picture; `label` is its text alternative."""
    return tag(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        role="img",
        aria_label=label,
        font_family="sans-serif",
        font_size=13,
        **attributes,
    )


def _number(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return escape(str(value))
