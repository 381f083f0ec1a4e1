"""Which records may be hits: goods or service, issue, channel, year, day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from casebase.model import Taxonomy
from casebase.search.errors import QueryError
from casebase.search.records import Entry

_NAMES = {"subject": "品类", "issue": "问题类型", "channel": "渠道"}


@dataclass(frozen=True)
class Filters:
    """Limits on hits; ``None`` means no limit.

    :param subject: id or Chinese name; further goods or services of a case count too.
    :param issue: id or Chinese name of any of the case's issues.
    :param channel: id or Chinese name.
    :param year: year of handling; cases without a known year are left out.
    :param on: only cases that may have been handled by this day, as a look-up on that day would
        have seen the casebase; cases without a date stay.
    """

    subject: str | None = None
    issue: str | None = None
    channel: str | None = None
    year: int | None = None
    on: date | None = None

    def resolved(self, taxonomies: Mapping[str, Taxonomy]) -> Filters:
        """The same filters with ids in place of names.

        :raises QueryError: a name is not in its vocabulary; the message lists near ones.
        """
        return Filters(
            subject=resolve(self.subject, "subject", taxonomies),
            issue=resolve(self.issue, "issue", taxonomies),
            channel=resolve(self.channel, "channel", taxonomies),
            year=self.year,
            on=self.on,
        )

    def allow(self, item: Entry) -> bool:
        """Whether a record passes (filters must be resolved)."""
        return (
            (self.subject is None or self.subject in item.subjects)
            and (self.issue is None or self.issue in item.issues)
            and (self.channel is None or self.channel == item.channel)
            and (self.year is None or self.year == item.year)
            and (self.on is None or item.known_by(self.on))
        )

    @property
    def active(self) -> bool:
        """Whether anything is limited."""
        return self != Filters()


def resolve(name: str | None, dimension: str, taxonomies: Mapping[str, Taxonomy]) -> str | None:
    """The id for an id, a name, or a part that only one name has; ``None`` for ``None``.

    :raises QueryError: no or several entries fit.
    """
    if name is None:
        return None
    wanted = name.strip()
    taxonomy = taxonomies.get(dimension)
    labels = {term.id: term.label for term in taxonomy.terms} if taxonomy else {}
    if wanted in labels:
        return wanted
    exact = [key for key, label in labels.items() if wanted and wanted == label]
    parts = [key for key, label in labels.items() if wanted and wanted in label]
    for found in (exact, parts):
        if len(found) == 1:
            return found[0]
    near = parts or _near(wanted, labels)
    shown = "、".join(f"{labels[key]}（{key}）" for key in near[:5])
    kind = _NAMES[dimension]
    advice = f"相近的有：{shown}。" if shown else f"可在 records/taxonomy/{dimension}.yaml 中查。"
    reason = "不止一项符合" if parts else "没有这一项"
    raise QueryError(f"{kind}“{wanted}”{reason}。{advice}")


def _near(wanted: str, labels: Mapping[str, str]) -> list[str]:
    choices = {key: f"{label} {key}" for key, label in labels.items()}
    found = process.extract(wanted, choices, scorer=fuzz.partial_ratio, limit=5, score_cutoff=30)
    return [key for _, _, key in found]
