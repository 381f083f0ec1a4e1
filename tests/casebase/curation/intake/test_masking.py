"""Names known from a label, and what stands for them."""

from __future__ import annotations

import pytest

from casebase.curation.intake.masking import Masker, known_parties


@pytest.mark.parametrize(
    ("kind", "value", "text", "expected", "reason"),
    [
        ("人", "周建国", "周建国来电", "周某来电", "a name"),
        ("人", "欧阳明月", "欧阳明月来电", "欧阳某来电", "a compound surname stays whole"),
        ("人", "周建国、吴雪", "周建国和吴雪", "周某和吴某", "several"),
        (
            "人",
            "周建国，男，35岁",
            "周建国35岁，男装店",
            "周某35岁，男装店",
            "only the name counts",
        ),
        ("人", "匿名", "匿名举报", "匿名举报", "no name"),
        ("人", "周某", "周某来电", "周某来电", "masked already"),
        ("企业", "苏州市相城区红松家具有限公司", "红松家具送货", "某公司送货", "the short form"),
        ("企业", "好运来超市", "在好运来超市买", "在某超市买", "a shop"),
        ("企业", "周建国", "周建国的店", "周某的店", "a trader by his own name"),
    ],
)
def test_known_names(kind: str, value: str, text: str, expected: str, reason: str) -> None:
    assert Masker(known_parties([(kind, value)])).mask(text, "内容") == expected, reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（电话13812345678）", "（电话略）"),
        ("（联系电话：13812345678）", "（电话略）"),
        ("手机号：13812345678。", "联系电话（略）。"),
        ("打13812345678没人接", "打（电话略）没人接"),
        ("没有号码", "没有号码"),
    ],
)
def test_the_sentence_stays_readable(text: str, expected: str) -> None:
    assert Masker().mask(text, "内容") == expected


def test_the_report_does_not_repeat_what_was_found() -> None:
    masker = Masker(known_parties([("人", "周建国")]))
    masker.mask("周建国13812345678", "内容")
    assert [(m.shown, m.instead) for m in masker.found] == [
        ("周**", "周某"),
        ("138***78", "（电话略）"),
    ]
