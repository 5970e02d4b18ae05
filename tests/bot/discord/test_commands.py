"""What the slash commands and the message command answer, and what Discord is told of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from simcord import actors
from simcord.backend import serializers

from bot.discord import commands as bot_commands
from tests.bot.discord.conftest import MakeBot, Team, buttons, menu, parts, shown

BOTH = "peer support workers 同伴支持"
GLASGOW = "Peer support workers in prisons of Glasgow: a qualitative study"
MENU = "Similar literature · 相似文献"
LOCALES = {
    "en-US": ("20 similar papers\u00a0· ", "Similar", "extracts, matched words in bold"),
    "en-GB": ("20 similar papers\u00a0· ", "Similar", "extracts, matched words in bold"),
    "zh-CN": ("共查询到 20 条相似文献，搜索用时 ", "相似文献", "以下为摘录，命中词加粗"),
    "zh-TW": ("共查詢到 20 條相似文獻，搜尋用時 ", "相似文獻", "以下為摘錄，命中詞加粗"),
    "pt-BR": ("20 similar papers\u00a0· ", "Similar", "extracts, matched words in bold"),
}


# /similar


async def test_similar_lists_twenty_papers_five_on_the_first_page(team: Team) -> None:
    answer = await team.similar(BOTH)
    text = shown(answer.response)
    assert "-# 20 similar papers\u00a0· " in text
    assert f"“{BOTH}”" in text
    assert [f"**{n}. " in text for n in (1, 5, 6)] == [True, True, False]
    assert "1 / 4" in buttons(answer.response)
    assert len(menu(answer.response)["options"]) == 20
    assert not answer.ephemeral
    assert answer.followups == []


async def test_similar_takes_a_count(team: Team) -> None:
    answer = await team.similar(BOTH, count=3)
    assert "-# 3 similar papers\u00a0· " in shown(answer.response)
    assert len(menu(answer.response)["options"]) == 3
    assert set(buttons(answer.response)) == {"Similar", "Export", "Refine"}


async def test_similar_counts_one_paper_in_the_singular(team: Team) -> None:
    answer = await team.similar(BOTH, count=1)
    assert "-# 1 similar paper\u00a0· " in shown(answer.response)


async def test_similar_in_private_is_for_the_asker_alone(team: Team) -> None:
    answer = await team.similar(BOTH, private=True)
    assert answer.ephemeral
    assert "20 similar papers" in shown(answer.response)
    assert answer.followups == []


@pytest.mark.parametrize("text", [" ", "\u3000\n ", "\t"])
async def test_similar_to_nothing_says_what_to_give(team: Team, text: str) -> None:
    answer = await team.similar(text)
    assert "Paste an abstract, a title, a DOI" in shown(answer.response)


async def test_similar_takes_the_longest_text_that_discord_lets_through(team: Team) -> None:
    answer = await team.similar(("supervision of peer support workers. " * 200)[:6000])
    assert "similar papers\u00a0· " in shown(answer.response)


@pytest.mark.parametrize("text", ["q" * 6000, "*" * 6000, "@everyone " * 600, "囧" * 6000])
async def test_similar_answers_long_texts_that_nothing_is_like(team: Team, text: str) -> None:
    answer = await team.similar(text)
    assert "Nothing similar found." in shown(answer.response)


@pytest.mark.parametrize("text", ["10.1000/peer.4", "https://doi.org/10.1000/PEER.4", GLASGOW])
async def test_similar_to_a_paper_of_the_library_shows_its_neighbours(
    team: Team, number: Callable[[str], int], text: str
) -> None:
    glasgow = number("en-4")
    answer = await team.similar(text)
    text = shown(answer.response)
    assert f"**Neighbours of #{glasgow}**\u00a0· Peer support workers in prisons" in text
    assert buttons(answer.response)["Open"]["custom_id"] == f"similit:open:{glasgow}"
    assert str(glasgow) not in [one["value"] for one in menu(answer.response)["options"]]


@pytest.mark.parametrize("text", ["#{}", "{}", "paper:{}", " ＃{} "])
async def test_similar_to_a_number_shows_the_neighbours_of_that_paper(
    team: Team, number: Callable[[str], int], text: str
) -> None:
    answer = await team.similar(text.format(number("zh-4")))
    assert f"**Neighbours of #{number('zh-4')}**" in shown(answer.response)


async def test_similar_finds_nothing_and_says_which_words_are_nowhere(team: Team) -> None:
    answer = await team.similar("xylophone quodlibet")
    text = shown(answer.response)
    assert "-# 30 papers searched\u00a0· " in text
    assert (
        "**Nothing similar found.** No paper here contains any of: xylophone · quodlibet." in text
    )
    assert "Try other words" in text
    assert set(buttons(answer.response)) == {"Refine"}


@pytest.mark.parametrize(("text", "named"), [("#999", "#999"), ("10.1000/none", "10.1000/none")])
async def test_similar_to_a_paper_that_is_not_here_says_so(
    team: Team, text: str, named: str
) -> None:
    answer = await team.similar(text)
    assert "is in this library" in shown(answer.response)
    assert named in shown(answer.response)


async def test_similar_shows_hostile_papers_escaped(
    team: Team, number: Callable[[str], int]
) -> None:
    answer = await team.similar("1. first peer - second peer", count=20)
    values = [one["value"] for one in menu(answer.response)["options"]]
    assert str(number("hostile")) in values
    for found in [await team.similar("bold tilted hidden fence"), answer]:
        text = shown(found.response)
        assert "\u202e" not in text
        for raw in (" @everyone", " <@", " <#", " <t:", " </", "[link](https:", " discord.gg"):
            assert raw not in text


@pytest.mark.parametrize("language", LOCALES)
async def test_similar_speaks_the_language_of_the_person(
    team: Team, locale: dict[str, str], language: str
) -> None:
    locale["locale"] = language
    found, label, note = LOCALES[language]
    answer = await team.similar("peer support workers")
    text = shown(answer.response)
    assert f"-# {found}" in text
    assert text.splitlines()[2].endswith(f"\u00a0· {note}")
    assert label in buttons(answer.response)
    assert menu(answer.response)["placeholder"]


@pytest.mark.parametrize("language", LOCALES)
async def test_similar_answers_in_direct_messages(
    team: Team, locale: dict[str, str], language: str
) -> None:
    locale["locale"] = language
    answer = await team.carol.slash("similar", text="peer support workers")
    assert LOCALES[language][0] in shown(answer.response)
    again = await team.carol.slash("similar", text="#4", private=True)
    assert again.ephemeral
    assert "#4" in shown(again.response)


async def test_similar_prefers_the_title_in_the_language_of_the_person(
    team: Team, locale: dict[str, str]
) -> None:
    assert "**1. Recovery colleges and their students**\u00a0(2018)" in shown(
        (await team.similar("recovery colleges")).response
    )
    locale["locale"] = "zh-CN"
    assert "**1. 康复学院及其学员**\u00a0(2018)" in shown(
        (await team.similar("recovery colleges")).response
    )


@pytest.mark.parametrize("command", ["similar", "paper", MENU])
async def test_every_command_is_deferred_before_anything_else(team: Team, command: str) -> None:
    message = await team.bob.send(team.channel, "peer support workers")
    before = len(team.env.http_requests)
    if command == "similar":
        await team.similar("peer support workers")
    elif command == "paper":
        await team.alice.slash(team.channel, "paper", paper="#4")
    else:
        await team.alice.context_menu(team.channel, MENU, message)
    first = team.env.http_requests[before]
    assert first.path.endswith("/callback")
    assert first.json["type"] == 5
    assert len(team.env.http_requests) == before + 2


async def test_what_is_asked_keeps_the_event_loop_free(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: list[bool] = []
    library = team.env.bot.places.shelf.library()
    find = type(library).find

    def observed(self: Any, query: Any) -> Any:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            where.append(True)
        else:
            where.append(False)
        return find(self, query)

    monkeypatch.setattr(type(library), "find", observed)
    await team.similar(BOTH)
    assert where == [True]


# /paper


@pytest.mark.parametrize(
    "text", ["#4", "4", "10.1000/peer.4", GLASGOW, "in prisons of glasgow", "en-4"]
)
async def test_paper_opens_what_is_named(team: Team, text: str) -> None:
    answer = await team.alice.slash(team.channel, "paper", paper=text)
    lines = shown(answer.response).splitlines()
    assert lines[0] == f"## {GLASGOW}"
    assert lines[1] == "O'Hagan M, Tate MC"
    assert lines[2] == "-# Journal of Mental Health · 2013;24(4):400–409"
    assert lines[3] == "-# doi:10.1000/peer.4\u00a0· #4"
    assert lines[4].startswith("**Background** Peer support workers join")
    assert lines[7].startswith("**Conclusions** Supervision helps")
    assert not answer.ephemeral


async def test_paper_opens_a_chosen_suggestion(team: Team) -> None:
    choices = await team.alice.autocomplete(team.channel, "paper", "paper", "上海")
    answer = await team.alice.slash(team.channel, "paper", paper=choices[0]["value"])
    assert shown(answer.response).startswith("## 上海社区康复站同伴支持者的工作体验")


async def test_paper_in_private_is_for_the_asker_alone(team: Team) -> None:
    answer = await team.alice.slash(team.channel, "paper", paper="#4", private=True)
    assert answer.ephemeral


async def test_paper_answers_in_direct_messages(team: Team) -> None:
    answer = await team.carol.slash("paper", paper="#4")
    assert shown(answer.response).startswith(f"## {GLASGOW}")


@pytest.mark.parametrize("text", ["#999", "10.1000/none", "no such title", "<@9> *a*", "x" * 6000])
async def test_paper_that_is_not_here_is_named_in_the_answer(team: Team, text: str) -> None:
    answer = await team.alice.slash(team.channel, "paper", paper=text)
    said = shown(answer.response)
    assert "is in this library" in said
    assert text[:20] in said.replace("\\", "")


async def test_paper_that_is_not_here_is_said_in_chinese(
    team: Team, locale: dict[str, str]
) -> None:
    locale["locale"] = "zh-CN"
    answer = await team.alice.slash(team.channel, "paper", paper="#999")
    assert "本文献库中没有 #999" in shown(answer.response)


async def test_paper_without_title_is_called_by_its_first_words(team: Team) -> None:
    answer = await team.alice.slash(team.channel, "paper", paper="untitled")
    text = shown(answer.response)
    assert text.startswith("## Zebrafish larvae were exposed to caffeine.")
    assert "no title on record: first words of its abstract" in text


async def test_paper_without_abstract_says_so(team: Team) -> None:
    answer = await team.alice.slash(team.channel, "paper", paper="no-abstract")
    assert "-# No abstract on record." in shown(answer.response)


async def test_paper_with_hostile_text_is_shown_cut_and_escaped(team: Team) -> None:
    answer = await team.alice.slash(team.channel, "paper", paper="hostile")
    text = shown(answer.response)
    assert "-# … cut here: the abstract goes on." in text
    assert "\\@everyone" in text
    assert not any(line.startswith(("> ", "# ", "1. ", "- ")) for line in text.splitlines())
    assert set(buttons(answer.response)) == {"Similar", "Cite", "Export", "Save", "Watch"}


# What is suggested while a title is written


async def test_titles_are_suggested_in_both_languages(team: Team, locale: dict[str, str]) -> None:
    english = await team.alice.autocomplete(team.channel, "paper", "paper", "recovery")
    assert english == [{"name": "Recovery colleges and their students (2018)", "value": "#21"}]
    locale["locale"] = "zh-TW"
    chinese = await team.alice.autocomplete(team.channel, "paper", "paper", "recovery")
    assert chinese == [{"name": "康复学院及其学员 (2018)", "value": "#21"}]
    assert await team.carol.autocomplete("paper", "paper", "康复学院") == chinese


@pytest.mark.parametrize("current", ["", " ", "e", "同伴", "%", "_", "\\", "'", '"', "x" * 100])
async def test_suggestions_are_at_most_twenty_five(team: Team, current: str) -> None:
    choices = await team.alice.autocomplete(team.channel, "paper", "paper", current)
    assert len(choices) <= 25
    assert len({choice["value"] for choice in choices}) == len(choices)
    if not current.strip():
        assert len(choices) == 25


async def test_an_untitled_paper_is_suggested_as_one_without_title(team: Team) -> None:
    choices = await team.alice.autocomplete(team.channel, "paper", "paper", "zebrafish")
    assert [choice["value"] for choice in choices] == ["#22"]
    assert choices[0]["name"].startswith("(no title) Zebrafish larvae")


async def test_hostile_titles_are_suggested_without_marks_that_turn_text(team: Team) -> None:
    choices = await team.alice.autocomplete(team.channel, "paper", "paper", "*bold*")
    assert [choice["value"] for choice in choices] == ["#24"]
    assert "\u202e" not in choices[0]["name"]


# The message command


async def test_message_command_asks_with_what_the_message_says(team: Team) -> None:
    message = await team.bob.send(team.channel, "Supervision of peer support workers")
    answer = await team.alice.context_menu(team.channel, MENU, message)
    assert "“Supervision of peer support workers”" in shown(answer.response)
    assert "similar papers\u00a0· " in shown(answer.response)


async def test_message_command_reads_an_attached_text(team: Team) -> None:
    paste = "Supervision of peer support workers. " * 60
    message = await team.bob.send(team.channel, "", attachments=[("message.txt", paste.encode())])
    answer = await team.alice.context_menu(team.channel, MENU, message)
    assert "“Supervision of peer support workers." in shown(answer.response)


async def test_message_command_on_an_attachment_that_is_no_text_says_so(team: Team) -> None:
    message = await team.bob.send(team.channel, "", attachments=[("scan.pdf", b"%PDF-1.7")])
    answer = await team.alice.context_menu(team.channel, MENU, message)
    assert "That PDF is damaged or locked" in shown(answer.response)


async def test_message_command_on_an_empty_message_says_what_to_give(team: Team) -> None:
    listed = await team.similar(BOTH)  # a message of components alone has no text
    answer = await team.alice.context_menu(team.channel, MENU, listed.response)
    assert "Paste an abstract, a title, a DOI" in shown(answer.response)


async def test_message_command_answers_in_direct_messages(team: Team) -> None:
    env, channel = team.env, team.carol.dm_channel
    message = await team.carol.send_dm("supervision of peer support workers")
    stored = env.backend.get_message(channel.id, message.id)
    target = dict(serializers.message_payload(env.backend, stored))
    root = env.backend.find_command(MENU, None, type=3)
    answer = await actors._dispatch_actor_interaction(
        team.carol,
        2,
        channel,
        {
            "id": root["id"],
            "name": root["name"],
            "type": 3,
            "target_id": str(message.id),
            "resolved": {"messages": {str(message.id): target}},
        },
    )
    assert "“supervision of peer support workers”" in shown(answer.response)


# What Discord is told of the commands


async def test_commands_are_localised_and_for_servers_and_direct_messages(team: Team) -> None:
    (told,) = team.syncs()
    by_name = {command["name"]: command for command in told}
    ours = {"similar", "search", "paper", "browse", "help", "about", "add", "undo"}
    assert set(by_name) == {*ours, "list", "watch", "privacy", MENU}
    wanted = {"en-US", "en-GB", "zh-CN", "zh-TW"}
    for command in told:
        assert sorted(command["contexts"]) == [0, 1]
        assert command["integration_types"] == [0]
        assert command["default_member_permissions"] is None
        described = [command, *command.get("options", [])]
        if command["type"] == 3:
            assert set(command["name_localizations"]) == wanted
            continue
        for one in described:
            assert set(one["description_localizations"]) == wanted
    assert "查找相似文献" in by_name["similar"]["description_localizations"]["zh-CN"]
    assert "相似文獻" in by_name["similar"]["description_localizations"]["zh-TW"]
    options = {one["name"]: one for one in by_name["similar"]["options"]}
    assert list(options) == ["text", "count", "private"]
    assert (options["text"]["required"], options["text"]["max_length"]) == (True, 6000)
    assert (options["count"]["min_value"], options["count"]["max_value"]) == (1, 100)
    assert by_name["paper"]["options"][0]["autocomplete"] is True


async def test_commands_are_told_once_as_long_as_they_stay_the_same(
    team: Team, make_bot: MakeBot
) -> None:
    assert len(team.syncs()) == 1
    await team.env.restart_bot(make_bot())
    await team.env.restart_bot(make_bot(locale="zh-CN"))
    assert len(team.syncs()) == 1
    answer = await team.similar(BOTH)
    assert "20 similar papers" in shown(answer.response)


async def test_commands_are_told_again_when_they_changed(
    team: Team, make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_commands, "_MOST_PAPERS", 50)
    changed = make_bot()
    changed.tree.get_command("similar").description = "Something else"
    await team.env.restart_bot(changed)
    assert len(team.syncs()) == 2
    assert "Something else" in [command.get("description") for command in team.syncs()[1]]
    await team.env.restart_bot(make_bot())
    assert len(team.syncs()) == 3


async def test_every_press_is_named_within_its_button(team: Team) -> None:
    answer = await team.similar(BOTH)
    ids = [one["custom_id"] for one in parts(answer.response) if "custom_id" in one]
    assert len(ids) == len(set(ids)) == 5 + 3 + 2 + 1
    assert all(one.startswith("similit") for one in ids)
