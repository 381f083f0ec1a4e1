"""Hypothesis strategies for case records with the texts that break file formats."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

NASTY = (
    "退款: 300元",
    "他说'不退'",
    '他说"不退"',
    " 行首空格",
    "行尾空格 ",
    "【通知】",
    "# 不是注释",
    "前 # 后",
    "末尾换行\n",
    "两行\n\n三行",
    "  缩进\n不缩进",
    "\n先空一行",
    "制表\t符",
    "😀👨‍👩‍👧",
    "很长" * 900,
    "2018",
    "2018-03",
    "2018-11-26",
    "1-2",
    "007",
    "1_000",
    "0x1F",
    "12:30:00",
    "1e3",
    ".inf",
    "null",
    "~",
    "true",
    "No",
    "=1+1",
    "+86",
    "-5",
    "- 项",
    "@某",
    "&锚",
    "*引",
    "!标签",
    "%",
    "[甲, 乙]",
    "{甲: 乙}",
    "a,b",
    "键:",
    ":值",
    "? 问",
    "|",
    "|-\n块",
    "> 折",
    "---",
    "...",
    "<<",
    "反斜杠\\n",
    "a\u2028b",
    "a\u0085b",
    "\u3000全角空格",
    "零宽\u200b",
    "\ufeff标记",
    "回车\r换行",
    "\x07响铃",
    "_x000D_",
    "无",
)
#: Any text that UTF-8 can hold, often a nasty one.
texts = st.sampled_from(NASTY) | st.text(
    st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40
)
ids = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
dates = st.sampled_from(["2018", "2018-11", "2018-11-26", "未载", "待核", "0001"])
amounts = st.integers(0, 10**9) | st.floats(0, 1e18, allow_nan=False, allow_infinity=False)


def _maybe(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


_lists = st.lists(texts, min_size=1, max_size=4)
_ids = st.lists(ids, min_size=1, max_size=3)

#: All keys of a case with values of the right kind (not always within the model's lengths).
cases = _maybe(
    {
        "编号": st.sampled_from(["XC-2021-FUR-001", "XC-0000-FOD-999"]),
        "标题": texts,
        "关键词": _lists,
        "分类": _maybe(
            {
                "章": st.sampled_from(["商品类", "服务类"]),
                "品类": ids,
                "问题": _ids,
                "渠道": ids | st.just("未载"),
                "处置": _ids,
            },
            {"其他品类": _ids, "诉求": _ids, "经营者类型": _ids},
        ),
        "地区": texts,
        "处理时": dates,
        "处办要旨": texts,
        "基本案情": texts,
        "争议焦点": _lists,
        "处办过程": st.lists(
            _maybe(
                {"时间": texts, "环节": st.sampled_from(["调解", "终结"]), "内容": texts},
                {"时限": ids, "期限": st.sampled_from(["合规", "来源未载，无法判定"])},
            ),
            min_size=1,
            max_size=4,
        ),
        "处理结果": _maybe({"投诉": texts, "举报": texts}, {}),
        "评析": texts,
        "处办要点": _lists,
        "风险提示": _lists,
        "培训": _maybe({"能力": st.just(["咨询解答"]), "难度": st.just("基础")}, {}),
        "来源": _maybe({"素材编号": texts, "标题": texts, "发布日期": texts}, {"网址": texts}),
        "审核": _maybe(
            {"供稿": texts, "状态": st.just("草稿"), "版本": st.integers(1, 99)}, {"日期": dates}
        ),
    },
    {
        "体例": st.sampled_from(["详案", "简案"]),
        "金额": _maybe({"退款": amounts}, {"罚款": amounts}),
        "法律依据": st.lists(
            _maybe(
                {"法规": st.just("L-XF"), "出处": st.just("编者注")},
                {"条": st.integers(1, 200), "款": st.integers(1, 9), "说明": texts},
            ),
            max_size=3,
        ),
        "来源原引": _lists,
        "消费提示": texts,
        "经营者提示": texts,
        "相似案例": st.lists(st.just("XC-2020-EDU-001"), max_size=2),
        "现行法提示": texts,
    },
)
