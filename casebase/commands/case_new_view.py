"""What ``caseguide case new`` shows: what was written, what was proposed, what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casebase.commands.common import emit_json, out
from casebase.curation.intake import Draft, Written
from casebase.model import Finding

_MOST_LISTED = 40
#: Places that are still 待填 are counted, not listed as findings.
_OPEN = "CB401"


def as_json_object(draft: Draft, written: Written, found: Iterable[Finding]) -> dict[str, Any]:
    """One draft and what ``check`` says of it, as ``--json`` gives it."""
    return {
        "id": written.id,
        "path": str(written.path) if written.path else None,
        "title": draft.data["标题"],
        "text": written.text,
        "open": draft.open,
        "proposals": [
            {"field": p.field, "value": p.value, "reason": p.reason} for p in draft.proposals
        ],
        "unplaced": [{"label": label, "text": text} for label, text in draft.unplaced],
        "omitted": [{"label": label, "why": why} for label, why in draft.omitted],
        "masked": [
            {"field": m.field, "kind": m.label, "shown": m.shown, "instead": m.instead}
            for m in draft.masked
        ],
        "findings": [finding.as_json() for finding in found],
    }


def show(draft: Draft, written: Written, result: dict[str, Any]) -> None:
    """One draft as people read it."""
    if written.path is None:
        out.print(written.text, markup=False)
        out.print(f"没有写文件（--dry-run）。编号将是 {written.id}。", style="bold", markup=False)
    else:
        out.print(f"已建立草稿 {written.id}：{written.path}", style="green", markup=False)
    _list("提议（请核对）", (f"{p.field}：{p.value}——{p.reason}" for p in draft.proposals))
    _list(
        "已略去的个人信息（请与原件核对）",
        (f"{m.field}：{m.label} {m.shown} → {m.instead}" for m in draft.masked),
    )
    _list("没有导入的栏目", (f"{label}：{why}" for label, why in draft.omitted))
    _list(
        "没有放进栏目的原文（列在文件末尾）",
        (f"{label}：{text[:30]}{'…' if len(text) > 30 else ''}" for label, text in draft.unplaced),
    )
    others = [f for f in result["findings"] if f["code"] != _OPEN]
    _list("检查发现", (f"第 {f['line']} 行 {f['code']} {f['message']}" for f in others))
    count = len(draft.open)
    out.print(f"还有 {count} 处待填。", style="yellow" if count else "green", markup=False)
    if written.path is not None:
        out.print(
            f"下一步：用记事本打开文件补写，再运行 caseguide check {written.path}", markup=False
        )


def listing(entries: list[tuple[int, str]], advice: str, *, as_json: bool) -> None:
    """What a file holds, for the user to choose from."""
    if as_json:
        emit_json({"choices": [{"number": n, "title": text} for n, text in entries]})
        return
    for number, text in entries[:_MOST_LISTED]:
        out.print(f"{number:>4}  {text}", markup=False)
    if len(entries) > _MOST_LISTED:
        out.print(f"      （另有 {len(entries) - _MOST_LISTED} 行）", markup=False)
    out.print(advice, style="bold", markup=False)


def _list(heading: str, lines: Iterable[str]) -> None:
    shown = list(dict.fromkeys(line.replace("\n", " ") for line in lines))
    if not shown:
        return
    out.print(f"{heading}：", style="cyan", markup=False)
    for line in shown[:_MOST_LISTED]:
        out.print(f"  · {line}", markup=False)
    if len(shown) > _MOST_LISTED:
        out.print(f"  · （另有 {len(shown) - _MOST_LISTED} 项，--json 看全部）", markup=False)
