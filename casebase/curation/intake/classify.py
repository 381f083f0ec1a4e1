"""Where a case seems to belong: vocabulary words found in its text. Proposals, never decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from casebase.curation.intake import words
from casebase.curation.intake.draft import Draft
from casebase.curation.store import Casebase
from casebase.model import Taxonomy, Term
from casebase.model.intake import Cue

#: What one word is worth by its length; a word in the title counts more.
_WORTH = {1: 0.3, 2: 1.0}
_LONG = 1.6
_TITLE = 2.0
_MOST_WORDS = 5
#: A second issue has to reach this part of the first one's worth.
_NEXT = 0.5
_MOST_ISSUES, _MOST_DISPOSITIONS = 3, 8
_LABEL_PARTS = re.compile(r"[/、（）()\s]+")


@dataclass(frozen=True)
class Guess:
    """An entry of a vocabulary, its worth, and the words that spoke for it."""

    term: Term
    worth: float
    words: tuple[str, ...]


def guesses(taxonomy: Taxonomy, title: str, text: str) -> list[Guess]:
    """The entries that some word speaks for, best first, ties in the order of the vocabulary.

    A word that lies inside a longer one of the same entry is not counted again; a word of
    several entries is shared between them.
    """
    owners: dict[str, int] = {}
    for term in taxonomy.terms:
        for word in _words(term):
            owners[word] = owners.get(word, 0) + 1
    found = []
    for term in taxonomy.terms:
        hits = [word for word in _words(term) if word in text or word in title]
        hits = [w for w in hits if not any(w != other and w in other for other in hits)]
        worth = sum(
            _WORTH.get(len(w), _LONG)
            * (_TITLE if w in title else 1.0)
            * (1 + min(text.count(w), 4) / 4)
            / owners[w]
            for w in hits
        )
        if worth:
            ranked = sorted(hits, key=lambda w: (w not in title, -text.count(w), -len(w)))
            found.append(Guess(term, worth, tuple(ranked[:_MOST_WORDS])))
    found.sort(key=lambda guess: -guess.worth)
    return found


def _words(term: Term) -> list[str]:
    parts = [part for part in _LABEL_PARTS.split(term.label) if len(part) > 1]
    return list(dict.fromkeys((*term.keywords, *parts)))


def propose_subject(base: Casebase, title: str, text: str) -> Guess | None:
    """The subject (品类) that the words speak for most; the first line of the facts counts most."""
    found = guesses(base.taxonomies["subject"], title, text)
    return found[0] if found else None


def propose_tags(
    draft: Draft, base: Casebase, title: str, text: str, told: str = "", *, channel: str = ""
) -> None:
    """Issues, channel, dispositions and claims that the text speaks for, noted with reasons.

    Args:
        text: what happened and what was asked for.
        told: how it was handled and what came of it.
        channel: what is written under 来源、渠道; where nothing is, the whole text is looked at.
    """
    tags, cues = draft.data["分类"], words.cues(base.root)
    issues = [
        guess
        for guess in guesses(base.taxonomies["issue"], title, text)
        if guess.term.id not in cues.unguessed
    ]
    chosen = [g for g in issues[:_MOST_ISSUES] if g.worth >= _NEXT * issues[0].worth]
    if chosen:
        tags["问题"] = [guess.term.id for guess in chosen]
        shown = "、".join(guess.term.label for guess in chosen)
        draft.propose("分类.问题", shown, _because(w for g in chosen for w in g.words))
    came = _cued(cues.channel, channel or f"{text}\n{told}")[:1]
    if came:
        tags["渠道"] = came[0][0]
        draft.propose("分类.渠道", _label(base, "channel", came), _because([came[0][1]]))
    for key, kind, found in (
        ("处置", "disposition", _dispositions(cues.dispositions, told)),
        ("诉求", "claim", _cued(cues.claims, text)),
    ):
        if found:
            tags[key] = [value for value, _ in found]
            draft.propose(f"分类.{key}", _label(base, kind, found), _because(w for _, w in found))


def _cued(cues: Iterable[Cue], text: str) -> list[tuple[str, str]]:
    """(value, word) of every cue that the text holds, in the order of the cues."""
    return [(cue.value, word) for cue in cues if (word := cue.first(text))]


def _dispositions(cues: tuple[Cue, ...], told: str) -> list[tuple[str, str]]:
    """As :func:`_cued`; a word inside a longer one of another cue («不予受理») is not counted."""
    found: dict[str, str] = {}
    pairs = [(word, cue.value) for cue in cues for word in cue.words]
    for word, value in sorted(pairs, key=lambda pair: -len(pair[0])):
        if word in told:
            found.setdefault(value, word)
            told = told.replace(word, "　")
    order = list(dict.fromkeys(value for _, value in pairs))
    return [(value, found[value]) for value in order if value in found][:_MOST_DISPOSITIONS]


def _label(base: Casebase, kind: str, found: list[tuple[str, str]]) -> str:
    terms = base.taxonomies[kind].by_id
    return "、".join(terms[value].label if value in terms else value for value, _ in found)


def _because(found: Iterable[str]) -> str:
    kept = list(dict.fromkeys(found))[:_MOST_WORDS]
    return f"文中有“{'”“'.join(kept)}”"
