"""The stand-in for Discord, tried with unmodified discord.py clients."""

import asyncio
import io
import re
import sys
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import yarl

from . import Exchange, LoopbackDiscord

with warnings.catch_warnings():
    # discord.py imports audioop, which Python 3.11 and 3.12 announce to remove.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    from discord import app_commands, ui


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(timeout=20) as running:
        yield running
        assert running.unhandled == []


@pytest.fixture
def to_loopback(server: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients made in this process talk to the server."""
    monkeypatch.setattr(discord.http.Route, "BASE", server.api_base)
    gateway = yarl.URL(server.gateway_url)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)


class Counter(ui.DynamicItem[ui.Button[Any]], template=r"count:(?P<n>\d+)"):
    """A button that survives restarts; a press edits the message with the next number."""

    def __init__(self, n: int) -> None:
        super().__init__(ui.Button(label=str(n), custom_id=f"count:{n}"))
        self.n = n

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str]
    ) -> "Counter":
        return cls(int(match["n"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(view=counter_page(self.n + 1))


def counter_page(n: int) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    container: ui.Container[Any] = ui.Container(ui.TextDisplay(f"count is {n}"))
    container.add_item(ui.ActionRow(Counter(n)))
    view.add_item(container)
    return view


class Form(ui.Modal, title="Form"):
    text: ui.Label[Any] = ui.Label(text="Text", component=ui.TextInput(custom_id="text"))
    kind: ui.Label[Any] = ui.Label(
        text="Kind",
        component=ui.Select(custom_id="kind", options=[discord.SelectOption(label="book")]),
    )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        assert isinstance(self.text.component, ui.TextInput)
        assert isinstance(self.kind.component, ui.Select)
        content = f"{self.text.component.value} as {self.kind.component.values}"
        await interaction.response.send_message(content)


class Panel(ui.View):
    """Components of the first generation, known to the client only while it lives."""

    @ui.button(label="whisper", custom_id="whisper")
    async def whisper(self, interaction: discord.Interaction[Any], _: ui.Button[Any]) -> None:
        await interaction.response.send_message("psst", ephemeral=True)

    @ui.button(label="slow", custom_id="slow")
    async def slow(self, interaction: discord.Interaction[Any], _: ui.Button[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="edited late")

    @ui.button(label="form", custom_id="form")
    async def form(self, interaction: discord.Interaction[Any], _: ui.Button[Any]) -> None:
        await interaction.response.send_modal(Form())

    @ui.button(label="own edit", custom_id="own-edit")
    async def own_edit(self, interaction: discord.Interaction[Any], _: ui.Button[Any]) -> None:
        await interaction.response.defer()
        assert interaction.message is not None
        await interaction.message.edit(content="edited by the bot", view=None)

    @ui.select(
        custom_id="pick", options=[discord.SelectOption(label=x, value=x) for x in ("a", "b")]
    )
    async def pick(self, interaction: discord.Interaction[Any], select: ui.Select[Any]) -> None:
        await interaction.response.send_message(f"picked {select.values[0]}")


class Toy(discord.Client):
    """A bot with one command for each thing a test wants to see."""

    def __init__(self, **options: Any) -> None:
        intents = options.pop("intents", discord.Intents(guilds=True, messages=True))
        super().__init__(intents=intents, **options)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.failures: list[discord.HTTPException] = []
        self.interactions: list[discord.Interaction[Any]] = []
        self.resumed = 0
        add_commands(self, self.tree)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Counter)
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Skip the five seconds that the default waits before a second IDENTIFY."""

    async def on_resumed(self) -> None:
        self.resumed += 1

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        self.interactions.append(interaction)

    async def on_message(self, message: discord.Message) -> None:
        if message.author == self.user:
            return
        self.heard.append(message)
        if message.attachments:
            text = (await message.attachments[0].read()).decode()
            await message.channel.send(f"{len(text)} characters: {text}")
        elif message.content:
            async with message.channel.typing():
                await message.reply(f"heard {message.content}")


def add_commands(toy: Toy, tree: app_commands.CommandTree) -> None:
    group = app_commands.Group(name="group", description="-")

    @tree.command(description="-")
    async def count(interaction: discord.Interaction[Any], start: int, note: str = "") -> None:
        await interaction.response.defer()
        await interaction.followup.send(view=counter_page(start))

    @tree.command(description="-")
    async def panel(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(f"for {interaction.locale}", view=Panel())

    @tree.command(description="-")
    async def secret(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="first")
        more = await interaction.followup.send("second", wait=True)
        await more.edit(content="second, edited")
        await interaction.followup.send("third", ephemeral=True, file=text_file("notes"))

    @tree.command(description="-")
    async def shown(interaction: discord.Interaction[Any]) -> None:
        embed = discord.Embed(title="t").set_image(url="attachment://list.txt")
        answer = await interaction.response.send_message(embed=embed, file=text_file("a\nb"))
        fetched = await interaction.original_response()
        assert isinstance(answer.resource, discord.InteractionMessage)
        assert fetched.id == answer.message_id == answer.resource.id
        assert await fetched.attachments[0].read() == b"a\nb"
        await fetched.delete()
        await interaction.followup.send("gone")

    @tree.command(description="-")
    async def twice(interaction: discord.Interaction[Any]) -> None:
        adapter = discord.webhook.async_.async_context.get()
        params = discord.webhook.async_.interaction_response_params(5)
        try:
            await interaction.edit_original_response(content="too early")
        except discord.NotFound as error:
            toy.failures.append(error)
        await interaction.response.defer()
        for token in (interaction.token, "made up"):
            try:
                await adapter.create_interaction_response(
                    interaction.id, token, session=interaction._session, params=params
                )
            except discord.HTTPException as error:
                toy.failures.append(error)
        await interaction.followup.send("done")

    @group.command(description="-")
    async def who(
        interaction: discord.Interaction[Any], person: discord.User, file: discord.Attachment
    ) -> None:
        await interaction.response.send_message(f"{person.name} {(await file.read()).decode()}")

    @group.command(description="-")
    async def search(interaction: discord.Interaction[Any], query: str, lang: str) -> None:
        await interaction.response.send_message(f"{query} in {lang}")

    @search.autocomplete("lang")
    async def languages(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        found = [x for x in ("English", "Esperanto", "日本語") if x.startswith(current)]
        return [app_commands.Choice(name=x, value=x) for x in found]

    @tree.command(description="-")
    @app_commands.guild_only()
    async def here(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("here")

    @tree.context_menu(name="Repeat")
    async def repeat(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await interaction.response.send_message(f"{message.author.name}: {message.content}")

    tree.add_command(group)


def text_file(content: str) -> discord.File:
    return discord.File(io.BytesIO(content.encode()), "list.txt")


@asynccontextmanager
async def running(server: LoopbackDiscord, **options: Any) -> AsyncIterator[Toy]:
    toy = Toy(**{"guild_ready_timeout": 0.0} | options)
    life = asyncio.create_task(toy.start(server.token))
    ready = asyncio.create_task(server.wait_ready(synced=True))
    try:
        # A client that fails to start is to say so itself, and not by our waiting in vain.
        await asyncio.wait((life, ready), return_when=asyncio.FIRST_COMPLETED)
        if life.done():
            ready.cancel()
            await life
        await ready
        yield toy
    finally:
        await toy.close()
        await asyncio.gather(life, ready, return_exceptions=True)
    await server.wait_disconnected()


@pytest.fixture
async def toy(server: LoopbackDiscord, to_loopback: None) -> AsyncIterator[Toy]:
    async with running(server) as client:
        yield client


def texts(exchange: Exchange) -> list[str]:
    return [message["content"] for message in exchange.messages]


async def test_login_ready_guilds_and_sync(server: LoopbackDiscord, toy: Toy) -> None:
    await server.until(lambda: bool(toy.guilds and toy.guilds[0].text_channels))
    guild = toy.guilds[0]
    assert toy.user is not None
    assert str(toy.user.id) == server.bot["id"]
    assert [channel.name for channel in guild.text_channels] == ["general", "random"]
    assert guild.me.id == toy.user.id
    assert server.command_syncs == 1
    assert {"count", "panel", "Repeat", "group"} <= {c["name"] for c in server.commands}
    assert server.intents == toy.intents.value
    assert server.gateway.queries == [{"v": "10", "encoding": "json", "compress": "zlib-stream"}]


async def test_commands_keep_their_ids(server: LoopbackDiscord, toy: Toy) -> None:
    before = {command["name"]: command["id"] for command in server.commands}
    toy.tree.remove_command("panel")
    synced = await toy.tree.sync()
    assert {c.name: str(c.id) for c in synced} == {n: i for n, i in before.items() if n != "panel"}
    assert server.command_syncs == 2
    assert {c.name for c in await toy.tree.fetch_commands()} == {c.name for c in synced}
    guild = discord.Object(int(server.guild["id"]))
    toy.tree.copy_global_to(guild=guild)
    assert len(await toy.tree.sync(guild=guild)) == len(synced)
    assert (await server.slash("count", {"start": 1})).messages


async def test_deferred_slash_then_layout(server: LoopbackDiscord, toy: Toy) -> None:
    exchange = await server.slash("count", {"start": 3}, locale="ja")
    assert (exchange.ack_type, exchange.deferred, exchange.ephemeral) == (5, True, False)
    assert exchange.ack_ms is not None
    assert exchange.ack_ms > 0
    (message,) = exchange.messages
    assert message["flags"] == 1 << 15
    assert message["author"]["id"] == server.bot["id"]
    container = message["components"][0]
    assert container["components"][0]["content"] == "count is 3"
    row = container["components"][1]
    assert [container["id"], container["components"][0]["id"], row["id"]] == [1, 2, 3]
    assert [(s.method, s.path.split("/")[1]) for s in server.sent] == [
        ("POST", "interactions"),
        ("POST", "webhooks"),
    ]
    assert "id" not in server.sent[1].payload["components"][0]
    seen = toy.interactions[0]
    assert seen.guild is not None
    assert (seen.locale, seen.context.guild) == (discord.Locale.japanese, True)
    assert seen.permissions.send_messages
    assert not seen.is_expired()
    assert seen.filesize_limit == 10 * 1024 * 1024


async def test_dynamic_button_edits_its_message(server: LoopbackDiscord, toy: Toy) -> None:
    shown = await server.slash("count", {"start": 3})
    pressed = await server.press(shown.messages[0], "count:3")
    assert pressed.ack_type == 7
    assert pressed.messages == shown.messages
    again = await server.press(shown.messages[0], "count:4", user=server.new_user("bob"))
    assert "count is 5" in str(again.messages)
    with pytest.raises(LookupError, match="known: count:5"):
        await server.press(shown.messages[0], "count:3")


async def test_button_answers_ephemerally(server: LoopbackDiscord, toy: Toy) -> None:
    panel = await server.slash("panel")
    assert (panel.ack_type, panel.deferred, texts(panel)) == (4, False, ["for en-US"])
    answer = await server.press(panel.messages[0], "whisper")
    assert (answer.ack_type, answer.ephemeral, texts(answer)) == (4, True, ["psst"])
    assert texts(panel) == ["for en-US"]


@pytest.mark.parametrize(
    ("custom_id", "text"), [("slow", "edited late"), ("own-edit", "edited by the bot")]
)
async def test_deferred_update(
    server: LoopbackDiscord, toy: Toy, custom_id: str, text: str
) -> None:
    panel = await server.slash("panel")
    slow = await server.press(panel.messages[0], custom_id)
    assert (slow.ack_type, slow.deferred, texts(slow)) == (6, True, [text])
    assert slow.messages[0] is panel.messages[0]


async def test_select(server: LoopbackDiscord, toy: Toy) -> None:
    panel = await server.slash("panel")
    assert texts(await server.select(panel.messages[0], "pick", ["b"])) == ["picked b"]
    with pytest.raises(LookupError, match="does not offer"):
        await server.select(panel.messages[0], "pick", ["c"])


async def test_modal(server: LoopbackDiscord, toy: Toy) -> None:
    panel = await server.slash("panel")
    opened = await server.press(panel.messages[0], "form")
    assert opened.ack_type == 9
    assert opened.modal is not None
    assert opened.modal["title"] == "Form"
    done = await server.submit_modal(opened, {"text": "七", "kind": ["book"]})
    assert texts(done) == ["七 as ['book']"]
    with pytest.raises(LookupError, match="the modal has no other"):
        await server.submit_modal(opened, {"other": ""})


async def test_autocomplete_and_subcommand(server: LoopbackDiscord, toy: Toy) -> None:
    exchange = await server.autocomplete("group search", "lang", "E", {"query": "q"}, dm=True)
    assert exchange.choices is not None
    assert [choice["value"] for choice in exchange.choices] == ["English", "Esperanto"]
    assert (exchange.ack_type, exchange.messages) == (8, [])
    chosen = await server.slash("group search", {"query": "q", "lang": "日本語"})
    assert texts(chosen) == ["q in 日本語"]


async def test_user_and_attachment_options(server: LoopbackDiscord, toy: Toy) -> None:
    bob = server.new_user("bob")
    options = {"person": bob, "file": ("x.txt", b"content")}
    assert texts(await server.slash("group who", options)) == ["bob content"]
    assert texts(await server.slash("group who", options, dm=True)) == ["bob content"]


async def test_message_command(server: LoopbackDiscord, toy: Toy) -> None:
    for dm in (False, True):
        exchange = await server.message_command("Repeat", "original text", dm=dm)
        assert texts(exchange) == ["ada: original text"]


async def test_dm_slash_and_press(server: LoopbackDiscord, toy: Toy) -> None:
    bob = server.new_user("bob")
    shown = await server.slash("count", {"start": 1}, user=bob, dm=True)
    assert "count is 2" in str((await server.press(shown.messages[0], "count:1")).messages)
    seen = toy.interactions[0]
    assert (seen.guild_id, seen.user.name, seen.context.dm_channel) == (None, "bob", True)
    assert isinstance(seen.channel, discord.DMChannel)


async def test_ephemeral_deferral_and_followups(server: LoopbackDiscord, toy: Toy) -> None:
    exchange = await server.slash("secret")
    assert (exchange.deferred, exchange.ephemeral) == (True, True)
    await server.until(lambda: len(exchange.messages) == 3)
    assert texts(exchange) == ["first", "second, edited", "third"]
    assert [m["flags"] & 64 for m in exchange.messages] == [64, 0, 64]
    assert server.attachment_bytes(exchange.messages[2]["attachments"][0]) == b"notes"
    assert server.sent[-1].payload["content"] == "third"
    channel = toy.get_partial_messageable(int(exchange.channel_id))
    with pytest.raises(discord.NotFound) as hidden:
        await channel.fetch_message(int(exchange.messages[0]["id"]))
    assert hidden.value.code == 10008


async def test_multipart_response_is_fetched_and_deleted(server: LoopbackDiscord, toy: Toy) -> None:
    exchange = await server.slash("shown")
    (embed,) = exchange.messages[0]["embeds"]
    assert embed["image"]["url"] == exchange.messages[0]["attachments"][0]["url"]
    await server.until(lambda: texts(exchange) == ["gone"])


async def test_refusals(server: LoopbackDiscord, toy: Toy) -> None:
    exchange = await server.slash("twice")
    assert [(e.status, e.code) for e in toy.failures] == [(404, 10015), (400, 40060), (404, 10062)]
    assert (exchange.ack_type, texts(exchange)) == (5, ["done"])


async def test_commands_that_nobody_could_use(server: LoopbackDiscord, toy: Toy) -> None:
    with pytest.raises(LookupError, match="known: count, "):
        await server.slash("counter")
    with pytest.raises(LookupError, match="no command 'here' of type 1 in context 1"):
        await server.slash("here", dm=True)
    assert texts(await server.slash("here")) == ["here"]
    with pytest.raises(ValueError, match="count needs start"):
        await server.slash("count")
    with pytest.raises(LookupError, match="no option 'stop'; known: start, note"):
        await server.slash("count", {"start": 1, "stop": 2})


async def test_direct_message(server: LoopbackDiscord, toy: Toy) -> None:
    answer = await server.direct_message("hello")
    assert texts(answer) == ["heard hello"]
    assert (answer.acknowledged, answer.messages[0]["type"]) == (False, 19)
    assert server.typing == [answer.channel_id]
    read = await server.direct_message("", [("message.txt", "七人の侍".encode())])
    assert texts(read) == ["4 characters: 七人の侍"]
    assert answer.channel_id == read.channel_id


async def test_guild_messages_are_empty_unless_the_bot_is_mentioned(
    server: LoopbackDiscord, toy: Toy
) -> None:
    unseen = await server.channel_message("private talk", [("talk.txt", b"more of it")])
    answer = await server.mention(server.guild["channels"][1], "you there?")
    assert texts(answer) == [f"heard <@{server.bot['id']}> you there?"]
    assert [(m.content, len(m.attachments)) for m in toy.heard][:1] == [("", 0)]
    assert unseen.messages == []
    assert toy.user in toy.heard[1].mentions
    assert isinstance(toy.heard[1].author, discord.Member)


async def test_bot_writes_first(server: LoopbackDiscord, toy: Toy) -> None:
    user = await (await toy.application_info()).owner.create_dm()
    message = await user.send("good morning")
    await message.edit(content="good evening")
    assert (await user.fetch_message(message.id)).content == "good evening"
    assert server.messages[str(message.id)]["content"] == "good evening"
    await message.delete()
    assert server.messages == {}


async def test_reconnect_resumes(server: LoopbackDiscord, toy: Toy) -> None:
    shown = await server.slash("count", {"start": 1})
    await server.kill_connections()
    pressed = await server.press(shown.messages[0], "count:1")
    assert "count is 2" in str(pressed.messages)
    assert (toy.resumed, server.gateway.resumes, len(server.gateway.identifies)) == (1, 1, 1)


async def test_reconnect_with_a_lost_session_identifies_anew(
    server: LoopbackDiscord, toy: Toy
) -> None:
    await server.kill_connections(resumable=False)
    assert (await server.slash("count", {"start": 1})).messages
    assert (server.gateway.resumes, len(server.gateway.identifies)) == (0, 2)


async def test_restart_and_press_on_an_old_message(
    server: LoopbackDiscord, to_loopback: None
) -> None:
    async with running(server):
        shown = await server.slash("count", {"start": 1})
    async with running(server):
        pressed = await server.press(shown.messages[0], "count:1")
    assert "count is 2" in str(pressed.messages)
    assert server.command_syncs == 2


async def test_silence_is_reported(server: LoopbackDiscord, to_loopback: None) -> None:
    async with running(server):
        shown = await server.slash("panel")
    async with running(server):
        # The panel's buttons were known to the first client only.
        server.timeout = 0.05
        with pytest.raises(TimeoutError, match="no answer to whisper"):
            await server.press(shown.messages[0], "whisper")
        server.timeout = 20
    assert not server.exchanges[-1].acknowledged


async def test_wrong_token(server: LoopbackDiscord, to_loopback: None) -> None:
    async with Toy() as toy:
        with pytest.raises(discord.LoginFailure):
            await toy.login("wrong")


async def test_intents(server: LoopbackDiscord, to_loopback: None) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(server, intents=discord.Intents(guilds=True, message_content=True)):
            pass
    async with running(server, intents=discord.Intents.none()) as toy:
        assert (await server.slash("count", {"start": 1})).messages
        with pytest.raises(ConnectionError, match="intents to see a direct message"):
            await server.direct_message("hello")
        assert not toy.guilds


async def test_message_content_when_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    intents = discord.Intents(guilds=True, messages=True, message_content=True)
    async with LoopbackDiscord(privileged=intents.value) as server:
        monkeypatch.setattr(discord.http.Route, "BASE", server.api_base)
        gateway = yarl.URL(server.gateway_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        async with running(server, intents=intents):
            assert texts(await server.channel_message("all", answered=True)) == ["heard all"]


@pytest.mark.parametrize("compress", [None, "zstd-stream"])
async def test_gateway_without_zlib(server: LoopbackDiscord, compress: str | None) -> None:
    url = yarl.URL(server.gateway_url).update_query({"compress": compress} if compress else {})
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        assert (await socket.receive_json())["op"] == 10
        identify = {"token": server.token, "intents": 1, "properties": {}}
        await socket.send_json({"op": 2, "d": identify})
        frames = [await socket.receive_json() for _ in range(2)]
        await socket.send_json({"op": 1, "d": 2})
        assert await socket.receive_json() == {"op": 11, "d": None, "s": None, "t": None}
    assert [(f["t"], f["s"]) for f in frames] == [("READY", 1), ("GUILD_CREATE", 2)]


async def test_routes_without_a_client() -> None:
    async with LoopbackDiscord() as server, aiohttp.ClientSession() as session:
        bot = {"Authorization": f"Bot {server.token}"}
        base = server.api_base

        async def get(path: str, **headers: str) -> tuple[int, Any]:
            async with session.get(base + path, headers=headers) as response:
                return response.status, await response.json()

        assert await get("/users/@me") == (401, {"message": "401: Unauthorized", "code": 0})
        assert (await get("/gateway"))[1] == {"url": server.gateway_url}
        assert (await get("/gateway/bot", **bot))[1]["shards"] == 1
        assert (await get("/applications/@me", **bot))[1]["id"] == server.bot["id"]
        channel = f"/channels/{server.channel['id']}"
        assert (await get(channel, **bot))[1]["name"] == "general"
        assert (await get("/channels/1", **bot))[1]["code"] == 10003
        async with session.post(f"{base}{channel}/messages", data="{", headers=bot) as response:
            assert (response.status, (await response.json())["code"]) == (400, 50109)
        assert server.unhandled == []
        assert await get("/guilds/1/bans", **bot) == (404, {"message": "404: Not Found", "code": 0})
        assert server.unhandled == [("GET", "/guilds/1/bans")]


PROGRAM = """
import sys, yarl, discord, discord.gateway
from discord import app_commands, ui

api, gateway, token = sys.argv[1:]
discord.http.Route.BASE = api
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)

class Again(ui.DynamicItem[ui.Button], template="again"):
    def __init__(self):
        super().__init__(ui.Button(label="again", custom_id="again"))

    @classmethod
    async def from_custom_id(cls, interaction, item, match):
        return cls()

    async def callback(self, interaction):
        await interaction.response.edit_message(content="pressed")

class Bot(discord.Client):
    async def setup_hook(self):
        self.add_dynamic_items(Again)
        await tree.sync()

bot = Bot(intents=discord.Intents.none())
tree = app_commands.CommandTree(bot)

@tree.command(description="-")
async def hello(interaction: discord.Interaction, name: str):
    view = ui.View(timeout=None).add_item(Again())
    await interaction.response.send_message(f"hello {name}", view=view)

bot.run(token, log_handler=None)
"""


async def test_client_in_its_own_process_is_killed_and_comes_back(
    server: LoopbackDiscord,
) -> None:
    async def use(act: Callable[[], Coroutine[Any, Any, Exchange]]) -> Exchange:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROGRAM, server.api_base, server.gateway_url, server.token
        )
        end, answer = asyncio.create_task(process.wait()), asyncio.create_task(act())
        await asyncio.wait((end, answer), return_when=asyncio.FIRST_COMPLETED)
        assert process.returncode is None
        process.kill()
        await end
        await server.wait_disconnected()
        return await answer

    hello = await use(lambda: server.slash("hello", {"name": "you"}))
    assert texts(hello) == ["hello you"]
    await use(lambda: server.press(hello.messages[0], "again"))
    assert texts(hello) == ["pressed"]
    assert server.command_syncs == 2
