"""The picture of the README: how long whole abstracts take, by the number of papers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.bench.speed.engines import ENGINES, SIMILIT
from tests.bench.speed.measure import Run
from tests.bench.speed.questions import ABSTRACTS

PICTURE = Path(__file__).resolve().parents[3] / "docs" / "speed.png"


def draw(runs: Sequence[Run], path: Path = PICTURE) -> None:
    """Write the picture: synthetic papers as lines, real ones as rings."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 5), dpi=120)
    for name, colour in zip(ENGINES, mpl.colormaps["tab10"].colors, strict=False):
        ours = name == SIMILIT
        for real in (False, True):
            points = sorted(
                (run.papers, found.median_ms)
                for run in runs
                if (run.corpus == "real") == real and (found := run.of(name, ABSTRACTS))
            )
            if points:
                axes.plot(
                    *zip(*points, strict=True),
                    "o" if real else ".-",
                    color=colour,
                    fillstyle="none" if real else "full",
                    linewidth=3 if ours else 1.2,
                    zorder=3 if ours else 2,
                    label=None if real and not ENGINES[name].only_real else name,
                )
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="papers (rings: real ones)",
        ylabel="milliseconds, median",
        title="A whole abstract as the question: the 20 best papers by BM25",
    )
    axes.grid(which="major", alpha=0.3)
    axes.legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)
