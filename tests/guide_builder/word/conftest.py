"""A small document with every kind of block, and ways to look into the .docx."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx.oxml.parser import parse_xml
from lxml import etree

from guide_builder.blocks import (
    Block,
    Contents,
    Cover,
    Document,
    Flow,
    FlowStep,
    Heading,
    ItemList,
    Orientation,
    PageBreak,
    Paragraph,
    Row,
    Span,
    Table,
    text,
)


def _blocks() -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    front: tuple[Block, ...] = (
        Cover(("处办工作指南",), "相城区市场监督管理局", "2026年11月", "征求意见稿"),
        Heading(2, "编写说明", "foreword"),
        Paragraph(text("说明。")),
        PageBreak(),
        Contents(),
    )
    body: tuple[Block, ...] = (
        Heading(1, "第一编　总则", "part-1", new_page=True),
        Heading(2, "一、目的", "aim"),
        Paragraph(
            (
                Span("依据", "strong"),
                Span("《办法》", "term"),
                Span("待核", "mark"),
                Span("，见第"),
                Span("", target="limits", page=True),
                Span("页"),
                Span("时限表", target="limits"),
                Span("。"),
            ),
            anchor="para",
        ),
        Paragraph(text("现行法提示：适用现行规定。"), "warning"),
        Paragraph(text("来源：档案。"), "note"),
        Paragraph(text("居中"), "center"),
        Paragraph(text("各分局："), "flush"),
        ItemList((text("核对身份"), text("固定证据")), "check"),
        ItemList((text("甲"), text("乙"))),
        ItemList((text("丙"),), "dash"),
        Flow("图1　流程", (FlowStep("登记"), FlowStep("受理", ("不受理 → 告知",))), "flow"),
        Heading(2, "二、时限", "limits", new_page=True),
        Table(
            "表1　时限",
            ("事项", "期限"),
            (Row((text("受理"), text("7个工作日")), anchor="row-1"),),
            (1, 2),
            "table",
            keys=True,
        ),
        Orientation(landscape=True),
        Heading(3, "（一）对照", "turned"),
        Table("", (), (Row((text("编号"), text(""))),), (1, 3)),
        Orientation(landscape=False),
        Heading(4, "1.附注", "note"),
        Paragraph(text("完。")),
    )
    return front, body


@pytest.fixture
def small() -> Document:
    """One block of every kind, body of four pages."""
    front, body = _blocks()
    return Document("指南", "相城区市场监督管理局", "案例", front, body, "征求意见稿")


def members(data: bytes) -> dict[str, bytes]:
    """The members of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pretty(data: bytes) -> str:
    """XML with one element a line."""
    made: str = etree.tostring(parse_xml(data), pretty_print=True, encoding="unicode")
    return made


@pytest.fixture(name="members")
def _members() -> object:
    return members


@pytest.fixture(name="pretty")
def _pretty() -> object:
    return pretty
