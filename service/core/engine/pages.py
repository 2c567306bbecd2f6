"""Parts of a state that are read and written one by one, as what is in them is touched.

A multi-instance activity with a thousand open tasks has a thousand rows. A completion touches one
of them; with the rows in pages it reads and writes one page, however many there are.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Json: TypeAlias = Any

# Numbers of element instances, or rounds, on one page.
SIZE = 64


class Pages:
    """Pages by key; `changed` is what has been written since: the new content, None for gone."""

    def __init__(self, stored: Mapping[str, list[Json]]) -> None:
        """Stored pages may be read on demand: only those that are wanted are asked for."""
        self.stored = stored
        self.changed: dict[str, list[Json] | None] = {}

    def get(self, key: str) -> list[Json]:
        """The rows of a page, not to be changed; none where there is no such page."""
        if key in self.changed:
            return self.changed[key] or []
        return self.stored.get(key) or []

    def put(self, key: str, rows: list[Json]) -> None:
        """Replace a page; one without rows is gone."""
        if rows:
            self.changed[key] = rows
        elif key in self.stored:
            self.changed[key] = None
        else:
            self.changed.pop(key, None)

    def keys(self, kind: str) -> Iterator[str]:
        """The keys that begin so, of pages that have rows."""
        for key in [*self.stored, *(key for key in self.changed if key not in self.stored)]:
            if key.startswith(kind) and self.changed.get(key, [0]) is not None:
                yield key


class Overlaid(Mapping[str, Any]):
    """Stored pages with changes over them, of which none is read before it is asked for."""

    def __init__(self, stored: Mapping[str, Any], changed: Mapping[str, Any]) -> None:
        self._stored = stored
        self._changed = changed

    def __getitem__(self, key: str) -> Any:
        return self._changed[key] if key in self._changed else self._stored[key]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._stored), **dict.fromkeys(self._changed)})

    def __len__(self) -> int:
        return len(set(self._stored) | set(self._changed))


def whole(
    stored: Mapping[str, list[Json]], changed: Mapping[str, list[Json] | None]
) -> dict[str, list[Json]]:
    """All pages after the changes."""
    both = {**stored, **changed}
    return {key: rows for key, rows in both.items() if rows}


# -- the results of a multi-instance activity, a page for each 64 rounds


def put_result(pages: Pages, body: int, round_: int, output: Json) -> None:
    """Keep what a round has come to; rounds count from 1."""
    number, place = divmod(round_ - 1, SIZE)
    key = f"results {body} {number}"
    rows = [*pages.get(key)]
    rows += [None] * (place + 1 - len(rows))
    rows[place] = output
    pages.put(key, rows)


def take_results(pages: Pages, body: int, total: int) -> list[Json]:
    """The results by round, None where there is none; they are no longer kept."""
    results: list[Json] = []
    for number in range(-(-total // SIZE)):
        key = f"results {body} {number}"
        rows = pages.get(key)
        results += [*rows, *[None] * (SIZE - len(rows))]
        pages.put(key, [])
    return results[:total]
