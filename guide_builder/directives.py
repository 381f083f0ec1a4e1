"""Directives in standing text: ``{{流程 …}}``, ``{{表 …}}``, ``{{时限表 …}}``."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from casebase.curation.io import UnreadableFileError, YamlDocument, parse_yaml, read_bounded
from casebase.model import Record
from guide_builder.blocks import Block, Flow, FlowStep, Paragraph, Row, Table, plain
from guide_builder.errors import GuideError
from guide_builder.placeholders import Place, Placeholders
from guide_builder.tables.context import Context
from guide_builder.tables.limits import REGIMES, limit_table

Line = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class _Step(Record):
    text: Line = Field(alias="文")
    branches: tuple[Line, ...] = Field(alias="支", default=())


class _Flow(Record):
    caption: Line = Field(alias="标题")
    steps: tuple[_Step, ...] = Field(alias="步骤", min_length=2)


class _Table(Record):
    caption: Line = Field(alias="标题")
    header: tuple[Line, ...] = Field(alias="列")
    widths: tuple[float, ...] = Field(alias="宽")
    rows: tuple[tuple[str, ...], ...] = Field(alias="行", min_length=1)
    note: Line | None = Field(alias="注", default=None)


_FLOWS = TypeAdapter(dict[str, _Flow])
_TABLE = TypeAdapter(_Table)


class Directives:
    """Makes the blocks that a directive stands for."""

    def __init__(self, context: Context, placeholders: Placeholders, texts: Path) -> None:
        self._context, self._placeholders, self._texts = context, placeholders, texts

    def blocks(self, word: str, rest: str, place: Place) -> tuple[Block, ...]:
        """The blocks of one directive; an error names the place it stands at."""
        if word == "流程":
            return (self._flow(rest, place),)
        if word == "表":
            return self._table(rest, place)
        return (self._limits(rest, place),)

    @cached_property
    def _flows(self) -> tuple[dict[str, _Flow], YamlDocument]:
        document = _read(self._texts / "flows.yaml")
        return _validated(_FLOWS, document, "flows.yaml"), document

    def _flow(self, name: str, place: Place) -> Flow:
        flows, document = self._flows
        if name not in flows:
            raise place.error(f"flows.yaml 里没有“{name}”；有：{'、'.join(flows)}")
        flow = flows[name]

        def words(text: str, *keys: str | int) -> str:
            here = Place("flows.yaml", document.line_of((name, "步骤", *keys)))
            return plain(self._placeholders.spans(text, here))

        steps = tuple(
            FlowStep(
                words(step.text, i, "文"),
                tuple(words(branch, i, "支", j) for j, branch in enumerate(step.branches)),
            )
            for i, step in enumerate(flow.steps)
        )
        return Flow(flow.caption, steps)

    def _table(self, name: str, place: Place) -> tuple[Block, ...]:
        path = self._texts / "tables" / f"{name}.yaml"
        if not name.isidentifier() or not path.is_file():
            known = sorted(p.stem for p in (self._texts / "tables").glob("*.yaml"))
            raise place.error(f"没有表“{name}”；有：{'、'.join(known)}")
        document = _read(path)
        table: _Table = _validated(_TABLE, document, f"tables/{path.name}")
        rows = []
        for i, cells in enumerate(table.rows):
            here = Place(f"tables/{path.name}", document.line_of(("行", i)))
            if len(cells) != len(table.header) or len(table.widths) != len(table.header):
                raise here.error(f"这一行有 {len(cells)} 格，表头有 {len(table.header)} 格")
            rows.append(Row(tuple(self._placeholders.spans(c, here) for c in cells)))
        blocks: list[Block] = [Table(table.caption, table.header, tuple(rows), table.widths)]
        if table.note:
            here = Place(f"tables/{path.name}", document.line_of(("注",)))
            blocks.append(Paragraph(self._placeholders.spans(table.note, here), "note"))
        return tuple(blocks)

    def _limits(self, rest: str, place: Place) -> Table:
        wanted: dict[str, set[str]] = {}
        for part in rest.split():
            key, _, values = part.partition("=")
            if key not in ("适用", "事项") or not values:
                raise place.error("时限表只认“适用=…”“事项=…”，值之间用英文逗号")
            wanted[key] = set(values.split(","))
        limits = [
            limit
            for limit in self._context.casebase.limits
            if limit.regime in wanted.get("适用", {limit.regime})
            and limit.matter in wanted.get("事项", {limit.matter})
        ]
        if not limits:
            raise place.error(f"没有符合“{rest}”的时限")
        order = list(REGIMES)
        limits.sort(key=lambda x: (order.index(x.regime), x.matter, x.first_day, x.id))
        names = "、".join(REGIMES[r] for r in order if r in {x.regime for x in limits})
        return limit_table(limits, f"时限：{names}", self._context)


def _read(path: Path) -> YamlDocument:
    try:
        return parse_yaml(read_bounded(path))
    except UnreadableFileError as error:
        raise GuideError(
            f"{path.name} 第 {error.line} 行：{error.message}。{error.fix}。"
        ) from None
    except OSError as error:
        raise GuideError(f"打不开 {path.name}：{error.strerror}") from None


def _validated(adapter: TypeAdapter, document: YamlDocument, shown: str):  # type: ignore[no-untyped-def, type-arg]
    try:
        return adapter.validate_json(json.dumps(document.data, ensure_ascii=False))
    except ValidationError as errors:
        first = errors.errors()[0]
        line = document.line_of(tuple(first["loc"]))
        where = ".".join(map(str, first["loc"]))
        raise GuideError(f"{shown} 第 {line} 行（{where}）：{first['msg']}") from None
