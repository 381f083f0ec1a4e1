"""Small casebases and encoders for the search tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from casebase.model import Case, Taxonomy
from casebase.search.encoder import Vectors, checked_vectors, empty_vectors
from casebase.search.paths import silent
from casebase.search.tokens import terms

DIM = 64


class FakeEncoder:
    """Bags of hashed terms: near texts share words. Counts what it encodes."""

    id, dim, note = "fake/1", DIM, ""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode_queries(self, texts: Sequence[str], progress: Any = silent) -> Vectors:
        return self._encode(texts)

    def encode_records(self, texts: Sequence[str], progress: Any = silent) -> Vectors:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        self.texts.extend(texts)
        if not texts:
            return empty_vectors(DIM)
        table = np.full((len(texts), DIM), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for term in terms(text):
                table[row, int(hashlib.md5(term.encode()).hexdigest(), 16) % DIM] += 1
        return checked_vectors(table, DIM)


def _taxonomy(name: str, rows: Sequence[tuple[str, str, tuple[str, ...]]]) -> Taxonomy:
    items = [{"id": i, "名称": label, "关键词": list(words)} for i, label, words in rows]
    return Taxonomy.model_validate_json(
        __import__("json").dumps({"维度": name, "条目": items}, ensure_ascii=False)
    )


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture(scope="session")
def taxonomies() -> dict[str, Taxonomy]:
    return {
        "subject": _taxonomy(
            "品类",
            [
                ("s_fitness", "健身", ("健身房", "瑜伽馆", "私教")),
                ("g_food", "食品", ("面包", "牛奶", "过期")),
                ("g_furniture", "家具", ("沙发", "衣柜", "床垫")),
            ],
        ),
        "issue": _taxonomy(
            "问题类型",
            [
                ("prepaid", "预付式消费退费/闭店", ("会员卡", "关门", "跑路")),
                ("food_safety", "食品安全", ("过期", "发霉", "拉肚子")),
                ("quality", "质量", ("坏了", "开裂")),
            ],
        ),
        "channel": _taxonomy("渠道", [("ch_phone", "12315 热线", ())]),
        "disposition": _taxonomy("处置", [("d_accept", "受理", ())]),
    }


def make_case(number: int, **changes: Any) -> Case:
    """A valid case; ``changes`` are values by Chinese key."""
    base: dict[str, Any] = {
        "编号": f"XC-{2018 + number % 8}-FIT-{number:03d}",
        "标题": "某健身房闭店后会员卡退费调解案",
        "关键词": ["健身", "退费"],
        "分类": {
            "章": "服务类",
            "品类": "s_fitness",
            "问题": ["prepaid"],
            "渠道": "ch_phone",
            "处置": ["d_accept"],
        },
        "地区": "江苏苏州",
        "处理时": str(2018 + number % 8),
        "处办要旨": "闭店应当退还余额。",
        "基本案情": f"消费者在健身房办理会员卡，第{number}号门店关门后要求退还余额。",
        "争议焦点": ["余额如何计算？"],
        "处办过程": [{"时间": "2018年", "环节": "调解", "内容": "组织调解。"}],
        "处理结果": {"投诉": "达成协议", "举报": "无举报事项"},
        "法律依据": [{"法规": "L-XF", "条": 53, "出处": "编者注"}],
        "评析": "核对余额。",
        "处办要点": ["核对充值记录。"],
        "风险提示": ["遗漏赠送金额。"],
        "培训": {"能力": ["争议调解"], "难度": "基础"},
        "来源": {
            "素材编号": "RC-1",
            "标题": "t",
            "发布者": "p",
            "发布日期": "2018",
            "阅读范围": "全文",
            "可信度": "高",
            "未载事项": "无",
        },
        "审核": {"供稿": "组", "状态": "送审", "版本": 1, "日期": "2026"},
    }
    base.update(changes)
    return Case.model_validate_json(__import__("json").dumps(base, ensure_ascii=False))


@pytest.fixture
def new_case() -> Callable[..., Case]:
    return make_case


@pytest.fixture
def cases() -> list[Case]:
    def kinds(chapter: str, subject: str, issue: str) -> dict[str, Any]:
        return {
            "章": chapter,
            "品类": subject,
            "问题": [issue],
            "渠道": "ch_phone",
            "处置": ["d_accept"],
        }

    return [
        make_case(1),
        make_case(
            2,
            标题="某瑜伽馆易主后会员卡不认调解案",
            基本案情="瑜伽馆换了老板，新店不承认原来的会员卡。",
        ),
        make_case(
            3,
            标题="某超市销售过期牛奶赔偿案",
            关键词=["牛奶", "过期"],
            分类=kinds("商品类", "g_food", "food_safety"),
            基本案情="消费者在超市买到过期牛奶，饮用后拉肚子，要求赔偿。",
        ),
        make_case(
            4,
            标题="某超市面包发霉赔付案",
            关键词=["面包", "发霉"],
            分类=kinds("商品类", "g_food", "food_safety"),
            基本案情="面包在保质期内发霉，孩子吃了一口。",
        ),
        make_case(
            5,
            标题="某家具商沙发开裂退货案",
            关键词=["沙发", "质量"],
            分类=kinds("商品类", "g_furniture", "quality"),
            基本案情="沙发使用两个月扶手开裂，经营者拒绝更换。",
        ),
    ]
