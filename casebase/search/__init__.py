"""Similar-case look-up, 类案检索: text → terms and vectors → index → fused, explained hits.

>>> from casebase.search import open_searcher
>>> hits = open_searcher().search("健身房关门了会员卡退不了", k=5)  # doctest: +SKIP
"""

from casebase.search.encoder import Encoder, open_encoder
from casebase.search.engine import open_searcher
from casebase.search.errors import (
    EncoderError,
    IndexCorruptError,
    QueryError,
    SearchError,
    WeightsError,
)
from casebase.search.filters import Filters
from casebase.search.index import IndexStore, SearchIndex
from casebase.search.service import Answer, Hit, Searcher

__all__ = [
    "Answer",
    "Encoder",
    "EncoderError",
    "Filters",
    "Hit",
    "IndexCorruptError",
    "IndexStore",
    "QueryError",
    "SearchError",
    "SearchIndex",
    "Searcher",
    "WeightsError",
    "open_encoder",
    "open_searcher",
]
