"""Speed of reading and checking a large casebase: synthetic copies of the bundled cases.

Run: ``python benchmarks/large_casebase.py [--cases 5000]``. Prints Markdown; asserted nowhere.
Each copy has its own number and words of its own in every sentence, so that neither numbers nor
sentences coincide by the thousand.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

from casebase.curation import layout
from casebase.curation.checks import check
from casebase.curation.store import open_casebase

_SENTENCE = re.compile(r"[^。\n]{6,}。")
_LETTERS = (
    "城区市场监督管理局投诉举报典型案例处办工作指南消费者权益保护价格服务商品质量退款赔偿合同检测"
)


def copies(root: Path, number: int) -> int:
    """Write ``number`` cases below ``root``; return how many there are."""
    shutil.copytree(layout.BUNDLED, root, ignore=shutil.ignore_patterns("cases"))
    originals = sorted((layout.BUNDLED / "cases").rglob("*.yaml"))
    chance = random.Random(1)
    serial: Counter[tuple[str, str]] = Counter()
    made = 0
    while made < number:
        for file in originals:
            _, year, code, _ = file.stem.split("-")
            serial[year, code] += 1
            if made >= number or serial[year, code] > 999:
                continue
            name = f"XC-{year}-{code}-{serial[year, code]:03d}"
            text = file.read_text(encoding="utf-8").replace(f"编号: {file.stem}", f"编号: {name}")
            text = re.sub(r"相似案例:.*\n", "", text)
            if made >= len(originals):
                text = _SENTENCE.sub(lambda m: _reworded(m.group(), chance), text)
            target = root / "cases" / year / f"{name}.yaml"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            made += 1
    return made


def _reworded(sentence: str, chance: random.Random) -> str:
    return sentence[:-1] + "（" + "".join(chance.choices(_LETTERS, k=6)) + "）。"


def main() -> None:
    """Write copies, read them cold and warm, check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    number = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CASEGUIDE_CACHE"] = str(Path(folder) / "cache")
        root = Path(folder) / "records"
        made = copies(root, number)
        print(f"| {made} cases | seconds |\n|---|---|")
        for name in ("load, nothing cached", "load, warm"):
            start = time.perf_counter()
            base = open_casebase(root)
            print(f"| {name} | {time.perf_counter() - start:.2f} |")
        start = time.perf_counter()
        found = check(base)
        print(f"| check ({len(found)} findings) | {time.perf_counter() - start:.2f} |")


if __name__ == "__main__":
    main()
