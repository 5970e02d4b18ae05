"""Words too common to tell papers apart, as they stand in folded text.

Only words without a subject of their own: articles, pronouns, prepositions, conjunctions,
auxiliaries and their like, and the words of asking for papers ("I am interested in articles that
deal with …"). Words that only academic prose makes common (study, result, 研究) stay, because a
short question may hang on them; BM25's idf weighs them down.
"""

from __future__ import annotations

ENGLISH = frozenset(
    """
    a about above across after again against all almost along already also although always am
    among amongst an and another any anybody anyone anything are aren arent around as at
    be became because become becomes been before being below between both but by
    came can cannot cant could couldn couldnt
    did didn didnt do does doesn doesnt doing don done dont down due during
    each either else etc ever every everyone everything
    few for from further
    had hadn hadnt has hasn hasnt have haven havent having he hence her here hers herself him
    himself his how however
    i if in indeed instead into is isn isnt it its itself
    just
    least less let ll
    made mainly make makes making many may me might mine more moreover most mostly much must my
    myself
    namely neither nevertheless no none nor not now
    of off often on once only onto or other others otherwise ought our ours ourselves out over
    own
    per perhaps
    quite
    rather re really regarding
    s same shall she should shouldn shouldnt since so some somehow someone something sometimes
    somewhat still such
    t than that the their theirs them themselves then there thereby therefore these they this
    those though through throughout thus to together too toward towards
    under until up upon us use used uses using
    ve various very via
    was wasn wasnt we well were weren werent what whatever when where whereas whereby wherein
    whether which while who whole whom whose why will with within without won wont would wouldn
    wouldnt
    yet you your yours yourself yourselves

    article articles paper papers interested describe describes described describing discuss
    discusses discussed discussing deal deals dealing dealt concerning concerned find like want
    know looking exist exists especially please tell
    """.split()
)

CHINESE = frozenset(
    """
    的 了 着 过 地 得 之 其 此 该 这 那 这些 那些 这个 那个 这种 那种 这样 那样 各 每 某 本
    本文 本研究 我们 我 他 她 它 他们 她们 它们 你 您 你们 自己 自身 者 们 个 种 些 一 一个
    一种 一些 一定 一般 一方面 另一方面 和 与 及 以及 或 或者 并 并且 且 而 而且 但 但是 然而
    不过 虽 虽然 尽管 即 即使 如 如果 若 因 因为 因此 因而 由 由于 由此 从 从而 自 自从 至 到
    于 在 对 对于 关于 有关 向 往 把 将 被 让 使 使得 给 为 为了 以 以便 按 按照 根据 依据 通过
    经 经过 随 随着 作为 除 除了 比 较 同 跟 就 则 却 只 只有 仅 仅仅 也 又 还 再 更 更加 最 很
    非常 十分 都 均 皆 所 所以 可 可以 能 能够 应 应该 应当 须 需 需要 会 要 想 是 不是 就是
    还是 有 没有 无 未 不 没 非 否 已 已经 曾 正 正在 尚 仍 仍然 等 等等 等方面 之间 之一 之后
    之前 以上 以下 以来 以后 以前 以内 以外 上 下 中 内 外 里 前 后 时 当 当前 目前 现在 其中
    其他 其它 其次 首先 最后 同时 此外 另外 另 总之 例如 比如 譬如 尤其 特别 主要 基本 基本上
    以至 进行 采用 利用 使用 运用 具有 存在 包括 包含 得到 提出 表明 显示 发现 认为 指出 说明
    给出 介绍 什么 怎么 怎样 如何 为何 为什么 哪些 哪 哪里 谁 多少 几 吗 呢 吧 啊 呀 哦 嘛 请问
    请 有没有 是否 能否 可否

    名 例 项 篇 次 这项 该项 一项 常 常用 常常 往往 文章 论文 查找 寻找 想要 知道
    """.split()
)
