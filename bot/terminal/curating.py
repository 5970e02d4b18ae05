"""The commands of whoever looks after a library: papers in, papers out, and safe."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from bot import backup
from bot.answer import ask
from bot.sources import access
from bot.terminal import data, layout
from bot.terminal.desk import Desk, aside, must_be_file, put_in_place, read_text
from bot.terminal.exits import DONE, NOTHING, UNAVAILABLE, USAGE, Refused
from corpus.errors import SourceUnavailable, UnreadableFile
from corpus.library import Fetched, ImportReport, Library, Progress

_T = TypeVar("_T")

_REMARKS_SHOWN = 20
_FETCHED = 1000  # papers of a query, unless somebody says how many


class Curating(Desk):
    """What changes the library, and what hands its papers on."""

    @property
    def _folder(self) -> Path:
        """Where the host's own library is, or is to be."""
        named: Path | None = self._arguments.library
        return named or self._config.library_path()[0]

    def import_(self) -> int:
        """Papers in."""
        given = self._arguments
        if bool(given.files) == given.undo:
            raise Refused(self._say("import-no-files"), USAGE)
        if given.undo:
            return self._undo()
        for file in given.files:
            must_be_file(file)
        report = self._fill(self._import, dry_run=given.dry_run)
        if given.json:
            self._json(data.report(report))
        else:
            self._report(report)
        return DONE if report.kept else NOTHING

    def _fill(self, work: Callable[[Library], _T], *, dry_run: bool = False) -> _T:
        """What `work` does with the library, which is made only where it puts something in."""
        folder = self._folder
        if passing := aside(folder, dry_run=dry_run):
            with passing as name:
                with Library(Path(name), create=True) as library:
                    before = library.state()
                    done = work(library)
                    kept = library.state() != before
                if not kept or put_in_place(Path(name), folder):
                    return done
        with Library(folder, create=True) as library:
            return work(library)

    def _import(self, library: Library) -> ImportReport:
        given = self._arguments
        how = {
            "format": given.format or "",
            "encoding": given.encoding or "",
            "dry_run": given.dry_run,
        }
        with self._progress() as progress:
            return library.add(given.files, progress, **how)

    @contextmanager
    def _progress(self) -> Iterator[Progress]:
        """What shows how far an import is, where somebody looks."""
        if not self._err.is_terminal:
            yield lambda *_: None
            return
        from bot.terminal.progress import ImportProgress

        with ImportProgress(self._err, self._say) as progress:
            yield progress

    def fetch(self) -> int:
        """Papers in from a service on the network."""
        given = self._arguments
        reached = access(self._config, given.source)
        ids = read_text(given.ids).splitlines() if given.ids else ()

        def fetched(library: Library) -> Fetched:
            library.folder = self._folder  # pages are kept where they are looked for the next time
            with self._progress() as progress:
                return library.fetch(
                    given.source,
                    " ".join(given.query),
                    ids=ids,
                    since=given.since,
                    most=given.max or (None if given.ids else _FETCHED),
                    access=reached,
                    progress=progress,
                )

        try:
            report, missing, total = self._fill(fetched)
        except SourceUnavailable as error:
            raise Refused(f"{error}. {self._say('fetch-goes-on')}", UNAVAILABLE) from error
        except KeyboardInterrupt:
            self._note(self._say("fetch-goes-on"))
            raise
        if given.json:
            self._json({**data.report(report), "not_found": missing, "total": total})
        else:
            if total and not given.max and total > report.read:
                self._note(self._say("fetch-more", got=report.read, total=total))
            if missing:
                self._note(self._say("fetch-missing", ids=", ".join(missing)))
            self._report(report)
        return DONE if report.read else NOTHING

    def _report(self, report: ImportReport) -> None:
        say, tell = self._say, self._tell
        for file, encoding in report.encodings.items():
            tell(say("import-encoding", file=str(file), encoding=encoding))
        for reason in report.failed.values():
            self._note(say("import-failed", reason=data.reason(reason, say)), "red")
        for name, remarks in (("import-merged", report.merged), ("import-skipped", report.skipped)):
            for one in remarks[:_REMARKS_SHOWN]:
                tell(
                    say(
                        name,
                        file=str(one.file),
                        record=str(one.record),
                        line=str(one.line),
                        reason=data.reason(one.reason, say),
                    )
                )
            if len(remarks) > _REMARKS_SHOWN:
                tell(say("import-more", count=len(remarks) - _REMARKS_SHOWN))
        if getattr(self._arguments, "dry_run", False):
            tell(say("import-dry-run"))
        tell(
            say(
                "import-done",
                added=report.added,
                merged=len(report.merged),
                known=report.known,
                skipped=len(report.skipped),
                papers=report.papers,
            )
        )
        if report.without_abstract:
            tell(say("import-no-abstract", count=report.without_abstract))

    def _undo(self) -> int:
        with Library(self._folder) as library:
            undone = library.undo()
            papers = library.state().papers
        if self._arguments.json:
            self._json(data.undone(undone, papers))
        elif undone is None:
            self._tell(self._say("undo-nothing"))
        else:
            self._tell(
                self._say(
                    "undo-done",
                    at=undone.at,
                    sources=", ".join(undone.sources),
                    removed=undone.removed,
                    restored=undone.restored,
                    papers=papers,
                )
            )
        return DONE if undone else NOTHING

    def remove(self) -> int:
        """One paper out of the library."""
        with Library(self._folder) as library:
            paper = library.remove(library.named(" ".join(self._arguments.paper)).id)
        if self._arguments.json:
            self._json(data.paper(paper))
        else:
            title = paper.title or paper.abstract[:80]
            self._tell(self._say("removed", number=str(paper.id), title=title))
        return DONE

    def export(self) -> int:
        """What was found, or the whole library, in a form that other tools read."""
        given = self._arguments
        if given.all and (given.text or given.file is not None):
            raise Refused(self._say("export-all-alone"), USAGE)
        if given.all and given.top:
            raise Refused(self._say("export-all-top"), USAGE)
        format = given.format or format_of(given.output)
        with self._shelf() as shelf:
            library = shelf.library()
            if given.all:
                # A reader who has seen enough, as `head`, must not leave it open behind us.
                with closing(library.every(self._filters())) as papers:
                    self._hand_out(library.export(papers, format))
            else:
                hits = ask(library, self._asked(), 1).results.hits
                if not hits:
                    self._note(self._say("nothing"))
                    return NOTHING
                self._hand_out(library.export([hit.paper for hit in hits], format))
            if shelf.is_demo(library):
                self._note(self._say("demo-note", papers=library.state().papers))
        return DONE

    def _hand_out(self, text: Iterable[str]) -> None:
        if self._arguments.output is not None:
            _write(self._arguments.output, text)
        else:
            sys.stdout.writelines(map(layout.plain, text) if sys.stdout.isatty() else text)

    def backup(self) -> int:
        """A consistent copy of papers and conversations."""
        with Library(self._folder) as library:
            try:
                backup.make(library, self._arguments.file)
            except UnreadableFile as error:
                raise Refused(f"{error}.", USAGE) from error
        self._tell(self._say("backup-done", file=str(self._arguments.file)))
        return DONE

    def restore(self) -> int:
        """The papers and conversations of a copy."""
        file: Path = self._arguments.file
        must_be_file(file)

        def put_back(library: Library) -> int:
            backup.restore(library, file)
            return library.state().papers

        self._tell(self._say("restore-done", file=str(file), papers=self._fill(put_back)))
        return DONE


def format_of(output: Path | None) -> str:
    """The format that a file's name asks for."""
    endings = {".bib": "bibtex", ".json": "csl-json", ".csv": "csv", ".jsonl": "jsonl"}
    return endings.get(output.suffix.lower() if output else "", "ris")


def _write(path: Path, text: Iterable[str]) -> None:
    """The text into the file, which is replaced only by a whole one."""
    # Nothing may take the place of a pipe or a device.
    replaced = path.is_file() or not path.exists()
    written = path.with_name(f".similit-{secrets.token_hex(4)}") if replaced else path
    try:
        try:
            with written.open("w", encoding="utf-8", newline="") as file:
                file.writelines(text)
            if replaced:
                written.replace(path)
        except BaseException:
            if replaced:
                written.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.", USAGE) from error
