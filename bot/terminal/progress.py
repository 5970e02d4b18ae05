"""The progress bar of an import."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from bot.messages import Messages

_SHOWN_EVERY = 50  # records: moving the bar takes a tenth as long as storing one


class ImportProgress:
    """Shows how far an import is while it runs; called as `corpus.library.Progress`."""

    def __init__(self, console: Console, say: Messages) -> None:
        self._say = say
        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
        )
        self._tasks: dict[tuple[str, Path | None], TaskID] = {}
        self._done: dict[TaskID, int] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for task, done in self._done.items():
            self._bars.update(task, completed=done)
        self._bars.stop()

    def __call__(self, doing: str, file: Path | None, done: int) -> None:
        task = self._tasks.get((doing, file))
        if task is None:
            says = self._say(f"import-{doing}", file=file.name if file else "")
            task = self._tasks[doing, file] = self._bars.add_task(says, total=None)
        self._done[task] = done
        if done % _SHOWN_EVERY == 0:
            self._bars.update(task, completed=done)
