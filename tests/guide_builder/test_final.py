"""The final edition: signed cases only, no watermark, no word of a draft."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from casebase.curation import review, save
from casebase.curation.store import open_casebase
from casebase.model import Status
from guide_builder.blocks import Cover, Document, Paragraph, plain
from guide_builder.build import HOME, build_guide, file_name
from guide_builder.errors import GuideError
from guide_builder.outline import read_outline
from guide_builder.plan import Edition, plan

OUTLINE = read_outline(HOME / "outline.yaml")
STEPS = (
    (Status.LEGAL, "法规审核人", "FG-03"),
    (Status.PRIVACY, "脱敏复核人", "TM-01"),
    (Status.FINAL, "签发人", "QF-01"),
)


def edition(final: bool) -> Edition:
    return Edition(OUTLINE, OUTLINE.as_of, HOME / "text", final=final)


@pytest.fixture
def signed(records: Path) -> Path:
    """The records with their one case signed off."""
    base = open_casebase(records)
    loaded = base.loaded[0]
    case = loaded.record
    for to, role, code in STEPS:
        after = review.advance(
            case, base.review_rules, to, role=role, code=code, day=date(2026, 11, 24), note=None
        )
        case = case.model_copy(update={"review": after})
    data = {**loaded.document.data}
    data["审核"] = case.review.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = save.edited(save.read_text(loaded.path), data)
    save.save(loaded.path, text, expected=loaded.text_hash, root=records)
    return records


def words(document: Document) -> str:
    return "\n".join(plain(b.spans) for b in document.front if isinstance(b, Paragraph))


def test_a_final_edition_refuses_what_is_not_signed(records: Path, tmp_path: Path) -> None:
    with pytest.raises(GuideError) as refused:
        build_guide(tmp_path / "out", records=records, final=True, measure=False)
    assert "XC-2021-FUR-001（送审）缺：法规审、脱敏审、定稿" in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_a_signed_casebase_makes_both_editions(signed: Path) -> None:
    base = open_casebase(signed)
    final, draft = plan(base, edition(True)), plan(base, edition(False))
    assert (final.watermark, draft.watermark) == ("", "征求意见稿")
    covers = [next(b for b in d.front if isinstance(b, Cover)) for d in (final, draft)]
    assert [c.edition for c in covers] == ["", "征求意见稿"]
    assert "征求意见" not in words(final) and "征求意见" in words(draft)


def test_a_draft_never_overwrites_the_final_edition() -> None:
    names = {file_name("指南", edition(final)) for final in (True, False)}
    assert names == {"指南.docx", "指南（征求意见稿）.docx"}


def test_a_final_edition_of_drafts_only_is_refused(signed: Path) -> None:
    file = signed / "cases" / "2021" / "XC-2021-FUR-001.yaml"
    text = file.read_text(encoding="utf-8")
    head, _, _ = text.partition("  经过:")
    file.write_text(head.replace("状态: 定稿", "状态: 草稿"), encoding="utf-8")
    with pytest.raises(GuideError, match="没有一件定稿"):
        plan(open_casebase(signed), edition(True))
