"""How fast due days are reckoned and the law is read. Run: python benchmarks/limits.py

Prints wall and processor time of 10,000 ``due_dates`` calls over all days of 2018–2026 for
several kinds of matter, of loading the law of limits, and of loading all law (statutes too).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from casebase.curation.store import open_casebase, open_limit_law
from casebase.law.periods import Pause
from casebase.law.timetable import due_dates

CALLS = 10_000
FIRST, DAYS = date(2018, 1, 1), 3287


def timed(name: str, work: Callable[[], Any]) -> Any:
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{name:<44} {wall:7.3f} s wall {processor:7.3f} s cpu")
    return result


def main() -> None:
    open_limit_law()  # fills the parse cache, so that what follows is warm
    law = timed("load the law of limits, warm", open_limit_law)
    timed("load statutes, limits, all vocabularies, warm", lambda: open_casebase(cases=[]))
    days = [FIRST + timedelta(days=i * 7919 % DAYS) for i in range(CALLS)]
    due_dates(law, {"received": FIRST})
    scenarios: dict[str, Callable[[date], Any]] = {
        "投诉, received": lambda d: due_dates(law, {"received": d}),
        "投诉, received and accepted": lambda d: due_dates(
            law, {"received": d, "accepted": d + timedelta(days=5)}
        ),
        "投诉 with a pause": lambda d: due_dates(
            law,
            {"received": d, "accepted": d},
            pauses=[Pause(d + timedelta(days=20), d + timedelta(days=39))],
        ),
        "举报": lambda d: due_dates(law, {"report_received": d}, kind="举报"),
        "案件, filed": lambda d: due_dates(
            law, {"report_received": d, "filed": d + timedelta(days=9)}, kind="案件"
        ),
    }
    for name, ask in scenarios.items():
        timed(f"{CALLS:,} × {name}", lambda ask=ask: [ask(day) for day in days])


if __name__ == "__main__":
    main()
