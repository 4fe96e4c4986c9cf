"""Loading 10,000 pages, beside parsing their front matter alone in the same run."""

from collections.abc import Iterator

from tests.benchmarks.catalogue import measured, parsed
from tests.benchmarks.figures import Figure

MANY = 10_000


def figures() -> Iterator[Figure]:
    alone = parsed(MANY)
    got, _ = measured(MANY)
    size = f"{got.text_bytes / 1e6:.0f} MB of text"
    yield Figure("parsing the front matter alone, CSafeLoader", alone, "s", note=size)
    yield Figure("loading all pages", got.load, "s")
    yield Figure("loading / parsing", got.load / alone, "x", target=5)
    yield Figure("from loaded to able to answer", got.ready, "s")
    yield Figure("memory of the pages / their text", got.loaded_bytes / got.text_bytes, "x", target=5)
    yield Figure("memory of pages and index / text", got.ready_bytes / got.text_bytes, "x", target=5)
    yield Figure("pages read again after an edit of one", got.reread, "", target=1)
    yield Figure("loading again after that edit", got.edit, "s")
    yield Figure("until it can be answered from", got.edit + got.ready, "s", note="once the edit was noticed")
