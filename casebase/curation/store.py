"""Reading the records folder: files → plain data (cached by hash) → frozen models.

Nothing stops at the first error: what cannot be read becomes a finding, the rest is loaded.
"""

from __future__ import annotations

import codecs
import gc
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from casebase.curation import io, layout, messages
from casebase.curation.cache import ParseCache, Parsed
from casebase.errors import CasebaseError
from casebase.law.book import StatuteBook
from casebase.law.limits import LimitBook, LimitLaw
from casebase.law.workdays import WorkCalendar
from casebase.model import (
    Case,
    District,
    Finding,
    FormRules,
    Record,
    ReviewRules,
    Severity,
    Statute,
    Taxonomy,
    TimeLimit,
    WorkdayYear,
)
from casebase.model.limit_rules import Matters, Rollover, Transitions

M = TypeVar("M", bound=Record)


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A record together with the file it came from and its line numbers."""

    record: M
    path: Path
    file: str
    parsed: Parsed
    text_hash: str

    @property
    def document(self) -> io.YamlDocument:
        """The plain data and the line of each value."""
        return self.parsed.document

    def with_record(self, record: M) -> Loaded[M]:
        """The same file with another record, to see what would be if."""
        return replace(self, record=record)


@dataclass(frozen=True)
class Casebase:
    """All that is known: cases, law and vocabularies, read once and frozen.

    ``findings`` holds what could not be read; every other attribute is what could.
    ``known_ids`` are the numbers of all cases in the folder, read or not.
    """

    root: Path
    loaded: tuple[Loaded[Case], ...]
    statutes: StatuteBook
    limit_law: LimitLaw
    taxonomies: dict[str, Taxonomy]
    district: District
    form: FormRules
    review_rules: ReviewRules
    known_ids: frozenset[str]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def limits(self) -> LimitBook:
        """The time limits."""
        return self.limit_law.limits

    @property
    def calendar(self) -> WorkCalendar:
        """The working days."""
        return self.limit_law.calendar

    @property
    def events(self) -> Taxonomy:
        """The events that limits run from and to."""
        return self.limit_law.events

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The readable cases in order of id."""
        return tuple(item.record for item in self.loaded)

    @cached_property
    def by_id(self) -> dict[str, Case]:
        """The readable cases by id."""
        return {case.id: case for case in self.cases}

    @cached_property
    def fingerprint(self) -> str:
        """A hash of every case file's text; changes exactly when a case changes."""
        digest = hashlib.sha256()
        for item in self.loaded:
            digest.update(f"{item.file}\0{item.text_hash}\n".encode())
        return digest.hexdigest()


def open_casebase(path: Path | None = None, *, cases: Iterable[Path] | None = None) -> Casebase:
    """Read a records folder.

    Args:
        path: the folder; default see :func:`casebase.curation.layout.records_root`.
        cases: case files or folders to read instead of ``<path>/cases``.

    Raises:
        CasebaseError: the folder is missing, or law or vocabularies cannot be read (a wrong
            law record must stop everything; a wrong case is only a finding).
    """
    root = layout.records_root(path)
    cache, case_cache = _cache("law"), _cache("cases")
    reader = _Reader(root, cache)
    statutes = reader.must(root / "law" / "statutes", Statute)
    limit_law = _limit_law(reader)
    taxonomies = {
        file.stem: reader.must(file, Taxonomy)[0]
        for file in sorted((root / "taxonomy").glob("*.yaml"))
    }
    found: list[Finding] = []
    places = [root / "cases"] if cases is None else list(cases)
    case_reader = _Reader(root, case_cache)
    with _no_collection():
        loaded = [item for place in places for item in case_reader.read(place, Case, found)]
    loaded.sort(key=lambda item: (item.record.id, item.file))
    opened = Casebase(
        root=root,
        loaded=tuple(loaded),
        statutes=StatuteBook(statutes),
        limit_law=limit_law,
        taxonomies=taxonomies,
        district=reader.must(root / "district.yaml", District)[0],
        form=reader.must(root / "form.yaml", FormRules)[0],
        review_rules=reader.must(root / "review.yaml", ReviewRules)[0],
        known_ids=frozenset(p.stem for p in (root / "cases").rglob("XC-*.yaml"))
        | {item.record.id for item in loaded},
        findings=tuple(sorted(found)),
    )
    cache.save()
    case_cache.save()
    return opened


def open_limit_law(path: Path | None = None) -> LimitLaw:
    """Read only what due days are reckoned from: limits, working days and their rules.

    Raises:
        CasebaseError: as :func:`open_casebase`.
    """
    cache = _cache("law")
    found = _limit_law(_Reader(layout.records_root(path), cache))
    cache.save()
    return found


@contextmanager
def _no_collection() -> Iterator[None]:
    """Records are kept, so looking for garbage while thousands are made is lost time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _cache(name: str) -> ParseCache:
    """Law and cases apart, so that a command about law does not read thousands of cases."""
    return ParseCache(layout.cache_root() / f"{name}.json")


def _limit_law(reader: _Reader) -> LimitLaw:
    law = reader.root / "law"
    return LimitLaw(
        limits=LimitBook(reader.must(law / "time_limits", TimeLimit)),
        calendar=WorkCalendar(reader.must(law / "workdays", WorkdayYear)),
        events=reader.must(law / "events.yaml", Taxonomy)[0],
        matters=reader.must(law / "matters.yaml", Matters)[0],
        rollover=reader.must(law / "rollover.yaml", Rollover)[0],
        transitions=reader.must(law / "transitions.yaml", Transitions)[0],
    )


class _Reader:
    def __init__(self, root: Path, cache: ParseCache) -> None:
        self.root, self.cache = root, cache
        self.inside = f"{root}{os.sep}"

    def must(self, place: Path, model: type[M]) -> tuple[M, ...]:
        """Records that have to be sound: law, vocabularies, the bureau."""
        found: list[Finding] = []
        records = tuple(item.record for item in self.read(place, model, found))
        if found:
            first = found[0]
            raise CasebaseError(
                f"{first.file} 第 {first.line} 行：{first.message}。{first.fix}。"
                + (f"（另有 {len(found) - 1} 处）" if len(found) > 1 else "")
            )
        if not records:
            raise CasebaseError(f"案例库不完整：{place} 下没有记录。")
        return records

    def read(self, place: Path, model: type[M], found: list[Finding]) -> Iterator[Loaded[M]]:
        for path in _files(place):
            item = self._read_one(path, model, found)
            if item:
                yield item

    def _read_one(self, path: Path, model: type[M], found: list[Finding]) -> Loaded[M] | None:
        shown = self._shown(path)

        def report(code: str, line: int, keys: io.Keys, message: str, fix: str) -> None:
            dotted = ".".join(map(str, keys))
            found.append(Finding(shown, line, dotted, code, Severity.ERROR, message, fix))

        try:
            raw = io.read_raw(path)
            digest = hashlib.sha256(raw.removeprefix(codecs.BOM_UTF8)).hexdigest()
            parsed = self.cache.get(digest) or self.cache.put(
                digest, io.parse_yaml(io.as_text(raw))
            )
        except io.UnreadableFileError as error:
            report(error.code, error.line, (), error.message, error.fix)
            return None
        except OSError as error:
            report("CB001", 0, (), f"打不开文件（{error.strerror}）", "检查文件名和读取权限")
            return None
        try:
            record = model.model_validate_json(parsed.data)
        except ValidationError as errors:
            document = parsed.document
            for keys, code, message, fix in problems(errors, document.data, model):
                report(code, document.line_of(keys), keys, message, fix)
            return None
        return Loaded(record, path, shown, parsed, digest)

    def _shown(self, path: Path) -> str:
        if str(path).startswith(self.inside):
            return str(path)[len(self.inside) :].replace(os.sep, "/")
        try:
            return path.resolve().relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


def problems(
    errors: ValidationError, data: Any, model: type[Record]
) -> Iterator[tuple[io.Keys, str, str, str]]:
    """Keys, code, message and mend of everything wrong with ``data`` as a ``model``."""
    for problem in errors.errors(include_url=False):
        keys = tuple(k for k in problem["loc"] if k in _steps(data, problem))
        code, message, fix = messages.explain(problem, _known(model, problem["loc"]))
        yield keys or tuple(problem["loc"]), code, message, fix


def _steps(data: Any, problem: Any) -> set[Any]:
    """The parts of a pydantic location that are keys of the data (not union or alias tags)."""
    steps: set[Any] = set()
    for key in problem["loc"]:
        in_map = isinstance(data, dict) and key in data
        if in_map or (isinstance(data, list) and isinstance(key, int) and key < len(data)):
            data = data[key]
        elif problem["type"] not in ("missing", "extra_forbidden"):
            continue
        steps.add(key)
    return steps


def _known(model: type[Record], loc: tuple[Any, ...]) -> tuple[str, ...]:
    """The keys allowed where ``loc`` points, following nested models by alias."""
    current: Any = model
    for key in loc[:-1]:
        if isinstance(key, int):
            continue
        fields = getattr(current, "model_fields", {})
        field_info = next((f for f in fields.values() if f.alias == key), None)
        candidates = _models_in(field_info.annotation) if field_info else []
        current = candidates[0] if candidates else None
    fields = getattr(current, "model_fields", {})
    return tuple(f.alias or name for name, f in fields.items())


def _models_in(annotation: Any) -> list[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [annotation]
    return [m for arg in getattr(annotation, "__args__", ()) for m in _models_in(arg)]


def _files(place: Path) -> list[Path]:
    if place.is_dir():
        return sorted(p for p in place.rglob("*.yaml") if not p.name.startswith("."))
    return [place]
