"""Papers in: the rate of an import, beside that of the tokenising alone, and asking meanwhile.

    python -m tests.bench.intake [--json] [--rounds N]

Each figure is of a process of its own, so that no cache is warm that an import would not find
warm, and the two are run in turn. `tokenising` is reading nothing and storing nothing: the terms
of every paper, on one core, jieba's dictionary loaded before. `import` is the command line.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.library import Library
from corpus.paper import Query
from tests.data import DATA

SETS = {"scale": 60_000, "zh": 11_189}
ASKED = 60

_TOKENISING = """
import gzip, json, sys, time
from corpus.text import segment
from corpus.text.terms import terms
texts = []
for line in gzip.open(sys.argv[1], "rt", encoding="utf-8"):
    record = json.loads(line)
    texts.append("\\n".join(filter(None, (record.get("title"), record.get("abstract")))))
segment.load()
began = time.perf_counter()
for text in texts:
    terms(text)
print(time.perf_counter() - began)
"""


def tokenising(file: Path) -> float:
    """Seconds that the terms of every paper take, on one core."""
    command = [sys.executable, "-c", _TOKENISING, str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def importing(file: Path) -> float:
    """Seconds of `similit import` into a new library, from start to end of the process."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "bot", "--library", folder, "import", str(file)],
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - began


def halves(file: Path, folder: Path) -> tuple[Path, Path, list[str]]:
    """`file` cut in two, and abstracts of the first half to ask."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = list(lines)
    middle = len(records) // 2
    out = []
    for name, part in (("first", records[:middle]), ("second", records[middle:])):
        out.append(folder / f"{name}.jsonl")
        out[-1].write_text("".join(part), encoding="utf-8")
    step = middle // ASKED
    asked = [json.loads(line)["abstract"] for line in records[:middle:step]][:ASKED]
    return out[0], out[1], asked


def ask(library: Library, questions: list[str]) -> list[float]:
    """Milliseconds of each question, with the extracts of its first page."""
    return [library.find(Query(text=text, shown=range(5))).milliseconds for text in questions]


def asking(file: Path) -> dict[str, float]:
    """How long questions take alone, and while another process imports."""
    # A process that the import began may still be making columns in it.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        first, second, questions = halves(file, folder)
        with Library(folder / "library", create=True) as library:
            library.add([first])
            library.warm(chinese=False)
            ask(library, questions)
            alone = ask(library, questions)
            papers = library.state().papers
            command = [sys.executable, "-m", "bot", "--library", str(folder / "library"), "import"]
            with subprocess.Popen([*command, str(second)], stdout=subprocess.DEVNULL) as process:
                meanwhile: list[float] = []
                for question in itertools.cycle(questions):
                    if process.poll() is not None:
                        break
                    state = library.state().papers
                    assert state in {papers, 2 * papers}, "half an import was seen"
                    meanwhile += ask(library, [question])
        return {
            "alone_ms": statistics.median(alone),
            "meanwhile_ms": statistics.median(meanwhile),
            "questions": len(meanwhile),
            "slower": statistics.median(meanwhile) / statistics.median(alone),
        }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for name, papers in SETS.items():
        file = DATA / name / "corpus.jsonl.gz"
        pairs = [(tokenising(file), importing(file)) for _ in range(given.rounds)]
        alone, whole = (statistics.median(times) for times in zip(*pairs, strict=True))
        ratio = statistics.median(mine / other for other, mine in pairs)
        found = {
            "set": name,
            "papers": papers,
            "tokenising_s": alone,
            "import_s": whole,
            "papers_per_s": papers / whole,
            "ratio": ratio,
        }
        if given.json:
            print(json.dumps(found))
        else:
            print(
                f"{name:6} {papers:,} papers: tokenising {alone:.1f} s, import {whole:.1f} s "
                f"({papers / whole:,.0f} papers/s): {ratio:.2f} times"
            )
    found = {"set": "asking", **asking(DATA / "scale" / "corpus.jsonl.gz")}
    if given.json:
        print(json.dumps(found))
    else:
        print(
            f"asking: {found['alone_ms']:.1f} ms alone, {found['meanwhile_ms']:.1f} ms during an "
            f"import ({found['questions']} questions): {found['slower']:.2f} times"
        )


if __name__ == "__main__":
    main()
