"""What the index keeps of each case: enough to filter, show and explain a hit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from casebase.model import Case, PartialDate, Taxonomy
from casebase.search.errors import IndexCorruptError


@dataclass(frozen=True)
class Entry:
    """One case in the index, by ids; ``names`` gives their Chinese names."""

    id: str
    title: str
    subject: str
    other_subjects: tuple[str, ...]
    issues: tuple[str, ...]
    channel: str
    dispositions: tuple[str, ...]
    handled: str
    citations: tuple[tuple[str, int | None], ...]
    rule: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """Main and further goods or services."""
        return (self.subject, *self.other_subjects)

    @property
    def year(self) -> int | None:
        """Year of handling; ``None`` where the source gives none."""
        span = PartialDate(self.handled).range
        return span.start.year if span else None

    def known_by(self, day: date) -> bool:
        """Whether the case may have been handled by ``day`` (an unknown date may)."""
        span = PartialDate(self.handled).range
        return span is None or span.start <= day


def entry(case: Case) -> Entry:
    """The entry of a case."""
    kinds = case.classification
    return Entry(
        id=case.id,
        title=case.title,
        subject=kinds.subject,
        other_subjects=kinds.other_subjects,
        issues=kinds.issues,
        channel=kinds.channel,
        dispositions=kinds.dispositions,
        handled=str(case.handled),
        citations=tuple(
            dict.fromkeys((citation.statute, citation.article) for citation in case.citations)
        ),
        rule=case.rule,
    )


def dump_entries(entries: Sequence[Entry]) -> bytes:
    """JSON lines, one an entry."""
    return "\n".join(json.dumps(asdict(item), ensure_ascii=False) for item in entries).encode()


def load_entries(path: Path) -> list[Entry]:
    """Read what :func:`dump_entries` made.

    :raises IndexCorruptError: it is not that.
    """
    try:
        return [_entry(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexCorruptError(f"索引中的案例目录读不出：{error}") from error


def _entry(line: str) -> Entry:
    data = json.loads(line)
    for name in ("other_subjects", "issues", "dispositions"):
        data[name] = tuple(data[name])
    data["citations"] = tuple((statute, article) for statute, article in data["citations"])
    return Entry(**data)


def dump_taxonomies(taxonomies: Mapping[str, Taxonomy]) -> bytes:
    """The vocabularies as one JSON object."""
    plain = {
        name: taxonomies[name].model_dump(mode="json", by_alias=True, exclude_defaults=True)
        for name in sorted(taxonomies)
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()


def load_taxonomies(path: Path) -> dict[str, Taxonomy]:
    """Read what :func:`dump_taxonomies` made.

    :raises IndexCorruptError: it is not that.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: Taxonomy.model_validate_json(json.dumps(value)) for name, value in plain.items()
        }
    except (OSError, ValueError) as error:
        raise IndexCorruptError(f"索引中的分类体系读不出：{error}") from error
