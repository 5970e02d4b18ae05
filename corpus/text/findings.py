"""How sentences are put: what a question wants to hear, and whether a sentence says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.text.width import columns


def _saying(english: str, chinese: str) -> re.Pattern[str]:
    """Finds words that begin with one of these expressions (`_` is a space), or a Chinese one."""
    beginning = "|".join(english.split()).replace("_", " ")
    return re.compile("|".join([rf"\b(?:{beginning})", *chinese.split()]), re.IGNORECASE)


ASKS = re.compile("^(?:哪|怎|有何|为何|如何|何[种时处以])|什么")
"""A term that only asks, where jieba has made one of it."""

RELATIONS = frozenset(
    """
    effect affect impact influenc role caus reduc increas decreas improv prevent help lower rais
    enhanc promot evid factor associ relat relationship link correl differ differenc better best
    worst wors effici benefit benefici good bad usag work prefer choos happen occur need possibl
    predict contribut lead compar versus vs way advantag disadvantag purpos reason exampl main
    common current recent latest impair worsen protect slow delay detect diagnos treat cure confer
    damag harm trigger explain determin risk
    影响 作用 效果 因素 原因 关系 相关 相关性 促进 提高 降低 减少 增加 改善 抑制 缓解 预防 有效 有益
    区别 差异 不同 优点 缺点 优势 方法 措施 证据 证明 帮助 导致 引起 好 好处 常见 最新 开展 实现
    解决 应用 研究 意义 情况 现状 有助于 有利于 容易 途径 受 风险
    """.split()
)
"""What a question asks about its subjects: answers have words of their own for it."""

# Who asks why is told a cause; how many, a number; what something is, a definition.
_WANTED = (
    (
        _saying(r"why\b what_(?:causes|leads|explains) causes?_of", "为什么 为何 原因 何以 机制"),
        _saying(
            r"""because due_to owing caus result(?:s|ed|ing)?_(?:in|from) leads?\b led\b attribut
            explain mediat through via\b by_[a-z]+ing mechanism trigger contribut induc associ""",
            "由于 因为 因而 原因 导致 引起 造成 源于 所致 成因 机理 机制",
        ),
    ),
    (
        _saying("how_(?:many|much|often|common|long) prevalence incidence", "多少 多大 多久 病率"),
        _saying("prevalent common rare most", r"\d 多数 少数"),
    ),
    (
        _saying(
            r"what(?:'s|_is|_are)_(?:an?_|the_)?[\w-]+(?:_[\w-]+)?\s*(?:\?|$)", "什么是 是什么 何谓"
        ),
        _saying(
            r"(?:is|are)_(?:an?|the|one|any)\b refers? defin mean known_as consist",
            "[是指] 定义 属于",
        ),
    ),
)
_CONCLUDES = _saying(
    "conclu implication interpretation discussion significance relevance", "结论 启示 讨论 意义"
)
_REPORTS = _saying("result finding main_result key_result principal", "结果 发现")
_PREPARES = _saying(
    """aim objective purpose method design study_ setting participants patients subjects sample data
    main_outcome measure intervention trial_reg funding level limitation material rationale""",
    "目的 目标 方法 对象 资料 设计 局限",
)
_FINDS = _saying(
    r"""show found\b reveal demonstrat indicat confirm suggest conclud identified significan
    associat correlat predict (?:in|de)creas(?!ingly) reduc improv prevent inhibit promot
    higher lower greater fewer less\b more\b better worse (?:in)?effective benefi effects?_on
    superior inferior no_(?:clear_|significant_)?(?:effect|differen|associat|evidence)
    did_not does_not evidence_(?:that|of|for) risk_factor caus due_to leads?_to led_to ratio likely
    grew\b rose\b fell\b declin
    prevalence incidence p_?[<=>] [\d.]+_?%""",
    """表明 显示 发现 结论 证明 证实 得出 可见 提示 说明 显著 明显 有效 优于 高于 低于 大于 小于
    多于 少于 提高 降低 减少 增加 增强 改善 促进 抑制 缓解 相关 因素 取决于 由于 导致 引起 差异
    差别 有利于 不利于 达到 适用 [0-9０-９][%％]""",
)
_STUDIED = (
    r"aim(?:ed)?|sought|seek|investigated?|examined?|explored?|assess(?:ed)?|evaluated?|stud(?:y|ied)"
    r"|reviewed?|described?|discuss(?:ed)?|hypothesi[sz]ed?|tested|conducted|performed|undertaken"
    r"|undertook|proposed?|analy[sz]ed?|randomi[sz]ed|included|enrolled|recruited|selected|collected"
    r"|calculated|compared|searched|designed|measured|needed|required|warranted"
)
# What was sought and how, what is not known, and what everybody knows.
_SEEKS = re.compile(
    r"^(?:in order )?to (?!conclude|sum|date|our)"
    r"|\b(?:aims?|aimed|purposes?|objectives?|goals?) (?:of|to|was|were|is|are)\b"
    r"|\b(?:we|authors|(?:study|paper|article|review|trial|work|survey|protocol)(?: was| will)?"
    rf"|was|were|is|are|been|be) (?:{_STUDIED})s?\b|"
    + _saying(
        """unclear unknown poorly_understood controversial debate little_is_known not_known future
        not_(?:been_)?(?:fully|well|clearly|yet) (?:remains?|needs?)_to_be important_to hypothes
        further_(?:stud|research|investigat) search_terms database overview in_recent_years
        (?:is|are)_an?_(?:common|major|leading|growing) one_of_the_most_(?:common|frequent)
        (?:basis|foundation|groundwork)_(?:to|for) will_(?:be|explore|assess|evaluate|help|provide)
        """,
        """目的 旨在 探讨 考察 本文 为了 ^为 试图 设计了 笔者 (?:总结|报告|报道)如下 拟[对从就以在]
        随机分 选取 选择 纳入 采用 运用 利用 收集 采集 分析了 研究了 介绍了 综述 阐述 论述 近年来
        (?:依据|参考|基础)。?$ 日益 深受 备受 越来越 引起[^,，。]{0,8}关注 尚不 有待 亟待 值得 对策
        建议""",
    ).pattern,
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(
    r"(?:it|they|this|these|those|that|he|she|such|both|however|therefore|thus|hence|moreover"
    r"|furthermore|in addition|additionally|also|but|and|nevertheless|consequently|similarly"
    r"|conversely|in contrast)\b(?! (?:results?|findings?|data|meta|systematic|review|evidence))"
    "|但|因此|此外|同时|另外|而且|并且|其[^他中次]|这|该|所以|然而|从而",
    re.IGNORECASE,
)


def wanted(question: str) -> Sequence[re.Pattern[str]]:
    """What every answer to `question` has in it: a cause, a number, a definition."""
    return [answer for asks, answer in _WANTED if asks.search(question)]


def telling(head: str, place: float, sentence: str, wanted: Sequence[re.Pattern[str]]) -> float:
    """How likely a sentence says what was found, by where it stands and how it is put."""
    if not head:
        factor = 0.65 + 0.45 * place
    elif _CONCLUDES.search(head):
        factor = 1.2
    elif _REPORTS.search(head):
        factor = 1.0
    else:
        factor = 0.0 if _PREPARES.search(head) else 0.5
    finds, seeks = _FINDS.search(sentence), _SEEKS.search(sentence)
    factor *= 1.1 if finds else 0.7
    if seeks:
        # "It helped, but more research is needed" still says that it helped.
        factor *= 0.7 if finds and finds.start() < seeks.start() else 0.4
    factor *= 0.8 if _LEANS_BACK.match(sentence) else 1.0
    factor *= 1.0 if all(pattern.search(sentence) for pattern in wanted) else 0.5
    # A long sentence has many words by chance.
    return factor * (1 - max(0, columns(sentence) - 120) / 800)
