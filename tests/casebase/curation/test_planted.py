"""Thirty faults in a copy of all bundled records: each is found in its place, and nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from casebase.curation import layout
from casebase.curation.checks import check
from casebase.curation.store import open_casebase

FACTS = r"(?m)^基本案情: \|-\n  "
STORY = "基本案情: |-\n  "
REPEALED = "  - {法规: R-SAIC-62, 条: 15, 时点: 处理时, 出处: 编者注}\n"
#: case, what stands there (a pattern), what is put in its place, the code it must give.
FAULTS = [
    ("XC-2021-FUR-001", r"\{法规: L-XF, 条: 24,", "{法规: L-XF, 条: 99,", "CB302"),
    ("XC-2021-EDU-101", r"(?m)^法律依据:\n", "法律依据:\n" + REPEALED, "CB303"),
    ("XC-2023-SHP-001", FACTS, STORY + "联系电话13812345678。", "CB502"),
    ("XC-2024-EBK-001", r"品类: g_ebike", "品类: g_ebikes", "CB201"),
    ("XC-2016-AUT-001", FACTS, STORY + "购车人身份证号11010519491231002X。", "CB501"),
    ("XC-2024-UTL-001", FACTS, STORY + "用户王先生反映。", "CB510"),
    ("XC-2024-UTL-002", FACTS, STORY + "其轿车苏E12345停在门口。", "CB505"),
    ("XC-2020-UTL-001", FACTS, STORY + "家住采莲路88号3幢502室。", "CB509"),
    ("XC-2025-LOD-001", FACTS, STORY + "付款卡号6222021234567890128。", "CB504"),
    ("XC-2025-LOD-002", FACTS, STORY + "邮箱为zhang.san@example.com。", "CB506"),
    ("XC-2025-CHD-001", FACTS, STORY + "订单号：2023051122001456789012。", "CB508"),
    ("XC-2024-CHD-001", FACTS, STORY + "该职业打假人反映。", "CB521"),
    ("XC-2025-ELD-001", r"(?m)^地区: .*\n", "", "CB101"),
    ("XC-2021-HLT-001", r"难度: \S+", "难度: 容易", "CB103"),
    ("XC-2025-HLT-002", r"(?m)^评析:", "办案人: 略\n评析:", "CB102"),
    ("XC-2021-FOD-002", r"(?m)^地区: (.*)\n", r"地区: \1\n地区: \1\n", "CB007"),
    ("XC-2025-LIV-003", r"(?m)^(争议焦点:\n  - .*)？\n", r"\1。\n", "CB404"),
    ("XC-2024-SHP-001", r"渠道: \S+", "渠道: ch_nowhere", "CB201"),
    ("XC-2025-AUT-002", r"(?m)^现行法提示: \|-\n  .*\n", "", "CB401"),
    ("XC-2014-AUT-001", r"(?m)^相似案例: .*", "相似案例: [XC-1999-ZZZ-999]", "CB203"),
    ("XC-2024-CLO-101", r"时限: \w+", "时限: cpl_no_such", "CB311"),
    ("XC-2024-AGI-001", FACTS, STORY + "依《消费者权益保护法》第九十九条。", "CB321"),
    ("XC-2022-HSE-001", FACTS, STORY + "依《某某市消费纠纷裁处法》第三条。", "CB322"),
    ("XC-2023-BEA-001", r"状态: 送审", "状态: 定稿", "CB451"),
    ("XC-2017-PRL-001", r"(?m)^  投诉: .*\n", "  投诉: 处罚款5万元。\n", "CB614"),
    ("XC-2022-PRL-001", r"(?m)^金额: .*\n(  .*\n)*", "金额: {退款: 4321}\n", "CB616"),
    ("XC-2018-FIT-002", r"发布日期: \S+", "发布日期: '2001-01-01'", "CB612"),
    ("XC-2025-FIT-001", r"素材编号: \S+", "素材编号: RC-025", "CB602"),
    ("XC-2021-PRE-001", r"编号: XC-2021-PRE-001", "编号: XC-2021-PRE-009", "CB104"),
    ("XC-2024-BEA-001", FACTS, STORY + "材料存于C:\\\\Users\\\\lily\\\\桌面。", "CB517"),
]  # fmt: skip


def test_all_are_found_and_nothing_else(tmp_path: Path) -> None:
    root = tmp_path / "records"
    shutil.copytree(layout.BUNDLED, root)
    expected = set()
    for case, pattern, new, code in FAULTS:
        file = root / "cases" / case.split("-")[1] / f"{case}.yaml"
        text, count = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1)
        assert count == 1, f"{case} no longer holds {pattern}"
        file.write_text(text, encoding="utf-8")
        expected.add((file.relative_to(root).as_posix(), code))
    assert len(FAULTS) == len(expected) == 30
    found = check(open_casebase(root))
    assert {(f.file, f.code) for f in found} == expected
    assert all(f.line > 0 and f.fix for f in found)
