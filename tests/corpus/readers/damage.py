"""Records of tagged text that something has happened to."""

from __future__ import annotations

from hypothesis import strategies as st


def damaged(record: str) -> st.SearchStrategy[str]:
    """`record` with its lines left out, doubled, moved, cut, or replaced by any text."""
    lines = st.sampled_from(record.splitlines())
    cut = st.tuples(lines, st.integers(0, 20)).map(lambda drawn: drawn[0][drawn[1] :])
    line = st.one_of(lines, lines, lines, cut, st.text(max_size=40), st.just(""))
    return st.lists(line, max_size=40).map("\n".join)
