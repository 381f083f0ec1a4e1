"""Recall and precision of the privacy finder, kind by kind, and its speed.

Run from the project's folder: ``python benchmarks/privacy.py``. The generated sentences are seeded,
the others written by hand (``tests/privacy``); all persons and numbers in them are made up.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from casebase.curation.privacy import PrivateSpan, find  # noqa: E402
from tests.privacy import generate, measure  # noqa: E402


def main() -> None:
    """Print one table a set, what was missed, and the time for a megabyte."""
    folder = ROOT / "tests" / "privacy"
    generated = [
        measure.Sentence(m.text, (PrivateSpan(m.start, m.end, m.kind, m.secret),), "")
        for m in generate.marked()
    ]
    _show("generated", measure.score(generated))
    for name in ("sentences", "holdout"):
        _show(name, measure.score(measure.read(folder / f"{name}.tsv")))
    text = "".join(s.text + "。" for s in measure.read(folder / "sentences.tsv"))
    text = (
        (text * (1_000_000 // len(text.encode()) + 1)).encode()[:1_000_000].decode(errors="ignore")
    )
    start = time.perf_counter()
    find(text)
    print(f"1 MB of sentences: {time.perf_counter() - start:.2f} s")


def _show(name: str, result: measure.Score) -> None:
    print(f"{name}\n{'kind':10} {'marked':>7} {'recall':>7} {'found':>6} {'precision':>9}")
    for kind in sorted(set(result.wanted) | set(result.given)):
        print(
            f"{kind:10} {result.wanted[kind]:7} {result.recall(kind):7.1%} "
            f"{result.given[kind]:6} {result.precision(kind):9.1%}"
        )
    for words, rows in (("missed", result.missed), ("wrong", result.wrong)):
        for row in rows:
            print(f"  {words}: {row}")


if __name__ == "__main__":
    main()
