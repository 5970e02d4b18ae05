"""The collections: which papers, which questions, and which papers answer which question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from tests.data import DATA

Judgements = dict[str, dict[str, int]]
"""The grade of each judged paper of each question; above 0 is relevant."""

HERE = Path(__file__).parent
NDCG, MRR = "ndcg@10", "mrr@10"


class Collection(NamedTuple):
    """Questions to the papers of one folder of the data.

    `judged` is a `qrels.tsv`, or JSON lines of questions of which each names its one `paper`.
    `main` is the measure to look at first: that of known items is where they stand.
    """

    name: str
    about: str
    corpus: str
    queries: Path
    judged: Path
    main: str

    @property
    def papers(self) -> Path:
        """The file of the papers."""
        return _packed_or_not(DATA / self.corpus / "corpus.jsonl")

    @property
    def absent(self) -> list[Path]:
        """Those of its files that are not there."""
        return [path for path in (self.papers, self.queries, self.judged) if not path.is_file()]

    def judgements(self) -> Judgements:
        """What is relevant to what, of every question with a judgement."""
        found: Judgements = {}
        for line in self.judged.read_text("utf-8").splitlines():
            if self.judged.suffix == ".jsonl":
                question = json.loads(line)
                query, paper, grade = question["id"], question["paper"], 1
            else:
                query, paper, grade = line.split("\t")
            found.setdefault(query, {})[paper] = int(grade)
        return found


def _packed_or_not(path: Path) -> Path:
    packed = path.with_name(f"{path.name}.gz")
    return packed if packed.is_file() else path


def _of_data(
    folder: str,
    about: str,
    main: str = NDCG,
    *,
    name: str = "",
    corpus: str = "",
    queries: str = "queries.jsonl",
) -> Collection:
    return Collection(
        name=name or folder,
        about=about,
        corpus=corpus or folder,
        queries=_packed_or_not(DATA / folder / queries),
        judged=DATA / folder / "qrels.tsv",
        main=main,
    )


_ENGLISH_CHINESE = HERE / "english_chinese.jsonl"

COLLECTIONS = (
    _of_data("cranfield", "questions, aeronautics"),
    _of_data("med", "questions, medicine"),
    _of_data("cacm", "questions, computing"),
    _of_data("nfcorpus_dev", "lay questions, PubMed"),
    _of_data("cohen_similar", "whole abstracts, systematic reviews"),
    _of_data("zh", "Chinese titles, their abstracts", MRR),
    _of_data("zh_similar", "whole Chinese papers", corpus="zh"),
    _of_data("clir_dev", "Chinese summaries, English abstracts", MRR),
    _of_data(
        "clir_dev",
        "the same without Latin letters and digits",
        MRR,
        name="clir_dev_han_only",
        queries="queries_han_only.jsonl",
    ),
    Collection(
        name="english_chinese",
        about="English questions, Chinese abstracts",
        corpus="zh",
        queries=_ENGLISH_CHINESE,
        judged=_ENGLISH_CHINESE,
        main=MRR,
    ),
)
