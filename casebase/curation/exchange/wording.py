"""What the workbook says to the people who fill it in."""

from __future__ import annotations

from casebase.curation.exchange.columns import (
    BASE,
    CASES,
    CITATIONS,
    ID,
    ORDER,
    RESULT,
    STEPS,
    WORDS,
    Column,
    Kind,
)

NOT_IN_LIST = "词表里没有这一项。可以先保留，导入时会再核对。"

TITLE = "案例往返表"
#: Heading and text of each line of the sheet 说明.
HELP: tuple[tuple[str, str], ...] = (
    (
        "怎么用",
        f"在“{CASES}”“{STEPS}”“{CITATIONS}”三张表里修改，存盘后运行 "
        "caseguide exchange import 本文件。"
        "程序先列出每件案例改了什么，确认后才写入案例库；没有改的案例一个字也不会变。",
    ),
    (CASES, "一行一件。表头是栏目名；深蓝底的必填，灰底的没有内容就留空。"),
    (STEPS, f"一行一个节点，用“{ID}”对应案例，按“{ORDER}”排先后。"),
    (CITATIONS, f"一行一条引用，同样用“{ID}”和“{ORDER}”。"),
    (
        ORDER,
        "在第 2 步和第 3 步之间加一步，另起一行写 2.5 即可；"
        "存入时按大小排列。同一件里不要有相同的序。",
    ),
    (
        "一格多项",
        "关键词、问题、处置、处办要点等栏目可以有几项：每项一行，在格内按 Alt+Enter 换行。",
    ),
    (
        "选词",
        f"品类、问题、渠道等写“{WORDS}”表里的词。写编号、写名称，"
        "或者两样都写（contract 合同履行）都可以。",
    ),
    (
        "日期",
        "写 2018、2018-11、2018-11-26 或“未载”。各列都已设为文本格式，请不要改格式；"
        "从别处粘贴时选“只粘贴文本”。",
    ),
    ("金额", "只写数字，单位为元。"),
    (
        "新增案例",
        f"在“{CASES}”末尾另起一行，写新的编号；处办过程和法律依据写到另两张表，编号相同。",
    ),
    ("删行", "删去一行不会删除案例。不再使用的案例，把“审核.状态”改为“停用”。"),
    (
        "检查结果",
        "有错误时什么也不写入，另存一份“文件名.检查结果.xlsx”："
        f"有问题的格子和它那一行的编号标红（提醒标黄）、加批注，行末“{RESULT}”一列写明问题和改法。"
        "在那份文件里改好，直接再导入那份文件即可。",
    ),
    (
        "两边都改了",
        "导出以后，案例库里的这件案例若又被别人改过，而表里也改了它，程序会指出来，不会互相覆盖。"
        "请重新导出，把改动抄到新表。",
    ),
    (
        "不要动的",
        f"表头的文字、工作表的名称和隐藏的“{BASE}”表。列的次序可以调整，行可以排序和筛选，自己加的列会略过。"
        "不要合并单元格，不要写公式。",
    ),
)


def prompt(column: Column) -> str:
    """The hint that shows when a cell of the column is chosen; empty where none is needed."""
    if column.vocabulary:
        several = "可写几项，每项一行（Alt+Enter 换行）。" if column.many else ""
        return f"{several}写“{WORDS}”表里的编号或名称。"
    if column.many:
        choices = f"：{'、'.join(column.choices)}" if column.choices else ""
        return f"可写几项，每项一行（Alt+Enter 换行）{choices}。"
    if column.kind is Kind.DATE:
        return "2018、2018-11、2018-11-26 或“未载”。"
    if column.keys == (ORDER,):
        return "1、2、3……中间插入可写 2.5。"
    if column.kind is Kind.NUMBER:
        return "只写数字，单位为元。来源没写的留空。"
    return ""
