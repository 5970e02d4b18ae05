"""Plain messages: direct ones, mentions, and those that are none of the bot's business."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.bot.discord.conftest import MakeBot, Team, buttons, menu, shown
from tests.bot.making import pdf, ris

PEERS = "peer support workers"


async def dm(team: Team, text: str, *files: tuple[str, bytes]) -> Any:
    """What carol gets for a direct message; None where that is nothing."""
    channel = team.carol.dm_channel
    attachments = team.env.backend.store_attachments(channel.id, list(files)) if files else []
    before = channel.last_message
    await team.carol.send_dm(text, attachments=attachments)
    after = channel.last_message
    answered = after.author.id == team.env.bot.user.id
    return after if answered and (before is None or after.id != before.id) else None


async def mention(team: Team, text: str, *files: tuple[str, bytes], who: Any = None) -> Any:
    """What alice gets for a message that mentions the bot."""
    before = len(team.said(team.channel))
    content = f"<@{team.env.bot.user.id}> {text}"
    await (who or team.alice).send(team.channel, content, attachments=files)
    (answer,) = team.said(team.channel)[before:]
    return answer


@pytest.fixture
async def opened(team: Team) -> Team:
    """The team, carol having begun her direct messages."""
    await team.carol.send_dm("hello")
    return team


# Direct messages


async def test_a_direct_message_is_a_question(team: Team) -> None:
    await team.carol.send_dm(PEERS)
    answer = team.carol.dm_channel.last_message
    assert "-# 20 similar papers\u00a0· " in shown(answer)
    assert f"“{PEERS}”" in shown(answer)
    assert answer.reference is not None
    await team.press(team.carol, answer, "→")
    assert "**6. " in shown(team.carol.dm_channel.last_message)


async def test_an_answer_in_words_turns_pages_after_a_restart(
    team: Team, make_bot: MakeBot
) -> None:
    await team.carol.send_dm(PEERS)
    await team.env.restart_bot(make_bot())
    answer = team.carol.dm_channel.last_message
    await team.press(team.carol, answer, "→")
    assert "**6. " in shown(team.carol.dm_channel.last_message)


@pytest.mark.parametrize(
    ("text", "said"),
    [("#4", "**Neighbours of #4**"), ("#999", "No paper #999 is in this library")],
)
async def test_a_direct_message_may_name_a_paper(team: Team, text: str, said: str) -> None:
    await team.carol.send_dm(text)
    assert said in shown(team.carol.dm_channel.last_message)


@pytest.mark.parametrize(
    "data",
    [
        b"Supervision of peer support workers.",
        "\ufeffSupervision of peer support workers.\n".encode(),
        "Supervision of peer support workers. 同伴支持者的督导。".encode() * 300,
    ],
    ids=["utf-8", "with a byte order mark", "long"],
)
async def test_a_long_paste_is_read_from_its_file(opened: Team, data: bytes) -> None:
    answer = await dm(opened, "", ("message.txt", data))
    assert "“Supervision of peer support workers." in shown(answer)
    assert "similar papers\u00a0· " in shown(answer)


async def test_what_is_written_goes_before_what_is_attached(opened: Team) -> None:
    answer = await dm(opened, "badgers", ("message.txt", b"peer support"))
    assert "“badgers”" in shown(answer)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("message.bin", bytes(range(256)) * 9), "Nothing can be asked with that file"),
        (("scan.png", b"\x89PNG"), "Nothing can be asked with that file"),
        (("message.txt", b"a" * (256 * 1024 + 1)), "up to 262,144 bytes of such a file"),
        (("paper.pdf", b"%PDF-1.7"), "That PDF is damaged or locked"),
        (("message.txt", b""), "Paste an abstract"),
        (("message.txt", b" \n"), "Paste an abstract"),
    ],
    ids=["binary", "picture", "too large", "pdf", "empty", "blank"],
)
async def test_a_file_that_is_no_question_is_refused_kindly(
    opened: Team, file: tuple[str, bytes], said: str
) -> None:
    assert said in shown(await dm(opened, "", file))


async def test_a_text_beside_another_file_is_read(opened: Team) -> None:
    answer = await dm(opened, "", ("paper.pdf", b"%PDF-1.7"), ("message.txt", b"peer support"))
    assert "“peer support”" in shown(answer)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("refs.ris", ris({"TI": "X", "DO": "10.1000/peer.4"})), "**Neighbours of #4**"),
        (
            ("refs.bib", b"@article{a, title={Peer support in schools}}"),
            "“Peer support in schools”",
        ),
        (
            ("two.nbib", b"PMID- 1\nTI  - Peer work\n\nPMID- 2\nTI  - Crisis\n\n"),
            "“Peer work Crisis”",
        ),
        (
            ("paper.pdf", pdf("Title", "Abstract", "Supervision of peers.")),
            "“Supervision of peers.”",
        ),
        (("paper.pdf", pdf("doi:10.1000/peer.4")), "**Neighbours of #4**"),
    ],
    ids=["ris", "bib", "several", "pdf", "pdf of a paper"],
)
async def test_a_file_is_a_question(opened: Team, file: tuple[str, bytes], said: str) -> None:
    assert said in shown(await dm(opened, "", file))
    assert said in shown(await mention(opened, "", file))


async def test_a_link_to_a_paper_is_a_question(opened: Team) -> None:
    for link in (
        "https://doi.org/10.1000/peer.4",
        "https://www.example.org/doi/full/10.1000/peer.4",
    ):
        assert "**Neighbours of #4**" in shown(await dm(opened, link))


# Mentions


async def test_a_mention_is_a_question(team: Team) -> None:
    answer = await mention(team, PEERS)
    assert "-# 20 similar papers\u00a0· " in shown(answer)
    assert f"“{PEERS}”" in shown(answer)
    await team.press(team.alice, answer, "→")
    assert "**6. " in shown(team.said(team.channel)[-1])


async def test_a_mention_may_stand_anywhere(team: Team) -> None:
    await team.alice.send(team.channel, f"papers on badgers, <@!{team.env.bot.user.id}>")
    (answer,) = team.said(team.channel)
    assert "“papers on badgers,”" in shown(answer)


async def test_a_mention_pings_nobody(team: Team) -> None:
    await mention(team, "@everyone")
    (request,) = (
        one for one in team.env.http_requests if one.path == f"/channels/{team.channel.id}/messages"
    )
    assert request.json["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_a_mention_with_a_file_is_read(team: Team) -> None:
    answer = await mention(team, "", ("message.txt", "同伴支持".encode()))
    assert "“同伴支持”" in shown(answer)


async def test_a_bare_mention_says_what_to_write(team: Team) -> None:
    assert "Mention me with a question, or write /similar." in shown(await mention(team, ""))


async def test_a_reply_to_the_bot_is_a_follow_up_question(team: Team) -> None:
    first = await mention(team, "peer support")
    await team.bob.send(team.channel, "badgers", reply_to=first)
    assert "“badgers”" in shown(team.said(team.channel)[-1])


async def test_a_mention_of_the_bots_role_says_that_its_text_is_hidden(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = team.guild.create_role("similit", mentionable=True)
    own = property(lambda guild: guild.get_role(role.id))  # the simulation makes no such role
    monkeypatch.setattr(discord.Guild, "self_role", own)
    await team.alice.send(team.channel, f"<@&{role.id}> peer support")
    assert [shown(one) for one in team.said(team.channel)] == [
        (
            "You mentioned the bot's role, and Discord hides the text from it then. "
            "Mention the bot itself, or write /similar."
        )
    ]


# What is none of its business


async def test_a_message_that_does_not_mention_the_bot_gets_no_answer(team: Team) -> None:
    before = len(team.env.http_requests)
    await team.alice.send(team.channel, "peer support workers")
    await team.alice.send(team.channel, "@everyone peer support")
    await team.alice.send(team.channel, f"{team.bob.mention} peer support")
    await team.alice.send(team.channel, "", attachments=[("message.txt", b"peer support")])
    assert team.said(team.channel) == []
    assert len(team.env.http_requests) == before


async def test_other_bots_get_no_answer(team: Team) -> None:
    robot = team.guild.add_member(team.env.create_user("robot", bot=True))
    await robot.send(team.channel, f"<@{team.env.bot.user.id}> peer support")
    assert team.said(team.channel) == []


async def test_the_bot_does_not_answer_itself(team: Team) -> None:
    await team.carol.send_dm("badgers")
    channel = team.env.bot.get_channel(team.channel.id)
    await channel.send(f"<@{team.env.bot.user.id}> badgers")
    await team.env.settle()
    assert len(team.said(team.channel)) == 1


# The language of the answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("peer support", "20 similar papers"),
        ("同伴支持者", "共查询到 20 条相似文献"),
        ("同伴支持者 workers", "条相似文献"),
    ],
)
async def test_a_direct_message_is_answered_in_its_language(
    team: Team, text: str, said: str
) -> None:
    await team.carol.send_dm(text)
    assert said in shown(team.carol.dm_channel.last_message)


@pytest.mark.parametrize(
    ("preferred", "text", "said"),
    [
        ("zh-CN", "peer support", "20 similar papers"),
        ("zh-TW", "peer support", "20 similar papers"),
        ("en-US", "同伴支持者", "共查询到 20 条相似文献"),
        ("zh-TW", "同伴支持者", "共查詢到 20 條相似文獻"),
        ("zh-CN", "#4", "#4 的相似文献"),
        ("zh-CN", "", "请在提及我的同时写下问题"),
        ("zh-TW", "", "/similar"),
        ("fr", "#4", "Neighbours of #4"),
        ("en-US", "", "Mention me with a question"),
    ],
)
async def test_a_mention_is_answered_in_its_language_else_in_the_servers(
    team: Team, preferred: str, text: str, said: str
) -> None:
    guild = team.env.create_guild("Elsewhere", preferred_locale=preferred)
    channel = guild.create_text_channel("papers")
    dora = guild.add_member(team.env.create_user("dora"))
    await dora.send(channel, f"<@{team.env.bot.user.id}> {text}")
    (answer,) = (
        one for one in channel.history(viewer=dora) if one.author.id == team.env.bot.user.id
    )
    assert said in shown(answer)


async def test_a_direct_message_of_no_language_is_answered_in_the_hosts(
    team: Team, make_bot: MakeBot
) -> None:
    await team.env.restart_bot(make_bot(locale="zh-TW"))
    await team.carol.send_dm("#4")
    assert "#4 的相似文獻" in shown(team.carol.dm_channel.last_message)


# Whom the bot answers

NOT_ALLOWED = "This bot answers only members of certain servers or roles here."


@pytest.fixture
async def elsewhere(team: Team) -> Team:
    """A second server, to which the same people belong, and its own channel."""
    guild = team.env.create_guild("Elsewhere")
    return Team(
        env=team.env,
        guild=guild,
        channel=guild.create_text_channel("papers"),
        alice=guild.add_member(team.alice.user),
        bob=guild.add_member(team.bob.user),
        carol=team.carol,
    )


async def asked_everywhere(team: Team, listed: Any) -> dict[str, bool]:
    """Whether alice is answered, for each way to ask in a channel."""
    answers: dict[str, Any] = {}
    answers["command"] = (await team.similar("peer support")).response
    answers["paper"] = (await team.alice.slash(team.channel, "paper", paper="#4")).response
    answers["mention"] = await mention(team, "peer support")
    if listed is not None:
        answers["press"] = (await team.press(team.alice, listed, "Similar")).response
        chosen = await team.alice.select(listed, ["4"], custom_id=menu(listed)["custom_id"])
        answers["menu"] = chosen.response
        turned = await team.press(team.alice, listed, "→")
        answers["page"] = turned.followups[-1] if turned.followups else turned.response
    found = {name: NOT_ALLOWED not in shown(answer) for name, answer in answers.items()}
    suggested = await team.alice.autocomplete(team.channel, "paper", "paper", "peer")
    return found | {"autocomplete": bool(suggested)}


WAYS = ("command", "paper", "mention", "press", "menu", "page", "autocomplete")


async def test_everybody_is_answered_where_no_rule_is_set(team: Team) -> None:
    listed = (await team.similar(PEERS)).response
    assert await asked_everywhere(team, listed) == dict.fromkeys(WAYS, True)


async def test_only_the_servers_that_are_named_are_answered(
    team: Team, elsewhere: Team, make_bot: MakeBot
) -> None:
    here, there = [(await one.similar(PEERS)).response for one in (team, elsewhere)]
    await team.env.restart_bot(make_bot(guilds=(team.guild.id,)))
    assert await asked_everywhere(team, here) == dict.fromkeys(WAYS, True)
    assert await asked_everywhere(elsewhere, there) == dict.fromkeys(WAYS, False)
    assert "20 similar papers" in shown(there)


async def test_only_the_roles_that_are_named_are_answered(team: Team, make_bot: MakeBot) -> None:
    role = team.guild.create_role("readers")
    dora = team.guild.add_member(team.env.create_user("dora"), roles=[role])
    listed = (await team.similar(PEERS)).response
    mine = (await dora.slash(team.channel, "similar", text=PEERS)).response
    await team.env.restart_bot(make_bot(roles=(role.id,)))
    assert await asked_everywhere(team, listed) == dict.fromkeys(WAYS, False)
    team.alice = dora
    assert await asked_everywhere(team, mine) == dict.fromkeys(WAYS, True)


async def test_a_role_of_another_server_than_those_named_does_not_count(
    team: Team, elsewhere: Team, make_bot: MakeBot
) -> None:
    role = elsewhere.guild.create_role("readers")
    dora = elsewhere.guild.add_member(team.env.create_user("dora"), roles=[role])
    await team.env.restart_bot(make_bot(guilds=(team.guild.id,), roles=(role.id,)))
    answer = await dora.slash(elsewhere.channel, "similar", text=PEERS)
    assert NOT_ALLOWED in shown(answer.response)
    await dora.send_dm(PEERS)
    assert NOT_ALLOWED in shown(dora.user.dm_channel.last_message)


@pytest.mark.parametrize("rule", ["guilds", "roles", "both"])
async def test_direct_messages_follow_the_rule_of_the_servers(
    team: Team, make_bot: MakeBot, rule: str
) -> None:
    role = team.guild.create_role("readers")
    member = team.guild.add_member(team.env.create_user("dora"), roles=[role])
    rules = {"guilds": (team.guild.id,), "roles": (role.id,)}
    allowed = rules if rule == "both" else {rule: rules[rule]}
    await team.env.restart_bot(make_bot(**allowed))
    for person, answered in ((member.user, True), (team.carol, False)):
        await person.send_dm(PEERS)
        assert (NOT_ALLOWED not in shown(person.dm_channel.last_message)) == answered
        answer = await person.slash("similar", text=PEERS)
        assert (NOT_ALLOWED not in shown(answer.response)) == answered
        assert bool(await person.autocomplete("paper", "paper", "peer")) == answered
        if answered:
            await team.press(person, answer.response, "→")
            assert "**6. " in shown(answer.response)


async def test_a_refusal_offers_nothing_to_press(team: Team, make_bot: MakeBot) -> None:
    await team.env.restart_bot(make_bot(guilds=(1,)))
    answer = await team.similar(PEERS)
    assert NOT_ALLOWED in shown(answer.response)
    assert buttons(answer.response) == {}


async def test_a_refusal_finds_nothing_and_keeps_nothing(
    team: Team, make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await team.env.restart_bot(make_bot(guilds=(1,)))
    asked: list[Any] = []
    monkeypatch.setattr("corpus.library.Library.find", lambda *given: asked.append(given))
    await team.similar(PEERS)
    await mention(team, PEERS)
    assert asked == []


async def test_an_answer_that_discord_refuses_leaves_the_bot_running(
    team: Team, expected_errors: list[str]
) -> None:
    expected_errors.append("a message was not answered (code ")
    team.env.inject_error("POST", f"/channels/{team.channel.id}/messages", status=403)
    await team.alice.send(team.channel, f"<@{team.env.bot.user.id}> {PEERS}")
    assert "similar papers" in shown(await mention(team, PEERS))
