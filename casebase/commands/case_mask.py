"""``caseguide case mask``: find personal data, propose what to write, change on confirmation."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casebase.commands.common import (
    FINDINGS,
    JsonOption,
    RecordsOption,
    emit_json,
    err,
    friendly,
    out,
)
from casebase.curation.io import read_bounded, write_atomic
from casebase.errors import CasebaseError

if TYPE_CHECKING:
    from casebase.curation.privacy import PrivateSpan, Proposal

_MAX_TEXT = 16 << 20
_ID = re.compile(r"XC-[0-9]{4}-[A-Z]{3}-[0-9]{3}\Z")
_SUFFIXES = (".txt", ".md", ".yaml", ".yml", ".docx")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

Answer = dict[str, Any]


@friendly
def mask(
    text: Annotated[
        str | None,
        typer.Argument(metavar="[文字|案例编号]", help="一段话或案例编号；- 为标准输入"),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help=".txt、.md、.yaml 或 .docx 文件", show_default=False),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", "--yes", help="采用全部建议，不逐处询问")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写到另一个文件", show_default=False)
    ] = None,
    dates: Annotated[bool, typer.Option("--dates", help="连同完整日期，建议写到月")] = False,
    records: RecordsOption = None,
    as_json: JsonOption = False,
) -> None:
    """脱敏：列出姓名、电话、证件号、地址、店名等，给出建议写法和脱敏后的文字。

    只提建议，不改文件；文件要逐处确认（y/n）或者写明 --apply 才改。
    案例记录就地改，.docx 另存为 -o 的文件，并报告作者、批注、修订、图片拍摄信息。
    机器会漏会错，公开前须由两人逐字复核。没有发现退出码为 0，有发现为 1。

    例：caseguide case mask "消费者王小明（13812345678）住采莲路88号3幢502室"
    """
    if (text is None) == (file is None):
        raise CasebaseError("请写一段文字、案例编号，或者用 --file 指明文件（只写一样）。")
    if text is not None and _ID.match(text):
        file, text = _record(text, records), None
    if file is None:
        if apply or output:
            raise CasebaseError("--apply 和 -o 要配合 --file 或者案例编号使用。")
        answer = _answer(_given(text or ""), dates=dates)
        _report(answer, as_json=as_json)
    else:
        _check_paths(file, output)
        kinds = {".docx": _docx, ".yaml": _yaml, ".yml": _yaml}
        answer = kinds.get(file.suffix.lower(), _plain)(
            file, _Wish(apply=apply, output=output, dates=dates, as_json=as_json)
        )
    if answer["spans"] or answer.get("traces"):
        raise typer.Exit(FINDINGS)


class _Wish:
    """What the caller wants done with a file."""

    def __init__(self, *, apply: bool, output: Path | None, dates: bool, as_json: bool) -> None:
        self.apply, self.output, self.dates, self.as_json = apply, output, dates, as_json

    def chosen(self, spans: list[Answer]) -> list[int]:
        """The numbers of the proposals a person agrees to; none where nobody can be asked."""
        if self.apply:
            return list(range(len(spans)))
        if self.as_json or not sys.stdin.isatty():
            return []
        return [
            number
            for number, span in enumerate(spans)
            if typer.confirm(f"把“{span['text']}”改成“{span['replacement']}”？", default=False)
        ]


def _check_paths(file: Path, output: Path | None) -> None:
    if not file.is_file():
        raise CasebaseError(f"找不到文件 {file}。")
    if file.suffix.lower() not in _SUFFIXES:
        raise CasebaseError(f"只能读 {'、'.join(_SUFFIXES)} 文件，不能读 {file.name}。")
    if output is not None and output.exists():
        raise CasebaseError(f"{output} 已经存在，没有覆盖。请换一个文件名。")


def _record(name: str, records: Path | None) -> Path:
    from casebase.curation.layout import records_root

    path = next((records_root(records) / "cases").rglob(f"{name}.yaml"), None)
    if path is None:
        raise CasebaseError(f"案例库里没有 {name}。")
    return path


def _given(text: str) -> str:
    if text != "-":
        return text.encode("utf-8", "replace").decode("utf-8")
    return _decoded(sys.stdin.buffer.read(_MAX_TEXT + 1), "标准输入")


def _decoded(data: bytes, name: str) -> str:
    if len(data) > _MAX_TEXT:
        raise CasebaseError(f"{name}超过 {_MAX_TEXT >> 20} MB，请分成几份。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CasebaseError(f"{name}不是文本（既不是 UTF-8 也不是 GB18030）。")


def _proposals(text: str, *, dates: bool) -> tuple[Proposal, ...]:
    from casebase.curation import privacy

    spans = list(privacy.find(text))
    if dates:
        spans += _clear_of(spans, privacy.dates(text))
    return privacy.propose(text, sorted(spans))


def _clear_of(spans: list[PrivateSpan], more: Iterable[PrivateSpan]) -> list[PrivateSpan]:
    return [m for m in more if not any(s.start < m.end and m.start < s.end for s in spans)]


def _answer(text: str, *, dates: bool) -> Answer:
    from casebase.curation import privacy

    proposals = _proposals(text, dates=dates)
    spans = [_shown(p.span, p.replacement, p.span.start, p.span.end) for p in proposals]
    return {"text": text, "masked": privacy.masked(text, proposals), "spans": spans}


def _shown(span: PrivateSpan, replacement: str, start: int | None, end: int | None) -> Answer:
    return {
        "start": start,
        "end": end,
        "type": span.kind,
        "text": span.text,
        "replacement": replacement,
    }


def _report(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        emit_json(answer)
        return
    from casebase.curation.privacy import KINDS, OPTIONAL

    text = answer["text"]
    for span in answer["spans"]:
        kind = KINDS.get(span["type"]) or OPTIONAL[span["type"]]
        where = span.get("path")
        if span["start"] is not None:
            line = text.count("\n", 0, span["start"]) + 1
            where = f"第 {line} 行" + (f" {where}" if where else "")
        shown = f"{where} {kind.label}：{span['text']} → {span['replacement']}"
        out.print(_printable(shown), style="yellow", markup=False)
    for trace in answer.get("traces", ()):
        style = "bold red" if trace["blocks"] else "yellow"
        out.print(f"文件信息 {trace['label']}：{trace['detail']}", style=style, markup=False)
    if not text.strip():
        out.print("没有文字。")
    elif answer["spans"]:
        out.print("脱敏后：", style="bold")
        out.print(_printable(answer["masked"]), markup=False)
    else:
        out.print("没有发现个人信息。机器会漏，公开前仍须人工复核。", style="green")


def _printable(text: str) -> str:
    return _CONTROLS.sub("\ufffd", text)


def _write(target: Path, data: bytes, changes: int) -> None:
    write_atomic(target, data)
    err.print(f"已改 {changes} 处，写入 {target}。", style="green", markup=False)


def _plain(file: Path, wish: _Wish) -> Answer:
    data = file.read_bytes()
    text = _decoded(data, file.name)
    answer = _answer(text, dates=wish.dates)
    _report(answer, as_json=wish.as_json)
    chosen = [answer["spans"][number] for number in wish.chosen(answer["spans"])]
    if chosen:
        for span in reversed(chosen):
            text = text[: span["start"]] + span["replacement"] + text[span["end"] :]
        encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
        _write(wish.output or file, text.encode(encoding), len(chosen))
    return answer


def _yaml(file: Path, wish: _Wish) -> Answer:
    from casebase.curation.record_masking import places, with_places

    read_bounded(file)
    data = file.read_bytes()
    text = _decoded(data, file.name)
    found = places(text, dates=wish.dates)
    spans = [
        _shown(p.span, p.replacement, p.start, p.end) | {"path": ".".join(map(str, p.keys))}
        for p in found
    ]
    masked = with_places(text, [place for place in found if place.start is not None])
    answer: Answer = {"text": text, "masked": masked, "spans": spans}
    _report(answer, as_json=wish.as_json)
    chosen = [found[number] for number in wish.chosen(spans)]
    if chosen:
        encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
        _write(wish.output or file, with_places(text, chosen).encode(encoding), len(chosen))
    return answer


def _docx(file: Path, wish: _Wish) -> Answer:
    from casebase.curation import docx_privacy

    if wish.apply and wish.output is None:
        raise CasebaseError("Word 文件不就地修改：请用 -o 写明另存的文件。")
    data = file.read_bytes()
    answer = _answer("\n".join(docx_privacy.paragraphs(data)), dates=wish.dates)
    traces = docx_privacy.traces(data)
    answer["traces"] = [{"label": t.label, "detail": t.detail, "blocks": t.blocks} for t in traces]
    _report(answer, as_json=wish.as_json)
    if wish.output is None:
        return answer
    if blocking := dict.fromkeys(trace.label for trace in traces if trace.blocks):
        raise CasebaseError(
            f"文件里有{'、'.join(blocking)}，没有写出副本。"
            "请先在 Word 里接受或拒绝修订，删去批注、隐藏文字和嵌入文件。"
        )
    chosen = [answer["spans"][number] for number in wish.chosen(answer["spans"])]
    copy = docx_privacy.cleaned(data, _by_paragraph(answer["text"], chosen))
    _write(wish.output, copy, len(chosen))
    return answer


def _by_paragraph(text: str, chosen: list[Answer]) -> list[list[tuple[int, int, str]]]:
    """The chosen edits for each line of ``text``, in places of that line."""
    edits: list[list[tuple[int, int, str]]] = [[] for _ in text.split("\n")]
    for line, start, end, words in _by_line(text, chosen):
        edits[line].append((start, end, words))
    return edits


def _by_line(text: str, chosen: list[Answer]) -> Iterator[tuple[int, int, int, str]]:
    for span in chosen:
        line = text.count("\n", 0, span["start"])
        first = text.rfind("\n", 0, span["start"]) + 1
        yield line, span["start"] - first, span["end"] - first, span["replacement"]
