"""The exact best of many scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ranking.top import top

SCORED = st.dictionaries(
    st.integers(0, 50), st.sampled_from([-1.0, 0.0, 0.5, 0.5000000001, 2.0, 1e300]), max_size=30
)


@given(SCORED, st.integers(0, 35), st.randoms(use_true_random=False))
def test_the_best_are_those_a_full_sort_puts_first(scored, count, random) -> None:
    candidates = list(scored)
    random.shuffle(candidates)
    ids, scores = top(
        np.array(candidates, dtype=np.int64), np.array([scored[one] for one in candidates]), count
    )
    expected = sorted(scored, key=lambda one: (-scored[one], one))[:count]
    assert ids.tolist() == expected
    assert scores.tolist() == [scored[one] for one in expected]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_lower_number_comes_first_also_at_the_last_place(count: int) -> None:
    ids, _ = top(np.array([9, 3, 7, 5]), np.array([1.0, 1.0, 2.0, 1.0]), count)
    assert ids.tolist() == [7, 3, 5][:count]


@pytest.mark.parametrize("count", [0, -1])
def test_none_are_asked_for(count: int) -> None:
    ids, scores = top(np.array([1, 2]), np.array([1.0, 2.0]), count)
    assert len(ids) == len(scores) == 0
