# 简体中文。数字按中文习惯书写。

heading = 相似文献 · Similar literature
found = 共查询到 { $count } 条相似文献，搜索用时 { $ms } 毫秒
took = 搜索用时 { $ms } 毫秒
extracts = 以下为原文摘录。
extracts-in-bold = 以下为摘录，命中词加粗
quoted = “{ $text }”
neighbours-of = #{ $id } 的相似文献
matched = 命中：{ $words }
no-title = 原记录无题名，以上为摘要开头
no-abstract = 原记录无摘要。
summary-short = { $by } 撰写的概要
summary-note = 以上概要由 { $by } 撰写，并非原文摘要。
summary-note-translated = 以上概要与译文由 { $by } 撰写，并非原文摘要。
cut-note = …… 摘要较长，此处截断。
searched = 已检索 { NUMBER($papers) } 篇文献
nothing = 没有找到相似文献。
nothing-unknown = 库中没有文献含有：{ $words }。
nothing-filtered = 库中有与之相关的文献，但均不符合筛选条件。
nothing-common = 问题中没有可用于检索的词。
nothing-try = 换几个词，或给出更长的一段话、整篇摘要再试，中英文均可。
demo-note = 来自内置的示例文献库（{ NUMBER($papers) } 篇）。导入自己的文献：similit import 文件…

button-similar = 相似文献
button-open = 打开
button-cite = 引用
menu-open = 打开一篇文献…
untitled = （无题名）{ $text }
year-unknown = 年份不详
cite-heading = 引用本文

empty-question = 请粘贴一段摘要、题名、DOI、几个关键词，或者提一个问题。
empty-question-shell = 没有收到问题。命令行会丢掉未加引号的 #12：请写 12、paper:12 或 '#12'。
paper-not-found = 本文献库中没有 { $reference }。也可以用题名或其开头几个词查找。
question-gone = 这份列表对应的问题已不再保存（只保存 { $days } 天）。请重新提问，列表即会恢复。
not-allowed = 本机器人仅服务于指定服务器或身份组的成员，详情请咨询管理员。
role-mention = 刚才提及的是机器人的身份组，此时 Discord 不会把文字交给它。请直接提及机器人，或使用 /similar。
mention-empty = 请在提及我的同时写下问题，或使用 /similar。Discord 只让我看到提及我的内容。
failed = 出了点问题，请再试一次；若仍如此，请把这个代码告诉管理员：{ $code }。
attachment-too-big = 文字太长：最多可读取 { NUMBER($limit) } 字节。
attachment-not-text = 目前仅支持纯文本：请直接粘贴，或附上 .txt 文件。

command-similar = 查找相似文献：可输入摘要、题名、DOI、关键词或问题
option-text = 摘要、题名、DOI、#12、关键词或问题，中英文均可
option-count = 返回多少篇（默认 20）
option-private = 仅自己可见
command-paper = 打开库中的一篇文献
option-paper = 题名、DOI 或 #12
menu-similar = Similar literature · 相似文献

no-token = 没有 Discord 令牌：请在 Discord 开发者后台应用的 “Bot” 页面取得令牌，设为环境变量 DISCORD_TOKEN，或在配置中用 token_file 指定存放它的文件。没有令牌时，可用 `similit chat` 在此进行同样的对话。
bad-token = Discord 拒绝了该令牌：请在应用的 “Bot” 页面重新生成，并设置 DISCORD_TOKEN。
no-connection = 无法连接 Discord：{ $reason }。需要代理时，请在配置中设置 [discord] proxy。
library-busy = 已有另一个机器人在使用这个文献库（{ $holder }）。
invite = 邀请链接：{ $url }
running = { $name } 已上线：{ NUMBER($papers) } 篇文献，{ $guilds } 个服务器。
stopping = 已停止。

chat-hello = 共 { NUMBER($papers) } 篇文献。请直接提问；然后可用 `相似 3`、`打开 3`、`更多`。输入 `退出` 结束。
chat-prompt = 提问> 
chat-no-list = 还没有列表：请先提问。
chat-no-item = 列表中没有第 { $number } 条：只有 1 到 { $last }。
chat-no-more = 已经全部列出。
chat-page = { $page } / { $pages }
chat-more-hint = “更多”看下一页 · “相似 N” · “打开 N”
chat-bye = 再见。

import-reading = 正在读取 { $file }
import-indexing = 正在建立索引
import-done = 新增 { NUMBER($added) } 篇，合并 { NUMBER($merged) } 条，已有 { NUMBER($known) } 条，跳过 { NUMBER($skipped) } 条。文献库现有 { NUMBER($papers) } 篇。
import-no-abstract = 其中 { NUMBER($count) } 篇没有摘要：已保留，可按题名查到。
import-merged = { $file }，第 { $record } 条（第 { $line } 行）：已合并，{ $reason }
import-skipped = { $file }，第 { $record } 条（第 { $line } 行）：已跳过，{ $reason }
import-more = …… 另有 { NUMBER($count) } 条：用 --json 查看全部。
import-failed = { $reason }：该文件未导入任何内容。

show-authors = 作者
show-published = 出处
show-identifiers = 标识
show-keywords = 关键词
show-subjects = 学科
show-affiliations = 机构
show-language = 语种
show-other = 其他字段

stats-papers = 文献
stats-records = 来源记录
stats-no-abstract = 无摘要
stats-no-title = 无题名
stats-languages = 语种
stats-years = 年份
stats-library = 文献库
stats-version = 版本

check-config = 配置
check-config-none = 无：使用默认值（见 config.example.toml）
check-library = 文献库
check-library-demo = { $path } 为空：由示例文献库作答
check-library-papers = { $path }：{ NUMBER($papers) } 篇文献
check-index = 索引
check-index-current = 最新
check-index-missing = 缺失：首次提问时自动建立
check-index-torn = 损坏：首次提问时自动重建
check-token = Discord 令牌
check-token-found = 已找到（未验证）
check-token-missing = 缺失：请设置 DISCORD_TOKEN，或配置中的 token_file
check-invite = 邀请链接
check-invite-unknown = 设置令牌后显示
