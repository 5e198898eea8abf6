"""A chart in, a picture file out: SVG for the web and for papers, PNG for slides.

Charts are Altair's; vl-convert draws them without a browser or a network. All share one look: a plain ground,
few lines, words at the lines where there is room, colours that differ for the colour-blind and in print.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from detente.errors import InputError, need

WIDTH, HEIGHT = 640, 260  # of a plot within its axes, in pixels
INK, FAINT = "#222222", "#8a8a8a"
# Quad classes 1 to 4: verbal and material cooperation in blues, verbal and material conflict in reds.
QUAD_COLOURS = (
    "#8ecae6",
    "#1d5c8f",
    "#f2b36b",
    "#b23a1e",
)
FONT = "Helvetica, Arial, DejaVu Sans, sans-serif"
SUFFIXES = (".svg", ".png")


def altair() -> Any:
    """Return the drawing library; raises MissingExtra where it is not installed."""
    return need("altair", "plots")


def save_picture(chart: Any, path: str | Path, *, title: str, caption: str = "") -> Path:
    """Write a chart as .svg or .png with a title above and a caption that says what it rests on."""
    place = Path(path)
    if place.suffix not in SUFFIXES:
        raise InputError(f"{place} ends in neither .svg nor .png: name a picture so.", stage="picture")
    convert = need("vl_convert", "plots")
    spec = _dress(chart, title, caption).to_json()
    try:
        if place.suffix == ".svg":
            place.write_text(convert.vegalite_to_svg(spec), "utf-8")
        else:
            place.write_bytes(convert.vegalite_to_png(spec, scale=2))
    except OSError as error:
        raise InputError(
            f"{place} could not be written ({error.strerror or error}): name another place.", stage="picture"
        ) from error
    return place


def _dress(chart: Any, title: str, caption: str) -> Any:
    words = altair().TitleParams(
        text=title, subtitle=caption.split("\n") if caption else [], anchor="start", fontSize=15,
        subtitleFontSize=11, subtitleColor=FAINT, color=INK, offset=12,
    )  # fmt: skip
    return (
        chart.properties(title=words, background="white", padding=14)
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK, titleColor=INK, gridColor="#e6e6e6", domainColor=FAINT, tickColor=FAINT
        )
        .configure_legend(labelColor=INK, titleColor=INK)
    )
