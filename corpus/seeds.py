"""The papers that a question is to be like, and those that it is not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from corpus import identity
from corpus.paper import Paper
from corpus.store import Store


@dataclass(frozen=True, slots=True)
class Seeds:
    """Papers liked and papers disliked, each once, and what names no paper of the library."""

    liked: tuple[Paper, ...] = ()
    disliked: tuple[Paper, ...] = ()
    missing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.liked or self.disliked)

    @property
    def ids(self) -> list[int]:
        """The numbers of all of them."""
        return [paper.id for paper in (*self.liked, *self.disliked)]

    def led_by(self, paper: Paper) -> Seeds:
        """These, with `paper` liked first of all."""
        others = (one for one in self.liked if one.id != paper.id)
        disliked = tuple(one for one in self.disliked if one.id != paper.id)
        return dataclasses.replace(self, liked=(paper, *others), disliked=disliked)


def gathered(store: Store, liked: Iterable[str], disliked: Iterable[str]) -> Seeds:
    """The papers that these name by number, DOI or PMID; one that is both is liked."""
    missing: list[str] = []

    def named(references: Iterable[str]) -> dict[int, Paper]:
        found: dict[int, Paper] = {}
        for text in references:
            reference = identity.reference(text)
            paper = store.named(reference) if reference else None
            if paper is None:
                missing.append(text)
            else:
                found[paper.id] = paper
        return found

    for_it, against_it = named(liked), named(disliked)
    others = tuple(paper for id, paper in against_it.items() if id not in for_it)
    return Seeds(tuple(for_it.values()), others, tuple(dict.fromkeys(missing)))
