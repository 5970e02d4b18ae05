"""Golden ranks: what a small corpus of our own answers to a dozen questions, ids and scores.

Whoever changes terms, stop words or ranking on purpose writes them anew, and reads the difference:

    python -m tests.corpus.golden.ranking
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from corpus import demo
from corpus.library import Library

FILE = Path(__file__).with_name("ranks.json")
PAPERS = """
    davidson-1999-evidence solomon-2004-ingredients mead-2001-theory lloyd-evans-2014-meta
    gillard-2013-teams moran-2012-benefits vandewalle-2016-barriers leamy-2011-chime
    corrigan-2004-stigma maslach-2001-burnout wangxiangdong-1999-scales snow-1855-cholera
    doll-1950-smoking marmot-2005-determinants tu-2011-artemisinin guan-2020-covid
    vygotsky-1978-mind black-1998-classroom hattie-2007-feedback yelan-1997-vitality
    sparckjones-1972-specificity robertson-2009-bm25 jarvelin-2002-ndcg zobel-2006-inverted
    vaswani-2017-attention devlin-2019-bert blei-2003-lda zhou-2016-machine
    cohen-1960-kappa braun-2006-thematic
""".split()
QUESTIONS = (
    "peer support workers",
    "What do peer workers need from supervisors and colleagues in mental health teams?",
    "stigma and recovery",
    "COVID-19 patients",
    "how are search results ranked and evaluated",
    "feedback feedback in the classroom",
    "agreement between two raters",
    "BERT pre-training",
    "同伴支持",
    "同伴支持工作者在精神卫生服務中的角色",
    "倒排索引与词项权重",
    "课堂教学中的反馈",
    "机器学习 model",
    "neither walrus nor krill",
)


def library(folder: Path) -> Library:
    """A library of the thirty papers, in their order above."""
    lines = demo.PAPERS.read_text(encoding="utf-8").splitlines()
    records = {json.loads(line)["id"]: line for line in lines}
    file = folder / "thirty.jsonl"
    file.write_text("\n".join(records[id] for id in PAPERS) + "\n", encoding="utf-8")
    made = Library(folder / "library", create=True)
    made.add([file])
    return made


def ranks(of: Library) -> dict[str, list[list[Any]]]:
    """The ten best for each question, and what is near three of the papers, as [id, score]."""
    found = {text: [list(hit) for hit in of.rank(text, 10)] for text in QUESTIONS}
    for id in (PAPERS[0], "yelan-1997-vitality", "robertson-2009-bm25"):
        paper = of.named(id)
        near = of.rank(paper.searchable, 10, without=id)
        found[f"like {id}"] = [list(hit) for hit in near]
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, library(Path(folder)) as of:
        answers = ",\n".join(_lines(text, hits) for text, hits in ranks(of).items())
    FILE.write_text(f"{{\n{answers}\n}}\n", encoding="utf-8")


def _lines(question: str, hits: list[list[Any]]) -> str:
    """JSON with a hit a line, so that a difference reads well."""
    listed = ",\n".join(f"  {json.dumps(hit)}" for hit in hits)
    return f"{json.dumps(question, ensure_ascii=False)}: [\n{listed}\n]"


if __name__ == "__main__":
    main()
