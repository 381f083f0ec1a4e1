# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 新增一件案例
#
# 从上到下依次运行：建草稿 → 填写 → 检查 → 保存 → 查类案 → 看审核状态。全程不联网。
#
# **练习不会动随程序提供的案例库**：没有设置环境变量 `CASEGUIDE_RECORDS` 时，先把案例库复制到
# 临时文件夹，写的都是副本。正式录入时把 `CASEGUIDE_RECORDS` 设为自己的案例库再打开本页。

# %%
import os
import shutil
import tempfile
from pathlib import Path

import ipywidgets as widgets
import pandas as pd
from IPython.display import Code, display

from casebase import check, open_casebase, open_searcher
from casebase.clock import today
from casebase.curation import intake, layout
from casebase.curation.save import edited, read_text, save

named = os.environ.get("CASEGUIDE_RECORDS")
if named:
    records = Path(named)
else:
    records = Path(tempfile.mkdtemp(prefix="案例练习-")) / "records"
    shutil.copytree(layout.BUNDLED, records)
base = open_casebase(records)
f"{'正式案例库' if named else '练习副本'}：{records}，已有案例 {len(base.cases)} 件"

# %% [markdown]
# ## 一、建草稿
# 指明品类和年份，编号自动取下一个空号。每个必填栏目写着“待填”，以井号开头的行是提示。
#
# 已有 Word 典型案例或者台账的，把 `blank_draft` 一行换成下面两种之一（与命令
# `caseguide case new --from 文件` 相同）：
#
# ```python
# cases = intake.read_cases(Path("案例.docx"), records)
# draft = intake.word_draft(cases[0], base, today=today(), source="案例.docx")
#
# rows = intake.read_rows(Path("台账.xlsx"), records, [5])
# draft = intake.ledger_draft(rows[0], base, today=today())
# ```

# %%
draft = intake.blank_draft(base, "g_furniture", today=today(), handled=str(today().year))
written = intake.write_draft(draft, base)
display(Code(written.text, language="yaml"))
f"{written.id}：{written.path}，还有 {len(draft.open)} 处待填"

# %% [markdown]
# ## 二、填写
# 分类要用词表里的 id。下面列出几个词表；其余的把 `issue` 换成 `subject`、`claim`、`party_type`。

# %%
vocabularies = {
    kind: pd.DataFrame(
        [(t.id, t.label, t.group or "", "、".join(t.keywords[:6])) for t in book.terms],
        columns=["id", "名称", "组", "常见说法"],
    )
    for kind, book in base.taxonomies.items()
}
display(vocabularies["issue"])
display(vocabularies["channel"][["id", "名称"]])
display(vocabularies["disposition"][["id", "名称"]])

# %% [markdown]
# 表单：改右边的内容，再运行下一格。没有显示表单的，直接改下一格里的 `values`。
# 下面预填的是练习用的虚构内容。

# %%
SAMPLE = {
    "标题": "某家具商定制餐桌材质不符退货调解案",
    "地区": "江苏苏州",
    "处办要旨": "经营者以“实木”名义销售贴皮家具的，先固定标签、合同和实物的差别，"
    "再就退货和宣传分别处理。",
    "基本案情": "消费者陈某在某家具商定制“实木”餐桌，送货后发现桌面为密度板贴皮，"
    "要求退货退款，商家只同意更换。",
    "评析": "合同写明实木而交付贴皮，属于不按约定履行；价差和宣传方式决定是否同时按举报线索核查。",
}


def options(kind: str) -> list[tuple[str, str]]:
    return [(f"{t.label}（{t.id}）", t.id) for t in base.taxonomies[kind].terms]


def text_box(label: str, value: str, rows: int) -> widgets.Textarea:
    layout_ = widgets.Layout(width="48em", height=f"{rows * 1.6}em")
    return widgets.Textarea(value=value, description=label, layout=layout_)


form = {key: text_box(key, value, 2 if len(value) < 30 else 4) for key, value in SAMPLE.items()}
form["问题"] = widgets.SelectMultiple(
    options=options("issue"), value=("contract",), description="问题", rows=6
)
form["渠道"] = widgets.Dropdown(
    options=options("channel"), value="ch_12315_web", description="渠道"
)
form["处置"] = widgets.SelectMultiple(
    options=options("disposition"), value=("d_accept", "d_mediated"), description="处置", rows=6
)
display(widgets.VBox(list(form.values())))

# %%
values = {key: box.value for key, box in form.items()}
loaded = open_casebase(records, cases=[written.path]).loaded[0]
data = loaded.document.data
data |= {key: values[key] for key in SAMPLE}
data["分类"] |= {
    "问题": list(values["问题"]),
    "渠道": values["渠道"],
    "处置": list(values["处置"]),
    "诉求": ["c_refund"],
}
data["关键词"] = ["家具", "材质不符", "退货"]
text = edited(read_text(written.path), data)
changed = set(text.splitlines()) - set(written.text.splitlines())
pd.DataFrame(sorted(changed), columns=["改动后的行（其余各行、提示都没有动）"])

# %% [markdown]
# ## 三、检查
# 保存以前先检查。“待填”在草稿阶段只是提醒，送审以后是错误；其余发现照改法改。

# %%
(found,) = intake.findings([intake.Written(written.id, text, None)], base)
pd.DataFrame(
    [(f.line, f.code, f.message, f.fix) for f in found], columns=["行", "编码", "问题", "改法"]
)

# %% [markdown]
# ## 四、保存
# 读取以后别人又改过同一文件的，不会覆盖，会提示重新读取。

# %%
save(written.path, text, expected=loaded.text_hash, root=records)
base = open_casebase(records)
case = base.by_id[written.id]
f"已保存 {case.id} {case.title}"

# %% [markdown]
# ## 五、查类案
# 看库里有没有同类案例：避免重复供稿；确实相近的，把编号写进“相似案例”。

# %%
library = open_casebase()  # 已有索引的案例库
hits = open_searcher(library).search(f"{case.title} {case.facts}", k=5)
pd.DataFrame(
    [
        (hit.id, hit.title, hit.why["level"], "、".join(t["term"] for t in hit.why["terms"]))
        for hit in hits
        if hit.id != case.id
    ],
    columns=["编号", "标题", "相近程度", "相同词语"],
)

# %% [markdown]
# ## 六、审核状态
# 新案例一律是“草稿”，不会印进指南；“待填”补完、检查没有错误以后才能送审。

# %%
open_count = len(
    [f for f in check(open_casebase(records, cases=[written.path])) if "待填" in f.message]
)
pd.DataFrame(
    [
        (
            case.id,
            case.review.status.value,
            case.review.version,
            case.review.updated,
            open_count,
            "可以送审" if not open_count else "补完待填",
        )
    ],
    columns=["编号", "状态", "版本", "日期", "待填", "下一步"],
)
