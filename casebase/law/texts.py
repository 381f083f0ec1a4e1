"""Official wording, where it has been imported: the text of an article on a day.

The records keep gists only. A law that staff saved from the official database lies outside
the records, one JSON file a version; nothing here writes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from platformdirs import user_data_dir

from casebase.law.book import StatuteBook


@dataclass(frozen=True)
class LawText:
    """The wording of one version of one law.

    ``effective`` names the version by its 施行; ``articles`` are keyed by number, an inserted
    one as «55-1». ``sha256`` is the hash of the file that was imported.
    """

    statute: str
    effective: str
    title: str
    source: str
    sha256: str
    articles: dict[str, str]


class ArticleTexts:
    """All imported wording."""

    def __init__(self, texts: Iterable[LawText], book: StatuteBook) -> None:
        self._by_version = {(text.statute, text.effective): text for text in texts}
        self._book = book

    def __len__(self) -> int:
        return len(self._by_version)

    def get(self, statute: str, article: int, day: date, suffix: int | None = None) -> str | None:
        """The wording of an article in the version in force on ``day``, if imported."""
        law = self._book.get(statute)
        version = law.version_on(day) if law else None
        text = self._by_version.get((statute, str(version.effective))) if version else None
        return text.articles.get(article_key(article, suffix)) if text else None


def article_key(article: int, suffix: int | None = None) -> str:
    """«55» or, for 第五十五条之一, «55-1»."""
    return f"{article}-{suffix}" if suffix else str(article)


def texts_root() -> Path:
    """Where imported wording lies: ``CASEGUIDE_LAW_TEXTS``, else the user's data folder."""
    named = os.environ.get("CASEGUIDE_LAW_TEXTS")
    return Path(named) if named else Path(user_data_dir("caseguide", appauthor=False)) / "law_texts"


def read_texts(book: StatuteBook, folder: Path | None = None) -> ArticleTexts:
    """All wording under ``folder``; a damaged file counts as not imported."""
    found = []
    for path in sorted((folder or texts_root()).glob("*.json")):
        text = _read(path)
        if text is not None:
            found.append(text)
    return ArticleTexts(found, book)


def _read(path: Path) -> LawText | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        articles = {str(key): str(value) for key, value in data["articles"].items()}
        return LawText(
            statute=str(data["statute"]),
            effective=str(data["effective"]),
            title=str(data["title"]),
            source=str(data["source"]),
            sha256=str(data["sha256"]),
            articles=articles,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
