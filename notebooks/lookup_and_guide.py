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
# # 查类案、编指南
#
# 从上到下依次运行（菜单“运行 → 运行所有单元格”）。第一次运行要在本机转换检索模型，
# 约需一分钟，以后只需几秒。全程不联网。

# %%
import os
from pathlib import Path

import pandas as pd
from IPython.display import Markdown, display

from casebase import check, open_casebase, open_searcher
from guide_builder import build_guide

base = open_casebase()
f"案例 {len(base.cases)} 件，法规 {len(base.statutes)} 部，时限 {len(base.limits)} 项"

# %% [markdown]
# ## 一、案例库里有什么

# %%
names = {kind: {t.id: t.label for t in book.terms} for kind, book in base.taxonomies.items()}
cases = pd.DataFrame(
    {
        "编号": case.id,
        "标题": case.title,
        "章": case.classification.chapter,
        "品类": names["subject"][case.classification.subject],
        "主要问题": names["issue"][case.classification.issues[0]],
        "处理时": case.handled,
    }
    for case in base.cases
)
cases.pivot_table(index="品类", columns="章", values="编号", aggfunc="count", fill_value=0)

# %% [markdown]
# 各品类有哪些问题、哪些处置；空白处是供稿缺口。

# %%
from casebase.curation.coverage import coverage

table = coverage(base)
pd.DataFrame(
    {
        "品类": row.term.label,
        "案例": row.total,
        "本区": row.local,
        **{group: row.groups[kind][group] for kind in row.groups for group in table.groups[kind]},
    }
    for row in table.covered
).set_index("品类").replace(0, "")

# %% [markdown]
# ## 二、检查
# 没有发现时下表为空。每条发现说明文件、行号、问题和改法。

# %%
pd.DataFrame(
    [(f.file, f.line, f.code, f.message, f.fix) for f in check(base)],
    columns=["文件", "行", "编码", "问题", "改法"],
)

# %% [markdown]
# ## 三、查类案
# 把投诉举报的内容照原话写进 `question`。

# %%
question = "在健身房办了年卡，才去两次店就关门了，打电话没人接，剩下的钱怎么退？"
searcher = open_searcher(base)
hits = searcher.search(question, k=5)
pd.DataFrame(
    [
        {
            "编号": hit.id,
            "标题": hit.title,
            "相近程度": hit.why["level"],
            "相同词语": "、".join(t["term"] for t in hit.why["terms"]),
        }
        for hit in hits
    ]
)

# %% [markdown]
# 看最相近的一件怎么办的：

# %%
best = base.by_id[hits[0].id]
points = "\n".join(f"{i}. {line}" for i, line in enumerate(best.points, start=1))
risks = "\n".join(f"{i}. {line}" for i, line in enumerate(best.risks, start=1))
display(
    Markdown(
        f"### {best.title}\n\n**处办要旨** {best.rule}\n\n**处办要点**\n\n{points}\n\n"
        f"**风险提示**\n\n{risks}\n\n**现行法提示** {best.current_law or '—'}"
    )
)

# %% [markdown]
# ## 四、编印指南
# Word 文件写到项目的 `output` 文件夹（环境变量 `CASEGUIDE_OUTPUT` 可以另指）。

# %%
output = Path(os.environ.get("CASEGUIDE_OUTPUT", "../output"))
built = build_guide(output)
f"{built.path.name}：{built.cases} 件案例，{built.pages} 页"
