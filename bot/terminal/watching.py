"""The commands about watches, and about all that is kept."""

from __future__ import annotations

import time
from typing import Any

from rich.text import Text

from bot.declined import Declined
from bot.digests import Told, about, gather, set_watch, target_of, told
from bot.privacy import erase, kept
from bot.reading_lists import ReadingLists
from bot.schedule import NOW, there, zone_named
from bot.shelf import Shelf
from bot.state import State
from bot.terminal import layout
from bot.terminal.exits import DONE
from bot.terminal.keeping import Keeping, local_reader, opened
from bot.watches import Target, Watch, Watches, WatchMissing
from bot.words import named_table


class Watching(Keeping):
    """What whoever sits here wants to be told of."""

    def watch(self) -> int:
        """Watches."""
        doing = {
            "add": self._watch_add,
            "list": self._watch_list,
            "remove": self._watch_remove,
            "run": self._watch_run,
        }
        with self._shelf() as shelf, opened(shelf) as state:
            return doing[self._arguments.what](shelf, state)

    def privacy(self) -> int:
        """What is kept about whoever sits here, and its end."""
        person = local_reader().person
        with self._shelf() as shelf, opened(shelf) as state:
            if self._arguments.what == "erase":
                erase(state, person)
                self._tell(self._say("privacy-erased"))
                return DONE
            found = kept(state, person)
        if self._arguments.json:
            self._json(found)
        elif not found:
            self._tell(self._say("privacy-none"))
        else:
            for table, rows in found.items():
                self._tell(f"{named_table(table, self._say)} · {len(rows)}")
            self._note(self._say("privacy-note-shell"))
        return DONE

    def _watch_add(self, shelf: Shelf, state: State) -> int:
        given, reader = self._arguments, local_reader()
        library = shelf.library()
        demo = shelf.is_demo(library)
        text = " ".join(given.text).strip()
        if bool(text) == bool(given.list):
            raise Declined("watch-what")
        if given.zone and not zone_named(given.zone):
            raise Declined("watch-zone", name=given.zone)
        if given.list:
            target = Target(list=ReadingLists(state, demo=demo).named(reader, given.list).id)
        else:
            target = target_of(library, text, demo=demo)
        target = target._replace(filters=self._filters())
        watch = set_watch(
            shelf,
            state,
            self._config,
            reader,
            target,
            self._say,
            pace=given.pace,
            zone=zone_named(given.zone or ""),
        )
        said = self._about(shelf, state, watch)
        self._tell(self._say("watch-set", about=said, pace=self._say(f"watch-{watch.pace}")))
        return DONE

    def _about(self, shelf: Shelf, state: State, watch: Watch) -> str:
        library = shelf.library()
        lists = ReadingLists(state, demo=shelf.is_demo(library))
        return about(library, lists, watch, self._say)

    def _watch_list(self, shelf: Shelf, state: State) -> int:
        found = Watches(state).of(local_reader().person)
        if self._arguments.json:
            self._json([self._watch_as_data(shelf, state, *one) for one in enumerate(found, 1)])
            return DONE
        if not found:
            self._tell(self._say("watches-none-shell"))
        for place, watch in enumerate(found, 1):
            often = self._say(f"watch-{watch.pace}")
            if watch.pace != NOW:
                at = there(watch.due, watch.zone)
                often += f" · {self._say('watch-next', at=at, zone=watch.zone)}"
            said = layout.plain(self._about(shelf, state, watch))
            self._out.print(Text.assemble((f"{place}. ", "bold"), said, (f" · {often}", "dim")))
        return DONE

    def _watch_as_data(
        self, shelf: Shelf, state: State, place: int, watch: Watch
    ) -> dict[str, Any]:
        return {
            "number": place,
            "about": self._about(shelf, state, watch),
            "pace": watch.pace,
            "zone": watch.zone,
            "next": None if watch.pace == NOW else watch.due,
        }

    def _watch_remove(self, shelf: Shelf, state: State) -> int:
        watches = Watches(state)
        found = watches.of(local_reader().person)
        if not 1 <= self._arguments.number <= len(found):
            raise WatchMissing
        chosen = found[self._arguments.number - 1]
        said = self._about(shelf, state, chosen)
        watches.end(chosen.id, chosen.person)
        self._tell(self._say("watch-ended", about=said))
        return DONE

    def _watch_run(self, shelf: Shelf, state: State) -> int:
        now, person = int(time.time()), local_reader().person
        library, watches = shelf.library(), Watches(state)
        lists = ReadingLists(state, demo=shelf.is_demo(library))
        gather(shelf, state, self._config, now=now, person=person, early=self._arguments.all)
        news = [
            (digest, told(library, lists, watch, digest))
            for watch, digest in watches.unsent(now, person=person)
        ]
        if self._arguments.json:
            self._json([_digest_as_data(shown) for _, shown in news])
        elif not news:
            self._tell(self._say("watch-nothing-new"))
        else:
            for _, shown in news:
                self._out.print(layout.digest(shown, self._say, self._out.width))
        for digest, _ in news:
            watches.sent(digest, now, self._config.privacy.keep_questions_days)
        return DONE


def _digest_as_data(shown: Told) -> dict[str, Any]:
    return {
        "about": shown.about,
        "papers": [
            {
                "id": hit.paper.id,
                "title": hit.paper.title or None,
                "year": hit.paper.year,
                "doi": hit.paper.doi or None,
                "score": hit.score,
                "extract": hit.extract.text,
            }
            for hit in shown.hits
        ],
    }
