"""What stands on every page: page numbers in the footers, the watermark in the headers."""

from __future__ import annotations

from . import metrics, styles
from . import standard as gb
from .inline import field, run
from .oxml import Element, node, qualified, root
from .paragraphs import paragraph

_POINT = gb.TWIPS_PER_POINT


def _number(odd: bool) -> Element:
    """“— 1 —”: on the right of odd pages, on the left of even ones, one character in."""
    side = "right" if odd else "left"
    return paragraph(
        styles.FOOTER,
        [run(gb.PAGE_NUMBER_BEFORE), *field("PAGE", "1"), run(gb.PAGE_NUMBER_AFTER)],
        node("w:ind", **{side: gb.PAGE_NUMBER_INDENT}),
        node("w:jc", val=side),
    )


def footer_part(odd: bool, landscape: bool) -> Element:
    """The root of a footer part.

    On a turned page the number stays where it is on the upright sheet (7.3.6): at the left,
    turned clockwise with the sheet, in a text box.
    """
    if not landscape:
        return root("w:ftr", _number(odd))
    left = gb.LANDSCAPE_LEFT - gb.PAGE_NUMBER_TOP - gb.PAGE_NUMBER_LINE
    style = _style(
        {
            "position": "absolute",
            "margin-left": f"{left / _POINT}pt",
            "margin-top": f"{gb.LANDSCAPE_TOP / _POINT}pt",
            "width": f"{gb.PAGE_NUMBER_LINE / _POINT}pt",
            "height": f"{gb.LANDSCAPE_TEXT_HEIGHT / _POINT}pt",
            "z-index": "1",
            "mso-position-horizontal-relative": "page",
            "mso-position-vertical-relative": "page",
        }
    )
    box = node(
        "v:textbox",
        node("w:txbxContent", _number(odd)),
        style="layout-flow:vertical",
        inset="0,0,0,0",
    )
    name = f"PageNumber{'Odd' if odd else 'Even'}"
    shape = node("v:rect", box, id=name, style=style, filled="f", stroked="f")
    return root("w:ftr", paragraph(styles.FOOTER, [node("w:r", node("w:pict", shape))]))


def header_part(watermark: str, name: str) -> Element:
    """The root of a header part with the watermark, as Word itself writes one (WordArt)."""
    return root("w:hdr", paragraph(styles.HEADER, [node("w:r", _watermark(watermark, name))]))


def _style(values: dict[str, str]) -> str:
    return ";".join(f"{key}:{value}" for key, value in values.items())


def _watermark(text: str, name: str) -> Element:
    width = gb.WATERMARK_WIDTH
    height = min(gb.WATERMARK_MAX_HEIGHT, round(2 * width / max(1, metrics.text_width(text))))
    place = {
        "position": "absolute", "margin-left": "0", "margin-top": "0",
        "width": f"{width}pt", "height": f"{height}pt", "rotation": "315", "z-index": "-251658752",
        "mso-position-horizontal": "center", "mso-position-horizontal-relative": "margin",
        "mso-position-vertical": "center", "mso-position-vertical-relative": "margin",
    }  # fmt: skip
    formulas = ("sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2",
                "sum 21600 0 @3", "if @0 @3 0", "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600",
                "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7", "sum @6 0 @5")  # fmt: skip
    connections = node("v:path", textpathok="t", o_connecttype="custom",
                       o_connectlocs="@9,0;@10,10800;@11,21600;@12,10800",
                       o_connectangles="270,180,90,0")  # fmt: skip
    handles = node("v:handles", node("v:h", position="#0,bottomRight", xrange="6629,14971"))
    kind = node(
        "v:shapetype",
        node("v:formulas", *(node("v:f", eqn=formula) for formula in formulas)),
        connections,
        node("v:textpath", on="t", fitshape="t"),
        handles,
        node("o:lock", text="t", shapetype="t"),
        id=f"{name}Type", coordsize="21600,21600", o_spt="136", adj="10800",
        path="m@7,l@8,m@5,21600l@6,21600e",
    )  # fmt: skip
    kind[-1].set(qualified("v:ext"), "edit")
    letters = node("v:textpath", style=f'font-family:"{gb.HEITI.name}";font-size:1pt', string=text)
    shape = node(
        "v:shape",
        node("v:fill", opacity=".5"),
        letters,
        id=name, o_spid=f"_x0000_s{_SHAPE_IDS[name]}", type=f"#{name}Type", style=_style(place),
        o_allowincell="f", fillcolor=gb.WATERMARK_COLOR, stroked="f",
    )  # fmt: skip
    return node("w:pict", kind, shape)


WATERMARK_NAMES = ("PowerPlusWaterMarkObject1", "PowerPlusWaterMarkObject2")
"""Word and LibreOffice know a watermark by this name; one for odd, one for even pages."""
_SHAPE_IDS = {name: 2049 + number for number, name in enumerate(WATERMARK_NAMES)}
