"""Look-up: complaint in, similar cases out, each with the reasons why.

Dense and lexical lists are joined by :mod:`fuse`; records that share the guessed goods or service
and issue move up. Ties go by id, nothing is random: the same question gives the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casebase.search.dense import DenseIndex
from casebase.search.detect import Detector, Guess
from casebase.search.encoder import Encoder
from casebase.search.errors import QueryError
from casebase.search.explain import matched_words
from casebase.search.filters import Filters
from casebase.search.fuse import DEPTH, fuse, min_max
from casebase.search.index import SearchIndex
from casebase.search.lexical import best
from casebase.search.ranking import dense_ranking
from casebase.search.records import Entry
from casebase.search.text import FIELD_NAMES, Field, windows
from casebase.search.tokens import query_terms

#: Weights of the two lists (round, not tuned).
DENSE, LEXICAL = 0.5, 0.5
#: What sharing goods or service, and issue, adds; chosen on the tuning half of
#: ``benchmarks/dev_queries.jsonl`` (figures for the held-out half: ``benchmarks/README.md``).
SUBJECT, ISSUE = 0.8, 0.5
#: A record shares a guess if it has at least this share of the best guess, and this score.
_NEAR_BEST, _LEAST = 0.75, 0.2

#: Longest question that is read; the rest is cut off with a note.
MAX_QUERY = 20_000
_QUERY_WINDOWS = 4
MAX_K = 100


@dataclass(frozen=True)
class Hit:
    """A similar case. ``score`` (0..1) orders the hits of one question; it is no percentage of
    likeness and must not be compared between questions. ``why`` says what spoke for it:
    ``level`` (高: goods or service and issue are those guessed from the question, 中: one of them,
    低: neither), ``shared_subject``, ``shared_issues``, the shared words with their weights,
    ``dense`` and ``lexical`` (place in either list, 1 = first), ``subject`` and ``issue`` (how sure
    the guess is), ``field`` (the part of the case that is nearest in meaning)."""

    id: str
    title: str
    score: float
    subject: str
    issues: tuple[str, ...]
    disposition: tuple[str, ...]
    citations: tuple[tuple[str, int | None], ...]
    why: dict[str, Any]
    rule: str = ""
    handled: str = ""

    def as_json(self) -> dict[str, Any]:
        """The form that ``caseguide search --json`` prints."""
        return {
            "id": self.id,
            "title": self.title,
            "score": self.score,
            "subject": self.subject,
            "issues": list(self.issues),
            "disposition": list(self.disposition),
            "citations": [
                {"statute": statute, "article": article} for statute, article in self.citations
            ],
            "why": self.why,
        }


@dataclass(frozen=True)
class Answer:
    """Hits, what the question was taken to be about, and what the user should know."""

    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    subjects: tuple[Guess, ...] = ()
    issues: tuple[Guess, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """All that speaks for records, by row: lists best first, ids wanted with 0..1, nearest part."""

    terms: Sequence[str]
    dense: Sequence[tuple[int, float]]
    words: Sequence[tuple[int, float]]
    wanted: dict[str, dict[str, float]]
    parts: dict[int, Field]


@dataclass
class Searcher:
    """Answers questions from one index with the encoder that made it."""

    index: SearchIndex
    encoder: Encoder
    _detectors: dict[str, Detector] = field(init=False, repr=False)
    _spans: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.encoder.id != self.index.encoder_id:
            raise QueryError("索引与编码模型不符，请重建索引：caseguide index build")
        self._detectors = {
            name: Detector(self.index.taxonomies[name], vectors)
            for name, vectors in self.index.term_vectors.items()
        }
        self._spans = np.searchsorted(self.index.owners, np.arange(len(self.index) + 1))

    def search(self, text: str, k: int = 5, filters: Filters | None = None) -> list[Hit]:
        """The ``k`` most similar cases, best first."""
        return list(self.answer(text, k, filters).hits)

    def answer(self, text: str, k: int = 5, filters: Filters | None = None) -> Answer:
        """As :meth:`search`, with notes and guesses.

        :raises QueryError: empty text, ``k`` below 1, or an unknown filter.
        """
        text = text.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates from odd consoles
        if not text.strip():
            raise QueryError("没有写投诉内容。例：caseguide search 健身房关门了会员卡退不了")
        if k < 1:
            raise QueryError("-k 至少为 1")
        notes: list[str] = []
        if len(text) > MAX_QUERY:
            notes.append(f"内容超过 {MAX_QUERY} 字，只用了前 {MAX_QUERY} 字。")
            text = text[:MAX_QUERY]
        chosen = (filters or Filters()).resolved(self.index.taxonomies)
        allowed = self._allowed(chosen)
        terms = query_terms(text)
        if not terms:
            return Answer((), (*notes, "没有可供检索的文字（只有符号或表情），请用文字描述情况。"))
        if not allowed.any():
            reason = "没有符合筛选条件的案例。" if len(self.index) else "案例库是空的。"
            return Answer((), (*notes, reason))
        lexical = self.index.lexical.scores(terms)
        lexical[~allowed] = 0
        vector = self._vector(text)
        words = best(lexical, DEPTH)
        dense, parts = dense_ranking(
            self.index, self._spans, vector, [r for r, _ in words], allowed
        )
        # Without a word in common a guess of goods and issue would rest on nothing but meaning.
        guesses = {
            name: found.guess(text, vector) if words else []
            for name, found in self._detectors.items()
        }
        wanted = {name: {g.id: g.score for g in found} for name, found in guesses.items()}
        hits = self._hits(Evidence(terms, dense, words, wanted, parts), min(k, MAX_K))
        if not words:
            notes.append("案例库里没有与来文相同的词语，以下只按语义远近排列，仅供参考。")
        elif hits and all(hit.why["level"] != "高" for hit in hits):
            notes.append("没有找到品类和问题都相近的案例，以下仅供参考。")
        subjects, issues = (tuple(guesses.get(name, ())) for name in ("subject", "issue"))
        return Answer(tuple(hits), tuple(notes), subjects, issues)

    def similar_to(self, case_id: str, k: int = 5) -> list[Hit]:
        """Cases similar to a case of the index, without itself.

        :raises QueryError: there is no such case.
        """
        rows = {item.id: row for row, item in enumerate(self.index.entries)}
        if case_id not in rows:
            raise QueryError(f"索引里没有案例 {case_id}")
        row = rows[case_id]
        item = self.index.entries[row]
        allowed = np.ones(len(self.index), bool)
        allowed[row] = False
        mirrors = DenseIndex(self.index.mirrors, "flat")
        near = [(other, s) for other, s in mirrors.search(mirrors.vectors[row : row + 1], DEPTH)[0]]
        terms = query_terms(f"{item.title}。{item.rule}")
        lexical = self.index.lexical.scores(terms)
        lexical[row] = 0
        dense = [(other, score) for other, score in near if other != row]
        own = {"subject": dict.fromkeys(item.subjects, 1.0), "issue": _graded(item.issues)}
        return self._hits(Evidence(terms, dense, best(lexical, DEPTH), own, {}), k)

    def _allowed(self, filters: Filters) -> NDArray[np.bool_]:
        if not filters.active:
            return np.ones(len(self.index), bool)
        return np.array([filters.allow(item) for item in self.index.entries], bool)

    def _vector(self, text: str) -> NDArray[np.float32]:
        """One vector of the question; a long one is the mean of its first windows."""
        parts = windows(text)[:_QUERY_WINDOWS]
        mean = self.encoder.encode_queries(parts).mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)

    def _hits(self, found: Evidence, k: int) -> list[Hit]:
        issues = found.wanted.get("issue", {})
        needed = {name: _needed(ids) for name, ids in found.wanted.items()}
        by_meaning, by_words = min_max(found.dense), min_max(found.words)
        scored = []
        for row, base in fuse([found.dense, found.words], [DENSE, LEXICAL]):
            item = self.index.entries[row]
            shared = {name: _share(item, name, ids) for name, ids in found.wanted.items()}
            score = base + SUBJECT * shared.get("subject", 0.0) + ISSUE * shared.get("issue", 0.0)
            scored.append((score / (1 + SUBJECT + ISSUE), row, shared))
        scored.sort(key=lambda one: (-one[0], self.index.entries[one[1]].id))
        hits = []
        for score, row, shared in scored[:k]:
            item = self.index.entries[row]
            alike = {name: shared[name] >= needed[name] for name in shared}
            why: dict[str, Any] = {
                "level": ("低", "中", "高")[sum(alike.values())],
                "shared_subject": alike.get("subject", False),
                "shared_issues": [i for i in item.issues if issues.get(i, 0.0) >= needed["issue"]],
                "terms": matched_words(found.terms, self.index.lexical.matched(found.terms, row)),
                "dense": round(by_meaning.get(row, 0.0), 4),
                "lexical": round(by_words.get(row, 0.0), 4),
                "subject": round(shared.get("subject", 0.0), 4),
                "issue": round(shared.get("issue", 0.0), 4),
                "field": FIELD_NAMES[found.parts[row]] if row in found.parts else "",
            }
            hits.append(
                Hit(
                    id=item.id,
                    title=item.title,
                    score=round(score, 4),
                    subject=item.subject,
                    issues=item.issues,
                    disposition=item.dispositions,
                    citations=item.citations,
                    why=why,
                    rule=item.rule,
                    handled=item.handled,
                )
            )
        return hits


def _ids(item: Entry, dimension: str) -> tuple[str, ...]:
    return item.subjects if dimension == "subject" else item.issues


def _graded(ids: Sequence[str]) -> dict[str, float]:
    """The main issue counts fully, the further ones less."""
    return {name: 1.0 / (1 + place) for place, name in enumerate(ids)}


def _share(item: Entry, dimension: str, wanted: dict[str, float]) -> float:
    """How far a record is about what is wanted: its best entry, further ones at a discount."""
    values = [
        wanted.get(name, 0.0) * (1.0 if place == 0 else 0.8)
        for place, name in enumerate(_ids(item, dimension))
    ]
    return max(values, default=0.0)


def _needed(wanted: dict[str, float]) -> float:
    """The score from which a record counts as being about what is wanted."""
    return max(_LEAST, _NEAR_BEST * max(wanted.values(), default=1.0))
