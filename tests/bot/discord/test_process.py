"""The program itself, as a process of its own, against a Discord on loopback."""

from __future__ import annotations

import json
import socket
from pathlib import Path

from tests.bot.discord.program import Similit, button, prompt, shown
from tests.loopback import LoopbackDiscord

BOTH = "peer support workers 同伴支持"


async def test_a_list_outlives_the_process_that_sent_it(
    similit: Similit, server: LoopbackDiscord
) -> None:
    async with similit.running():
        listed = prompt(await server.slash("similar", {"text": BOTH}))
        assert "-# 20 similar papers\u00a0· " in shown(listed)
        neighbours = prompt(await server.press(listed, button(listed, "Similar")))
        assert "**Neighbours of #" in shown(neighbours)
        turned = await server.press(listed, button(listed, "→"))
        assert turned.ack_type == 6
        assert prompt(turned)["id"] == listed["id"]
        assert "**6. " in shown(server.messages[listed["id"]])
    assert server.intents == 1 << 0 | 1 << 9 | 1 << 12
    async with similit.running():
        old = server.messages[listed["id"]]
        turned = await server.press(old, button(old, "→"), locale="zh-CN")
        assert prompt(turned)["id"] == listed["id"]
        text = shown(server.messages[listed["id"]])
        assert "**11. " in text
        assert "共查询到 20 条相似文献" in text
        copy = await server.press(old, button(old, "→"), user=server.new_user("bob"))
        assert copy.ephemeral
        assert "**16. " in shown(prompt(copy))
        again = prompt(await server.press(neighbours, button(neighbours, "Similar")))
        assert "**Neighbours of #" in shown(again)
    assert server.command_syncs == 1


async def test_the_bot_sees_what_another_process_imports_and_lets_no_second_bot_in(
    similit: Similit, server: LoopbackDiscord, tmp_path: Path
) -> None:
    file = tmp_path / "more.jsonl"
    paper = {"title": "Quokkas of Rottnest", "abstract": "Quokkas were counted by torchlight."}
    file.write_text(json.dumps(paper), encoding="utf-8")
    async with similit.running():
        none = prompt(await server.slash("similar", {"text": "quokkas"}, dm=True))
        assert "Nothing similar found." in shown(none)
        code, printed = await similit("import", str(file))
        assert (code, "1 added" in printed) == (0, True)
        assert "Hello!" in shown((await server.direct_message("hello")).messages[0])
        found = await server.direct_message("Quokkas, counted?")
        assert "**1. Quokkas of Rottnest**" in shown(found.messages[0])
        mentioned = await server.mention(server.channel, "quokkas")
        assert "**1. Quokkas of Rottnest**" in shown(mentioned.messages[0])

        code, printed = await similit("run")
        assert code == 78
        assert printed.startswith("similit: Another bot answers from this library already (")
        assert printed.count("\n") == 1
        suggested = await server.autocomplete("paper", "paper", "rottnest")
        assert suggested.choices == [{"name": "Quokkas of Rottnest", "value": "#31"}]


async def test_a_refused_token_is_one_sentence(similit: Similit) -> None:
    similit.token = "MTIz.another.token"
    code, printed = await similit("run")
    assert code == 78
    said = printed.splitlines()[-1]
    assert said.startswith("similit: Discord refused the token: ")
    assert similit.token not in printed
    assert "Traceback" not in printed


async def test_a_missing_token_is_one_sentence(similit: Similit) -> None:
    similit.token = " "
    code, printed = await similit("run")
    assert code == 78
    assert printed.startswith("similit: There is no Discord token: ")
    assert printed.count("\n") == 1


async def test_an_unreachable_discord_is_one_sentence(similit: Similit) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    similit.api_base = f"http://127.0.0.1:{port}/api/v10"
    code, printed = await similit("run")
    assert code == 69
    assert printed.splitlines()[-1].startswith("similit: Discord cannot be reached: ")
    assert "Traceback" not in printed
