"""Every wish that can be said, in both languages, directly and by mention."""

from __future__ import annotations

from typing import Any

import pytest

from bot.messages import messages
from tests.bot.discord.conftest import Team, buttons, shown

# What is said one after the other, and what the answer has: text, or the message of a button.
WISHES = {
    "en": (
        ("peer support workers", "20 similar papers"),
        ("more", "**6. "),
        ("previous", "**1. "),
        ("similar 3", "**Neighbours of #"),
        ("back", "“peer support workers”"),
        ("open 2", "button-cite"),
        ("why 2", "**Why #"),
        ("cite 2 in APA", "\nAPA\n```text\n"),
        ("save 2", "Saved"),
        ("only 2011-2018", "-# year:2011..2018\n"),
        ("without prisons", "-# year:2011..2018 -prisons\n"),
        ("sort by year", "year:2011..2018 sort:year -prisons\n"),
        ("like 1, not 2", "-# 👎 #"),
        ("browse years", "## Browse by year\n"),
        ("browse 1", "## Journal\u00a0· "),
        ("help", "help-more-of-it"),
        ("bye", "Goodbye."),
    ),
    "zh-CN": (
        ("同伴支持者", "条相似文献"),
        ("更多", "**6. "),
        ("上一页", "**1. "),
        ("相似 3", " 的相似文献**"),
        ("返回", "“同伴支持者”"),
        ("打开 2", "button-cite"),
        ("为何 2", " 为何命中**"),
        ("引用 2", "\nGB/T 7714-2015\n```text\n"),
        ("收藏 2", "已收藏"),
        ("只要 2011-2018", "-# 年份：2011..2018\n"),
        ("不要 昆明", "-# 年份：2011..2018 -昆明\n"),
        ("按年份", " 排序：年份 -昆明\n"),
        ("像 1，不像 2", "-# 👎 #"),
        ("浏览 年份", "## 按年份浏览\n"),
        ("浏览 1", "篇文献 · 由新到旧\n"),
        ("帮助", "help-more-of-it"),
        ("再见", "再见。"),
    ),
}


@pytest.mark.parametrize("language", WISHES)
@pytest.mark.parametrize("by_mention", [False, True], ids=["directly", "by mention"])
async def test_every_wish_is_granted(team: Team, language: str, by_mention: bool) -> None:
    say = messages(language)
    await team.carol.send_dm("hello")

    async def said(text: str) -> Any:
        if by_mention:
            await team.alice.send(team.channel, f"<@{team.env.bot.user.id}> {text}")
            return team.said(team.channel)[-1]
        await team.carol.send_dm(text)
        return team.carol.dm_channel.last_message

    for text, expected in WISHES[language]:
        answer = await said(text)
        if expected == "help-more-of-it":
            assert say("help-heading") in shown(answer), text
        elif expected.startswith("button-"):
            assert say(expected) in buttons(answer), text
        else:
            assert expected in shown(answer).replace("\\", ""), text
