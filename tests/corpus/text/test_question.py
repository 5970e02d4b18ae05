"""What is a question, and what is a title, keywords or an abstract."""

from __future__ import annotations

import gzip
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.question import is_question
from tests.data import DATA, needs_data


@pytest.mark.parametrize(
    "text",
    [
        "Does peer support reduce hospital admissions?",
        "does caffeine affect sleep quality",
        "What training and supervision do peer workers need?",
        "what is the prevalence of burnout among nurses",
        "What similarity laws must be obeyed when constructing heated models .",
        "How can one detect transition phenomena in boundary layers.",
        "how to teach statistics to nurses",
        "Which antibiotics are effective against MRSA?",
        "which therapies help people who hear voices",
        "Why do cancer cells prefer glycolysis?",
        "Is there evidence that exercise improves depression?",
        "is laparoscopic appendectomy better than open appendectomy",
        "Are women more likely than men to have adverse drug reactions?",
        "Can telemedicine reduce readmissions in heart failure?",
        "Should probiotics be taken before or after meals?",
        "In older adults, does exercise prevent falls",
        "among nurses what is the rate of burnout",
        "Peer support in hospitals: does it reduce admissions?",
        "I want to know whether peer support reduces admissions",
        "Please tell me how supervision works in peer support",
        "any evidence that mindfulness helps nurses",
        "whether statins prevent strokes",
        "I work with peer supporters in a hospital. What supervision do they need?",
        "Does exercise help with depression? I am looking for trials. Thanks!",
        "Hi, what do we know about loneliness in old age",
        "Is “peer support” effective?”",
        "What is 同伴支持?",
        "¿Reduce el apoyo entre pares los ingresos?",
        "DOES PEER SUPPORT WORK?!",
        "does peer support work ？",
    ],
)
def test_a_question_in_english(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "同伴支持能否减少住院？",
        "同伴支持能不能减少住院",
        "针灸治疗失眠有效吗",
        "针灸治疗失眠有效吗？谢谢",
        "高血压患者如何控制血压？",
        "如何开展质性研究",
        "哪些因素影响大学生的就业",
        "水泥土的强度受哪些因素影响",
        "干旱胁迫怎样影响玉米的光合作用",
        "为什么老年人容易跌倒",
        "护士的职业倦怠是什么原因造成的呢",
        "什么是形成性评价",
        "有没有证据表明运动能改善认知功能",
        "运动是否有助于缓解抑郁",
        "二甲双胍对肿瘤有何作用",
        "留守儿童的心理健康状况如何",
        "关于同伴支持有哪些研究",
        "论文中如何报告效应量",
        "请问同伴支持员需要什么培训。",
        "我是一名护士。夜班对睡眠有什么影响？",
        "外商直接投資是否促進了技術進步？",
        "為什麼護理人員容易職業倦怠",
        "針灸治療失眠有效嗎",
        "孩子不愿意上学怎么办",
        "BERT模型的参数量有多少",
    ],
)
def test_a_question_in_chinese(text: str) -> None:
    assert is_question(text)


ABSTRACT = (
    "Background: Peer workers are employed in many services. Does supervision help them to stay? "
    "Methods: We interviewed 24 peer workers. Results: Supervision helped. Conclusion: Peer "
    "workers need supervision that knows their role."
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "?",
        "??",
        "？！",
        "peer support, supervision, burnout",
        "supervision of peer workers",
        "10.1007/s00127-021-02038-4",
        "https://example.org/?q=peer support",
        "#12",
        "Does active learning work? A review of the research",
        "Is there a treatment for stroke? Clinical comparison in 300 patients.",
        "Peer support: what works for whom",
        "What Works in Peer Support Services",
        "Why Most Published Research Findings Are False",
        "Do not resuscitate orders in nursing homes",
        "Will to live in old age",
        "May measurement month 2019",
        "Can-do attitudes",
        "Articles on what you see is what you get systems.",
        "We asked what peer workers do.",
        "This study asks whether supervision helps. It does.",
        "The effect of M?=?15 on sleep",
        "When the treatment is repeated, the effect increases.",
        ABSTRACT,
        f"{ABSTRACT} Is this not what we hoped?",
        "浅谈如何提高课堂教学效果",
        "如何提高课堂教学效果的思考",
        "教师如何成为研究者——基于叙事的探究",
        "中国如何崛起：一个比较的视角",
        "探讨同伴支持是否能减少住院",
        "目的：考察运动是否有助于缓解抑郁。方法：随机对照试验。",
        "本文研究了大学生如何就业。",
        "无论年龄大小是否患病均可参加",
        "具有无穷时滞的随机微分方程",
        "几何画板在数学教学中的应用",
        "同伴支持 职业倦怠 质性研究",
        "烈女追日还是飞蛾扑火?——也谈电影《立春》中的人物形象",
    ],
)
def test_no_question(text: str) -> None:
    assert not is_question(text)


@given(st.text(max_size=300), st.sampled_from(["?", "？", "", "。", "."]))
def test_any_text_is_one_or_not(text: str, end: str) -> None:
    assert is_question(text + end) in (True, False)


@given(st.sampled_from(["Does it work? ", "有效吗？", "What is it. "]), st.integers(5, 60))
def test_what_is_long_is_no_question(sentence: str, times: int) -> None:
    assert not is_question(sentence * times)


@pytest.mark.parametrize("part", ["so ", "what ", "is, ", "e\u0301", "?", "(", "how a ", "哪"])
def test_no_text_takes_long(part: str) -> None:
    began = time.process_time()
    is_question(part * 20_000)
    is_question(part * 40 + "end")
    assert time.process_time() - began < 1


@needs_data
@pytest.mark.parametrize(("name", "most"), [("pubmed", 3), ("zh", 12)])
def test_abstracts_are_no_questions(name: str, most: int) -> None:
    with gzip.open(DATA / name / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        abstracts = [json.loads(line)["abstract"] for line in file]
    assert sum(map(is_question, abstracts)) <= most


@needs_data
def test_titles_without_a_question_mark_are_seldom_questions() -> None:
    with gzip.open(DATA / "pubmed" / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        titles = [json.loads(line)["title"] or "" for line in file]
    unmarked = [title for title in titles if "?" not in title]
    assert len(unmarked) > 30_000
    assert sum(map(is_question, unmarked)) < 30


@needs_data
def test_questions_that_people_asked_are_seen() -> None:
    lines = (DATA / "cranfield" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    asking = [text for text in texts if text.split()[0] in ("what", "how", "can", "is", "does")]
    assert sum(map(is_question, asking)) > 0.9 * len(asking) > 100
