"""Words with which people talk to somebody, and which say nothing of what they look for: greetings,
orders, days, numbers, places of a room.

They are searched for like all others: a title may have them. But what is found by them alone is not
what was asked for.
"""

from __future__ import annotations

import functools

from corpus.text.terms import terms

_ENGLISH = """
    actually afternoon always amazing answer april ask asked assistant august aunt awesome baby
    bad begin believe best better birthday bit book bored boring boss bot bought boy bring
    brother buy bye cafe call called cancel car change chat cheap cheers click close colleague
    color colour come computer congratulations cook cool cost cousin dad daughter day dear
    december deliver detail different door dozen drink drop eat eight eleven end evening exact
    exactly expensive explain father favorite favourite february feel film fine first five
    forget found four friday friend fun funny game gave get girl give go good goodbye got
    grandma grandpa great greetings guess guy haha half happy hate hear hello help hey hi hmm
    holiday home honest hope hour house human hundred husband idea info information interesting
    invite january joke july june keep kept kid kids kind knock last latest left list listen lol
    look lost lot lots love machine march maybe mean meant meet message met minute mom moment
    monday morning mother move movie mum name need neighbor neighbour never new newest next nice
    night nine nobody nope nothing november october oh ok okay old one open order part party pay
    people person phone photo pick picture probably put query question read real recent
    recommend remember remind reply request restaurant result results right robot room sad said
    saturday say saying search see sell send september seven several shop show sister sit six
    sleep somebody somewhere son song sorry sort speak stand start stop store story stuff
    suggest summarise summarize sunday suppose supposed sure take talk ten text thank thanks
    thing things think thousand three thursday thx ticket time times tired today told tomorrow
    tonight took topic translate true try tuesday turn twelve twenty two uncle understand visit
    wait wake watch way wednesday week weekend welcome went whoever wife wish word worse wow
    write wrote yeah year yep yes yesterday
"""
_CHINESE = """
    一下 一样 一点 一点儿 一起 一边 上午 上次 上面 下午 下来 下次 下面 不会 不客气 不对 不用 不能
    不要 不错 东西 两个 中午 为啥 主意 也许 买 了解 事 事情 人 今天 任何 会不会 你好 便宜 信息 假 做
    做出来 停 关照 其实 内容 再见 写 冷 几个 几号 几点 出来 列出 刚才 别 别人 别的 助手 卖 厉害 去
    取消 句 句子 叫 可能 右边 吃 各位 同事 名字 后天 听 告诉 周一 周三 周二 周五 周六 周四 周日 周末
    咋 咋办 咋样 咱们 哈 哈哈 哈哈哈 哈喽 哎 哥哥 哪一年 哪个 唱 唱歌 喂 喜欢 喝 嗨 嗯 嘿 回去 回复
    回来 回答 坏 多 多么 多多 多少钱 多谢 大家 大家好 大概 太 好 好玩 好的 好笑 妈妈 妹妹 姐姐 孩子
    宝宝 家 对不起 少 左边 差不多 帮 帮助 帮忙 干嘛 店 开始 开心 弄 弟弟 忘 怎么办 怎么样 总结 您好
    想法 愉快 意思 感谢 懂 房间 所有 手机 手里 打开 找 找找 抱歉 拜拜 推荐 搜 搜索 收到 放假 故事
    文字 文献 新 方面 旁边 无聊 旧 早 早上 早上好 早安 时候 时间 明天 明天见 明白 星期 昨天 是不是
    是的 晚上 晚上好 晚安 更多 最好 最新 最早 最晚 最近 有些 有人 有意思 有点 有趣 朋友 机器人 来 查
    查查 棒 歌 比较 没事 没人 没关系 消息 点 烦 然后 照片 爱 爸爸 生日 用 电影 电脑 相关 看 看看 真
    真人 真的 睡 票 笑 笑死 笑话 第一天 答案 累 结束 结果 给我 翻译 老 老公 老婆 老板 聊 聊天 聊聊
    能不能 行 见 觉得 解释 讨厌 记得 讲 讲讲 话 说 说说 请教 读 谢谢 贵 资料 走 起来 过去 过来 还有
    这么 这儿 这方面 这次 这里 那么 那儿 那方面 那次 那里 邻居 钱 门 问 问问 问题 随便 颜色 餐厅 首
    首歌 高兴 麻烦
"""


@functools.cache
def _chatter() -> frozenset[str]:
    # A Chinese word stands for itself: jieba need not be asked.
    return frozenset((*terms(_ENGLISH), *_CHINESE.split()))


def is_chatter(term: str) -> bool:
    """Whether a word of a question says nothing of its subject; short numbers do not either."""
    return term in _chatter() or _is_short(term)


def _is_short(term: str) -> bool:
    return term.isascii() and (len(term) == 1 or (len(term) == 2 and term.isdigit()))
