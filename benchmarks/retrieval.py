"""Retrieval quality, side by side: BM25, the encoder alone, both fused.

Run: ``python benchmarks/retrieval.py --data DIR [--task …] [--cache DIR] [--queries N]``.
``DIR`` holds public development sets that are not part of the project (see README.md); sets that
are missing are left out. Task ``dev`` needs no data: it runs ``dev_queries.jsonl`` on the bundled
cases. Vectors are kept in ``--cache``; the first run takes many minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, R, ScoredDoc, nDCG
from scipy.stats import spearmanr

from casebase.search import Searcher, open_encoder, open_searcher, service
from casebase.search.dense import DenseIndex
from casebase.search.embeddings import EmbeddingCache, Kind
from casebase.search.fuse import DEPTH, fuse
from casebase.search.lexical import LexicalIndex, best
from casebase.search.text import windows
from casebase.search.tokens import query_terms, terms

Ranked = list[tuple[int, float]]
HERE = Path(__file__).resolve().parent
MEASURES = [nDCG @ 10, RR @ 10, R @ 10]


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


class Bench:
    """Encodes with a cache and ranks one corpus by all three systems."""

    def __init__(self, cache: Path, model: str | None) -> None:
        self.embeddings = EmbeddingCache(cache, open_encoder(model, progress=progress))

    def encode(self, kind: Kind, texts: Sequence[str]) -> Any:
        return self.embeddings.vectors(kind, texts, progress)

    def systems(
        self, corpus: Sequence[str], queries: Sequence[str], kind: Kind
    ) -> dict[str, list[Ranked]]:
        """Top lists of each system for each query; long texts count with their best window."""
        lexical = LexicalIndex.build(Counter(terms(text)) for text in corpus)
        pieces = [(row, part) for row, text in enumerate(corpus) for part in windows(text) or [" "]]
        owners = np.array([row for row, _ in pieces])
        index = DenseIndex(self.encode(kind, [part for _, part in pieces]), "flat")
        firsts = [(windows(text) or [" "])[0] for text in queries]
        found = index.search(self.encode("query", firsts), 3 * DEPTH)
        dense = [by_owner(near, owners) for near in found]
        words = [best(lexical.scores(query_terms(text)), DEPTH) for text in queries]
        weights = [service.DENSE, service.LEXICAL]
        both = [fuse(pair, weights) for pair in zip(dense, words, strict=True)]
        return {"BM25": words, "e5": dense, "hybrid": both}


def by_owner(near: Ranked, owners: Any) -> Ranked:
    """Windows to texts: the best window counts."""
    seen: dict[int, float] = {}
    for row, score in near:
        seen.setdefault(int(owners[row]), score)
    return list(seen.items())[:DEPTH]


def progress(what: str, done: int, total: int) -> None:
    """One line on standard error that is written over."""
    if done == total or done % 50 == 0:
        print(f"\r{what} {done}/{total}   ", end="", file=sys.stderr, flush=True)


def judged(ranked: list[Ranked], relevant: Sequence[set[int]], drop: Sequence[int]) -> str:
    """nDCG@10, MRR@10 and Recall@10; ``drop`` names the query's own row, or -1."""
    qrels = {str(q): {str(d): 1 for d in docs} for q, docs in enumerate(relevant)}
    run = [
        ScoredDoc(str(q), str(doc), 1 / (place + 1))
        for q, docs in enumerate(ranked)
        for place, (doc, _) in enumerate(pair for pair in docs[:12] if pair[0] != drop[q])
    ]
    values = ir_measures.calc_aggregate(MEASURES, qrels, run)
    return " / ".join(f"{values[measure]:.3f}" for measure in MEASURES)


def gov_title2body(bench: Bench, data: Path, count: int) -> dict[str, str]:
    """Title of a citizen's message -> the message."""
    table = rows(data / "gov_title_body.jsonl")
    chosen = random.Random(1).sample(range(len(table)), min(count, len(table)))
    lists = bench.systems(
        [row["body"] for row in table], [table[at]["title"] for at in chosen], "record"
    )
    relevant, drop = [{at} for at in chosen], [-1] * len(chosen)
    return {name: judged(ranked, relevant, drop) for name, ranked in lists.items()}


def dup_lcqmc(bench: Bench, data: Path, count: int) -> dict[str, str]:
    """Question -> the same question in other words, among 8,000."""
    corpus = [row["text"] for row in rows(data / "dup_lcqmc_corpus.jsonl")[:8000]]
    table = rows(data / "dup_lcqmc_queries.jsonl")[:count]
    lists = bench.systems(corpus, [corpus[row["q"]] for row in table], "query")
    relevant, drop = [set(row["rel"]) for row in table], [row["q"] for row in table]
    return {name: judged(ranked, relevant, drop) for name, ranked in lists.items()}


def shop_neg(bench: Bench, data: Path, count: int) -> dict[str, str]:
    """Bad review -> reviews of the same kind of goods: P@1 / P@10."""
    table = rows(data / "shop_neg.jsonl")
    texts, labels = [row["text"] for row in table], [row["label"] for row in table]
    chosen = list(range(len(texts))) if count >= 1000 else list(range(count))
    lists = bench.systems(texts, [texts[at] for at in chosen], "query")
    result = {}
    for name, ranked in lists.items():
        hits = [
            [labels[doc] == labels[at] for doc, _ in docs if doc != at][:10]
            for at, docs in zip(chosen, ranked, strict=True)
        ]
        first = sum(found[0] if found else 0 for found in hits) / len(hits)
        result[name] = f"{first:.3f} / {sum(map(sum, hits)) / 10 / len(hits):.3f}"
    return result


def pairs(name: str) -> Callable[[Bench, Path, int], dict[str, str]]:
    """Spearman of the cosine with "same meaning"."""

    def run(bench: Bench, data: Path, count: int) -> dict[str, str]:
        table = rows(data / f"pairs_{name}.jsonl")
        sides = [bench.encode("query", [row[side] for row in table]) for side in "ab"]
        cosine = (sides[0] * sides[1]).sum(axis=1)
        return {"e5": f"{spearmanr(cosine, [row['y'] for row in table]).statistic:.3f}"}

    return run


def dev(bench: Bench, data: Path, count: int) -> dict[str, str]:
    """Own complaints on the bundled cases: P@1 / P@5 / nDCG@5, both halves.

    A hit is good if it shares goods or service AND issue; P@5 is measured against the good cases
    there are. Queries without any good case are left out.
    """
    searcher = open_searcher(progress=progress)
    table = rows(HERE / "dev_queries.jsonl")
    result = {}
    weights = (service.SUBJECT, service.ISSUE)
    for name, boost in (("hybrid alone", (0.0, 0.0)), ("hybrid + goods/issue", weights)):
        service.SUBJECT, service.ISSUE = boost
        for half in ("tune", "held"):
            result[f"{name}, {half}"] = _dev(searcher, [q for q in table if q["half"] == half])
    service.SUBJECT, service.ISSUE = weights
    return result


def _dev(searcher: Searcher, table: Sequence[dict[str, Any]]) -> str:
    entries = {item.id: item for item in searcher.index.entries}
    totals: list[tuple[float, float, float]] = []
    for query in table:

        def grade(case: str, query: dict[str, Any] = query) -> int:
            item = entries[case]
            goods = not query["subject"] or not set(query["subject"]).isdisjoint(item.subjects)
            issue = not set(query["issues"]).isdisjoint(item.issues)
            return 2 if goods and issue else int(goods or issue)

        every = sorted((grade(case) for case in entries), reverse=True)
        good = sum(value == 2 for value in every)
        if good:
            got = [grade(hit.id) for hit in searcher.search(query["text"], 5)]
            share = sum(value == 2 for value in got) / min(5, good)
            totals.append((float(got[0] == 2), share, _dcg(got) / _dcg(every[:5])))
    means = np.mean(totals, axis=0)
    return " / ".join(f"{value:.3f}" for value in means) + f" ({len(totals)} queries)"


def _dcg(grades: Sequence[int]) -> float:
    return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(grades))


TASKS: dict[str, tuple[str | None, Callable[[Bench, Path, int], dict[str, str]]]] = {
    "dev": (None, dev),
    "gov_title2body": ("gov_title_body.jsonl", gov_title2body),
    "dup_lcqmc": ("dup_lcqmc_corpus.jsonl", dup_lcqmc),
    "pairs_lcqmc": ("pairs_lcqmc.jsonl", pairs("lcqmc")),
    "pairs_atec": ("pairs_atec.jsonl", pairs("atec")),
    "shop_neg": ("shop_neg.jsonl", shop_neg),
}


def main() -> None:
    """Print one Markdown row a system and task."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(), help="folder of the data sets")
    parser.add_argument("--task", choices=sorted(TASKS), action="append", help="default: all")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/caseguide-bench"))
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--model")
    given = parser.parse_args()
    bench = Bench(given.cache, given.model)
    print("| task | system | figures |\n|---|---|---|")
    for name in given.task or TASKS:
        file, run = TASKS[name]
        if file and not (given.data / file).is_file():
            print(f"| {name} | – | data set not here |")
            continue
        for system, figures in run(bench, given.data, given.queries).items():
            print(f"| {name} | {system} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
