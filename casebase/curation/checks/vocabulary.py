"""Ids that must stand in the vocabularies, and the case number that is made from them."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import process

from casebase.curation.checks.report import finding
from casebase.curation.io import Keys
from casebase.curation.store import Casebase, Loaded
from casebase.model import Case, Finding, Taxonomy
from casebase.model.base import NOT_STATED, TO_FILL


def check(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """Unknown ids, each with the nearest known ones; then the subject code of the case number."""
    kinds = casebase.taxonomies
    tags = loaded.record.classification
    places: list[tuple[Keys, str, Taxonomy]] = [(("品类",), tags.subject, kinds["subject"])]
    places += _many("其他品类", tags.other_subjects, kinds["subject"])
    places += _many("问题", tags.issues, kinds["issue"])
    if tags.channel != NOT_STATED:
        places.append((("渠道",), tags.channel, kinds["channel"]))
    places += _many("处置", tags.dispositions, kinds["disposition"])
    places += _many("诉求", tags.claims, kinds["claim"])
    places += _many("经营者类型", tags.parties, kinds["party_type"])
    for keys, value, taxonomy in places:
        if value != TO_FILL and value not in taxonomy.by_id:
            message = f"{taxonomy.dimension}没有“{value}”"
            yield finding(loaded, ("分类", *keys), "CB201", message, _nearest(value, taxonomy))
    subject = kinds["subject"].by_id.get(tags.subject)
    code = loaded.record.id.split("-")[2]
    if subject and subject.code != code:
        message = f"编号中的品类码 {code} 与品类“{subject.label}”不符"
        yield finding(loaded, ("编号",), "CB202", message, f"该品类的码是 {subject.code}")


def _many(
    key: str, values: tuple[str, ...], taxonomy: Taxonomy
) -> list[tuple[Keys, str, Taxonomy]]:
    return [((key, i), value, taxonomy) for i, value in enumerate(values)]


def _nearest(value: str, taxonomy: Taxonomy) -> str:
    shown = {term.id: f"{term.id}（{term.label}）" for term in taxonomy.terms}
    names = {**{term.id: term.id for term in taxonomy.terms}}
    close = process.extract(value, names, limit=3, score_cutoff=40)
    candidates = "、".join(shown[key] for *_, key in close)
    listing = f"records/taxonomy 中“{taxonomy.dimension}”的 id"
    return f"是否应为 {candidates}？可用值见 {listing}" if candidates else f"请改用 {listing}"
