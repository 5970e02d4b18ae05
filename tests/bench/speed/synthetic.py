"""Papers that are made up: as many as one likes, of as many words as abstracts have.

A tenth of a million papers is the beginning of the million: every block of papers has a seed of its
own. Words are numbers, the commonest first: background words by Zipf and Mandelbrot's law, and of
each paper a share of words of its topic. With these constants a paper has some 112 words, 95 to 100
of them distinct, and a million papers 96 million postings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

WORDS = 400_000
BLOCK = 20_000  # papers that are made at once
_SEED = 1
_TOPICS = 2000
_WORDS_OF_TOPIC = 400
_FROM_TOPIC = 0.3
_LENGTH, _SPREAD = 112, 0.4
_SHORTEST, _LONGEST = 10, 800


class Block(NamedTuple):
    """Some papers: of paper d, from `starts[d]` on, its distinct words, ascending, and counts."""

    starts: Array
    words: Array
    counts: Array


def blocks(papers: int) -> Iterator[Block]:
    """So many papers, a block at a time."""
    background = _drawn(1 / (np.arange(WORDS) + 2.7) ** 1.12, 1 << 22)
    of_topic = _drawn(1 / (np.arange(_WORDS_OF_TOPIC) + 5.0) ** 0.9, 1 << 16)
    ranks = np.random.default_rng(_SEED).uniform(
        np.log(300), np.log(WORDS), size=(_TOPICS, _WORDS_OF_TOPIC)
    )
    topics = np.exp(ranks).astype(np.int32)
    for number, first in enumerate(range(0, papers, BLOCK)):
        rng = np.random.default_rng([_SEED, number])
        block = _block(rng, background, of_topic, topics)
        yield _beginning(block, papers - first)


def _drawn(chances: Array, size: int) -> Array:
    """A table that gives each place as often as these chances say, to a place chosen evenly."""
    upto = np.cumsum(chances)
    evenly = (np.arange(size) + 0.5) / size
    return np.searchsorted(upto / upto[-1], evenly).astype(np.int32)


def _block(rng: np.random.Generator, background: Array, of_topic: Array, topics: Array) -> Block:
    drawn = rng.lognormal(np.log(_LENGTH), _SPREAD, BLOCK)
    lengths = np.clip(drawn, _SHORTEST, _LONGEST).astype(np.int64)
    paper = np.repeat(np.arange(BLOCK), lengths)
    words = background[rng.integers(0, len(background), len(paper))]
    topic = rng.integers(0, _TOPICS, BLOCK)
    here = np.flatnonzero(rng.random(len(paper)) < _FROM_TOPIC)
    words[here] = topics[topic[paper[here]], of_topic[rng.integers(0, len(of_topic), len(here))]]
    keys, counts = np.unique(paper << 32 | words, return_counts=True)
    starts = np.searchsorted(keys, np.arange(BLOCK + 1) << 32)
    return Block(starts, (keys & 0xFFFFFFFF).astype(np.int32), counts.astype(np.int32))


def _beginning(block: Block, papers: int) -> Block:
    starts = block.starts[: papers + 1]
    return Block(starts, block.words[: starts[-1]], block.counts[: starts[-1]])
