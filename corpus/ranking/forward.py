"""What documents hold, read from the forward index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.ranking.postings import MANY, Postings

Array = NDArray[Any]


def entries(part: Postings, document: int) -> Array:
    """The forward entries of a document: uint32."""
    return part.forward[part.forward_starts[document] : part.forward_starts[document + 1]]


def counts(part: Postings, document: int) -> tuple[Array, Array]:
    """The numbers of a document's terms, ascending, and how often it holds each: int64[n]."""
    held = entries(part, document)
    terms = (held >> np.uint32(8)).astype(np.int64)
    often = (held & np.uint32(MANY)).astype(np.int64)
    for at in np.flatnonzero(often == MANY).tolist():
        term = int(terms[at])
        place = part.starts[term] + np.searchsorted(part.holders(term), document)
        often[at] = part.times(place, place + 1)[0]
    return terms, often


def likelihoods(held: Sequence[tuple[float, Array, Array]]) -> tuple[Array, Array]:
    """The distinct terms of documents, int64[n] ascending, and how likely each is, float64[n].

    Each document has a share of 1, its terms and their counts tf; a term gets tf / (tf + 1) of the
    shares, added up in the order of the documents.
    """
    if not held:
        return np.empty(0, dtype=np.int64), np.empty(0)
    terms, places = np.unique(np.concatenate([of for _, of, _ in held]), return_inverse=True)
    gains = np.concatenate([share * often / (often + 1) for share, _, often in held])
    return terms, np.bincount(places, gains, len(terms))
