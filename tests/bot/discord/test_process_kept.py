"""What people keep outlives the process: what one life of it changed, the next finds and undoes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus.library import Library
from corpus.paper import Paper
from corpus.readers import Record
from tests.bot.discord.program import Similit, button, prompt, shown, walk
from tests.bot.making import ris
from tests.loopback import Exchange, LoopbackDiscord

PEERS = "peer support workers"
NEW = ris({"TI": "Peer support workers of Tartu", "AB": "Peer support workers were asked."})


def menu(message: dict[str, Any]) -> dict[str, Any]:
    """The first menu of a message."""
    return next(one for one in walk(message["components"]) if one["type"] == 3)


def told(message: dict[str, Any]) -> str:
    """What a message says, without what is escaped in it."""
    return shown(message).replace("\\", "")


class Person:
    """Somebody who uses the program; each verb gives the message that came of it."""

    def __init__(self, server: LoopbackDiscord) -> None:
        self.server = server

    async def slash(self, name: str, **options: Any) -> dict[str, Any]:
        return prompt(await self.server.slash(name, options))

    async def press(self, message: dict[str, Any], label: str) -> dict[str, Any]:
        return prompt(await self.server.press(message, button(message, label)))

    async def choose(self, message: dict[str, Any], *values: str) -> Exchange:
        return await self.server.select(message, menu(message)["custom_id"], values)

    async def fill(self, opened: Exchange, **values: str) -> dict[str, Any]:
        return prompt(await self.server.submit_modal(opened, values))

    async def form(self, message: dict[str, Any], label: str, **values: str) -> dict[str, Any]:
        opened = await self.server.press(message, button(message, label))
        return await self.fill(opened, **values)

    async def card(self, paper: str) -> dict[str, Any]:
        """What is kept of a paper, by the button under it."""
        return await self.press(await self.slash("paper", paper=paper), "Save")


async def test_whose_papers_answer_directly_outlives_the_process(
    similit: Similit, server: LoopbackDiscord, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    with Library(own, create=True) as library:
        lichens = Paper(title="Lichens of walls", abstract="Lichens grow on old walls.")
        library.take("lichens", [Record(lichens, 1, 1)])
    similit.libraries[server.new_guild("Botany")["id"]] = own
    async with similit.running():
        (asked,) = (await server.direct_message("lichens of walls")).messages
        assert "You are in several servers" in told(asked)
        chosen = prompt(await server.press(asked, button(asked, "Botany")))
        assert "the papers of Botany answer here" in told(chosen)
    async with similit.running():
        found = prompt(await server.slash("similar", {"text": "old lichens"}, dm=True))
        assert "Lichens of walls" in told(found)
        again = prompt(await server.slash("library", dm=True))
        await server.press(again, button(again, server.guild["name"]))
        found = prompt(await server.slash("similar", {"text": "old lichens"}, dm=True))
        assert "Nothing similar" in told(found)


async def test_reading_lists_outlive_the_process(similit: Similit, server: LoopbackDiscord) -> None:
    person = Person(server)
    async with similit.running():
        card = await person.card("#4")
        assert "Saved in: Reading list" in told(card)
        assert "✓\u00a0read" in told(await person.press(card, "Mark as read"))
        await person.form(card, "Note…", note="Compare with ours", tags="trial")
        await person.fill(await person.choose(card, "new"), name="Thesis")
        await person.slash("list save", paper="#5", list="Club")
        await person.slash("list share", list="Club")
        overview = await person.slash("list show")
        await person.press(overview, "Leave saved papers out of my results")
        ids = {one["label"]: one["value"] for one in menu(card)["options"]}
    async with similit.running():
        kept = told(await person.slash("list show", list="Reading list"))
        assert "✓\u00a0read" in kept
        assert "-# trial\n> Compare with ours" in kept
        assert "1 paper\u00a0· only you see it" in told(
            await person.slash("list show", list="Thesis")
        )
        club = await person.slash("list show", list="Club", private=False)
        assert "shared in this channel" in told(club)
        found = menu(await person.slash("similar", text=PEERS, private=True))
        assert not {"4", "5"} & {one["value"] for one in found["options"]}
        # And back, each by what stands in a message of the life before.
        await person.choose(card, ids["Reading list"])
        await person.slash("list remove", list="Club", paper="#5")
        await person.press(overview, "Show saved papers in my results")
        sure = await person.press(
            await person.slash("list show", list="Reading list"), "Delete list"
        )
        await person.press(sure, "Delete it")
    async with similit.running():
        overview = told(await person.slash("list show"))
        assert "**Reading list**" not in overview
        assert "**Thesis**\u00a0· 0 papers" in overview
        assert "**Club**\u00a0· 0 papers" in overview
        found = menu(await person.slash("similar", text=PEERS, private=True))
        assert {"4", "5"} <= {one["value"] for one in found["options"]}


async def test_papers_and_watches_outlive_the_process(
    similit: Similit, server: LoopbackDiscord
) -> None:
    person = Person(server)
    async with similit.running():
        opened = await person.slash("paper", paper="#4")
        await person.press(opened, "Watch")
        await person.slash("list save", paper="#5", list="Club")
        await person.press(await person.slash("list show", list="Club"), "Watch")
        watch = await person.slash("watch add", text=PEERS, when="now", here=True)
        waiting = await person.slash("add", file=("new.ris", NEW))
        dropped = await person.slash("add", file=("other.ris", NEW.replace(b"Tartu", b"Narva")))
        assert "This would be added" in told(waiting)
    async with similit.running():
        assert told(await person.slash("watch show")).count("\n**") == 3
        assert told(await person.press(dropped, "Do not keep")) == "Nothing was kept."
        added = await person.press(waiting, "Keep")
        assert "The library has 31 papers." in told(added)
    async with similit.running():
        # It looks for news as soon as it is there.
        await server.until(lambda: bool(digests(server)), "digest")
        (digest,) = digests(server)
        assert "Peer support workers of Tartu" in told(digest)
        await person.press(digest, "End this watch")
        assert "Taken back: 1 removed" in told(await person.press(added, "Take it back"))
        watches = await person.slash("watch show")
        assert told(watches).count("\n**") == 2
        await person.choose(watches, menu(watches)["options"][0]["value"])
    async with similit.running():
        assert told(await person.slash("watch show")).count("\n**") == 1
        assert "Nothing similar found." in told(await person.slash("similar", text="Tartu"))
        erasing = await person.press(await person.slash("privacy"), "Erase all of it")
        await person.press(erasing, "Erase it for good")
    async with similit.running():
        assert told(await person.slash("privacy")) == "Nothing is kept about you."
        assert len(digests(server)) == 1
    assert watch["id"] in server.messages


def digests(server: LoopbackDiscord) -> list[dict[str, Any]]:
    """The digests in the channel."""
    said = (one for one in server.messages.values() if one["channel_id"] == server.channel["id"])
    return [one for one in said if shown(one).startswith("## New papers")]
