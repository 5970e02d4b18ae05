"""Chinese words with which a title says what kind of paper it is, not what the paper is about.

An abstract rarely repeats them, so where papers have no titles they look rare and telling: 思考,
探析, 对策. They are written by hand, as terms are: folded, and cut as jieba cuts them.
"""

from __future__ import annotations

TITLING = frozenset(
    """
    论 略论 浅论 简论 试论 再论 谈 浅谈 浅议 刍议 初探 探讨 探析 探究 探索 讨论 研究 分析
    浅析 简析 试析 解析 剖析 辨析 评 评析 评述 述评 综述 概述 简介 审视 考 考察 调查 观察
    报告 回顾 展望 前景 趋势 动态 新动向 现状 近况 进展 新进展 研究进展 近年来 进程 历程 思考
    反思 认识 理解 阐释 解读 体会 经验 启示 讲究 问题 若干 几个 几点 原因 因素 对策 策略
    措施 建议 途径 路径 方法 思路 新思路 模式 机制 机理 影响 作用 关系 意义 特点 特征 应用
    发展 创新 改革 改进 完善 加强 提高 深化 推进 促进 围绕 进一步 构建 重构 设计 实现 实践
    比较 评价 综合 初步 合理 合理性 可行性 必要性 重要性 有效性 理论 实证 实验 试验 临床 疗效
    视角 视野 视域 基于 面向 相关 及其 为例 新 续
    """.split()
)
