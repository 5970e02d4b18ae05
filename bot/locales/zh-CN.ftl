# 简体中文。数字按中文习惯书写。

heading = 相似文献 · Similar literature
found = 共查询到 { $count } 条相似文献，搜索用时 { $ms } 毫秒
took = 搜索用时 { $ms } 毫秒
extracts = 以下为原文摘录。
extracts-in-bold = 以下为摘录，命中词加粗
quoted = “{ $text }”
answer-note = 文献中的相关论述 · 均为原文引用，编号对应下方列表
answer-note-summaries = 文献概要中的相关论述 · 均为概要原句，编号对应下方列表
neighbours-of = #{ $id } 的相似文献
seeds-missing = 本文献库中没有：{ $papers }
matched = 命中：{ $words }
across = ⇄ { $words }
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
nothing-allowed = 库中没有同时符合这些条件的文献。
line-not-closed = 此处引号没有闭合：{ $said }
line-no-value = 此处没有写明要查找的内容：{ $said }
line-not-excluded = 减号只能排除词或加引号的短语，不能用于字段：{ $said }
line-twice = 该字段前面已出现过：{ $said }
line-no-year = 无法识别的年份：{ $said }。可写作 2015、2010..2021、2010.. 或 ..2021。
line-backwards = 起始年份晚于结束年份：{ $said }
line-no-sort = 只能按相似度或年份排序，不能按：{ $said }
line-no-language = 无法识别的语言：{ $said }。可写作 en、zh 或其他两位字母的语言代码。
line-no-field = 此处只能填字段、加引号的短语和带减号的词，不能填：{ $said }
line-too-many = 一次最多给出 50 篇文献，从这里起超出了：{ $said }
nothing-try = 换几个词，或给出更长的一段话、整篇摘要再试，中英文均可。
demo-note = 来自内置的示例文献库（{ NUMBER($papers) } 篇）。导入自己的文献：similit import 文件…

button-similar = 相似文献
button-open = 打开
button-cite = 引用
button-why = 为何命中
button-export = 导出
button-refine = 筛选
menu-open = 打开一篇文献…
menu-export = 选择格式…
menu-export-page = 本页：选择格式…
menu-export-all = 查到的全部文献：选择格式…
export-heading = 导出这些文献
export-heading-one = 导出 #{ $id }
exported = { NUMBER($papers) } 篇文献，{ $format } 格式。
export-ris = 通用，各种文献管理软件
export-bibtex = 用于 LaTeX
export-csl-json = 用于 Zotero、pandoc 等
export-csv = 用于 Excel 等表格
export-jsonl = 全部字段，每行一篇
export-apa = 社会科学常用参考文献格式
export-vancouver = 医学常用参考文献格式
export-gb-t-7714 = 国内期刊参考文献格式
untitled = （无题名）{ $text }
year-unknown = 年份不详
cite-heading = 引用本文
why-heading = #{ $id } 为何命中
why-word = 问题中的词
why-translation = “{ $word }”的译词
why-feedback = 取自最相似的文献
why-liked = 取自您认可的文献
why-pairs = 字对
why-others = 其余 { $count } 项
why-score = 得分
why-gone = 现在用这个问题已查不到 #{ $id }。
refine-title = 筛选这份列表
refine-question = 问题
refine-years = 年份
refine-years-how = 2015、2010..2021、2010.. 或 ..2021
refine-author = 作者
refine-journal = 期刊
refine-more = 更多条件
refine-more-how = 标题：… 关键词：… 语言：zh 排序：年份 “短语” -排除的词

empty-question = 请粘贴一段摘要、题名、DOI、几个关键词，或者提一个问题。
empty-question-shell = 没有收到问题。命令行会丢掉未加引号的 #12：请写 12、paper:12 或 '#12'。
paper-not-found = 本文献库中没有 { $reference }。也可以用题名或其开头几个词查找。
question-gone = 这份列表对应的问题已不再保存（只保存 { $days } 天）。请重新提问，列表即会恢复。
not-allowed = 本机器人仅服务于指定服务器或身份组的成员，详情请咨询管理员。
role-mention = 刚才提及的是机器人的身份组，此时 Discord 不会把文字交给它。请直接提及机器人，或使用 /similar。
mention-empty = 请在提及我的同时写下问题，或使用 /similar。Discord 只让我看到提及我的内容。
failed = 出了点问题，请再试一次；若仍如此，请把这个代码告诉管理员：{ $code }。
file-too-large = 文件太大：此类文件最多可读取 { NUMBER($limit) } 字节。
file-unreadable = 无法用这个文件提问：请直接粘贴文字，或附上 .txt、.pdf，或 .ris、.bib、.nbib 等题录文件。
file-pdf-missing = 这里无法读取 PDF，因为没有安装 pypdf（pip install 'similit[pdf]'）：请直接粘贴摘要。
file-pdf-damaged = 该 PDF 已损坏或有密码保护：请直接粘贴摘要。
file-pdf-scan = 该 PDF 没有文字，只有页面图像：请直接粘贴摘要。

command-similar = 查找相似文献：可输入摘要、题名、DOI、关键词或问题
option-text = 摘要、题名、DOI、#12、关键词或问题，中英文均可
option-count = 返回多少篇（默认 20）
option-private = 仅自己可见
command-paper = 打开库中的一篇文献
option-paper = 题名、DOI 或 #12
command-search = 高级检索：按标题、作者、期刊、关键词、年份或语言查找
option-words = 文献的内容：词、问题或摘要
option-title = 标题中的字词
option-author = 作者姓名或其中一部分
option-journal = 期刊名称或其中一部分
option-keyword = 关键词或其中一部分
option-from = 起始年份
option-to = 结束年份
option-language = 语言：en、zh 或其他两位字母的代码
option-without = 要排除的词，以逗号分隔
option-sort = 列表的排序方式
sort-similarity = 最相似的在前
sort-year = 最新的在前
menu-similar = Similar literature · 相似文献

button-save = 收藏
button-note = 备注…
button-read = 标为已读
button-unread = 标为未读
button-delete-list = 删除清单
button-delete-sure = 确认删除
button-hide-saved = 在我的结果中隐藏已收藏的文献
button-show-saved = 在我的结果中显示已收藏的文献
menu-list = 打开一个清单…
menu-list-paper = 选择清单中的一篇文献…
menu-put = 选择收藏到哪些清单…
lists-heading = 阅读清单
lists-none = 这里还没有清单。打开一篇文献后按“收藏”，或使用 /list save。
lists-none-shell = 还没有清单：`similit list save 12` 可收藏 #12。
list-default = 阅读清单
list-saved-in = 已收藏到：{ $names }
list-not-saved = 不在你的任何清单中。
list-new = 新建清单…
list-new-name = 清单名称
list-note = 备注
list-note-title = 备注与标签
list-tags = 标签，用空格或逗号分隔
list-read = 已读
list-private = 仅自己可见
list-shared = 已在本频道共享
list-shared-elsewhere = 已在其他频道共享
list-papers = { NUMBER($count) } 篇文献
list-empty = 清单中还没有文献。
list-hidden = 查询结果中已隐藏你收藏的文献。
list-delete-sure = 要删除清单“{ $name }”及其中的 { NUMBER($count) } 篇文献记录吗？此操作无法撤销。
list-deleted = 已删除清单“{ $name }”。
list-removed = 已将 #{ $id } 移出“{ $name }”。
list-not-in = “{ $name }”中没有 #{ $id }。
list-paper-gone = #{ $id } 已不在文献库中
list-unshared = “{ $name }”现在仅自己可见。
list-share-where = 清单只能共享到服务器的频道：请在该频道中使用此命令。
list-not-shared = “{ $name }”没有在本频道共享，只能给你自己看：请保留 private 选项，或先共享它。
list-gone = 这个清单已不存在。
list-missing = 这里没有你能看到的清单“{ $name }”。
list-not-yours = 这是别人的清单，只有其所有者才能这样做。
list-too-many = 你已有 { $most } 个清单，请先删除一个。
list-full = 一个清单最多收藏 { NUMBER($most) } 篇文献。
command-list = 阅读清单：自己的，或在频道中共享的
command-list-show = 查看一个清单，或全部清单
command-list-save = 收藏一篇文献，可加备注与标签
command-list-remove = 将文献移出清单，或删除清单
command-list-share = 在本频道共享清单：此处所有人都可查看和添加
command-list-export = 导出清单，供文献管理软件使用
option-list = 清单名称
option-list-new = 清单名称；新名称会新建清单（默认为上次使用的清单）
option-list-paper = 要移出的文献；不填则删除整个清单
option-stop = 停止共享
option-format = 文件格式（默认 RIS）

watch-list = 清单“{ $name }”中文献的相似文献
watch-paper = #{ $id } · { $title } 的相似文献
watch-gone = 这个订阅已结束。
watch-too-many = 你已有 { $most } 个订阅，请先结束一个。
watch-what = 请说明要订阅什么：一段文字、一篇文献，或你的一个清单。
watch-zone = 没有时区 { $name }：请填写如 Asia/Shanghai、Europe/London 的名称。
watch-set = 已订阅 { $about }：有新文献时{ $pace }告诉你。
watch-set-here = 已订阅 { $about }：有新文献时{ $pace }告知本频道。
watch-now = 立即
watch-daily = 每日
watch-weekly = 每周一
watch-next = 下次：{ $at }（{ $zone }）
watches-heading = 订阅
watches-none = 你还没有订阅：使用 /watch add，或打开一篇文献后按“订阅”。
watches-none-shell = 还没有订阅：`similit watch add 同伴支持`。
watch-here = 推送到频道
watch-alone = 推送给你
watch-ended = 已结束订阅：{ $about }。
watch-nothing-new = 没有新文献。
digest-heading = 新文献
digest-count = { NUMBER($count) } 篇新文献
button-watch = 订阅
button-end-watch = 结束此订阅
menu-end-watch = 结束一个订阅…
command-watch = 订阅：有符合的新文献时得到通知
command-watch-add = 订阅一个问题、一篇文献或一个清单：有符合的新文献入库时通知你
command-watch-show = 查看或结束你的订阅
option-watch-text = 问题、摘要、关键词，或一篇文献的题名、DOI、#12
option-watch-list = 清单：与其中文献相似的文献
option-pace = 通知频率（默认每日）
option-here = 通知本频道，而不只是你
option-zone = 你的时区，如 Asia/Shanghai

privacy-heading = 保存的与你有关的内容
privacy-none = 没有保存任何与你有关的内容。
privacy-lists = 阅读清单
privacy-saved = 清单中收藏的文献及备注、标签
privacy-readings = 标为已读的文献
privacy-preferences = 偏好设置
privacy-shown = 最近看到的列表（供后续对话使用）
privacy-watches = 订阅
privacy-digests = 新文献推送
privacy-told = 订阅已告知的文献
privacy-met = 你曾私信过机器人
privacy-pending = 等待确认添加的文件
privacy-chosen = 由哪个文献库回答你的私信
privacy-note = 文件中逐字列出全部内容。列表对应的问题保存 { $days } 天，不记录提问者；你最近看到哪些列表，也保存同样久。
privacy-note-shell = --json 逐字输出全部内容；`similit privacy erase` 可全部删除。
privacy-sure = 要全部删除吗？你共享给频道的清单也会删除，且无法恢复。
privacy-erased = 已删除，现在没有保存任何与你有关的内容；管理员此前所做的备份中可能仍有。
button-erase = 全部删除
button-erase-sure = 确认永久删除
command-privacy = 查看并删除保存的与你有关的全部内容

pace = 你问得太快了，请等 { $seconds } 秒再问，谢谢。
failed-busy = 文献库正在写入，请稍等一分钟再试；若仍如此，请把这个代码告诉管理员：{ $code }。
failed-library = 暂时无法读取文献库。请把这个代码告诉管理员，并请其运行 `similit check`：{ $code }。
failed-discord = Discord 没有接受这个回复。请再试一次，或缩小范围；若仍如此，请把这个代码告诉管理员：{ $code }。

no-token = 没有 Discord 令牌：请在 Discord 开发者后台应用的 “Bot” 页面取得令牌，设为环境变量 DISCORD_TOKEN，或在配置中用 token_file 指定存放它的文件。没有令牌时，可用 `similit chat` 在此进行同样的对话。
bad-token = Discord 拒绝了该令牌：请在应用的 “Bot” 页面重新生成，并设置 DISCORD_TOKEN。
no-connection = 无法连接 Discord：{ $reason }。需要代理时，请在配置中设置 [discord] proxy。
library-busy = 已有另一个机器人在使用这个文献库（{ $holder }）。
invite = 邀请链接：{ $url }
running = { $name } 已上线：{ NUMBER($papers) } 篇文献，{ $guilds } 个服务器。
stopping = 已停止。

chat-hello = 共 { NUMBER($papers) } 篇文献。请直接提问；然后可用 `相似 3`、`打开 3`、`为何 3`、`收藏 3`、`更多`。输入 `退出` 结束。
chat-prompt = 提问> 
chat-no-list = 还没有列表：请先提问。
chat-no-item = 列表中没有第 { $number } 条：只有 1 到 { $last }。
chat-no-more = 已经全部列出。
chat-page = { $page } / { $pages }
chat-more-hint = “更多”看下一页 · “相似 N” · “打开 N” · “为何 N”
chat-bye = 再见。
talk-searched = 未能理解为对列表的操作，已按问题检索。输入 `帮助` 可查看说法。
talk-help = 有了列表之后可以说：`相似 3`、`打开 3`、`为何 3`、`引用 3 APA`、`收藏 3`、`更多`、`返回`、`只要 2015-2020`、`不要 精神分裂`、`像 2 和 5，不像 4`；随时可说：`浏览 关键词`。其他文字都作为问题检索。
talk-saved = 已收藏：#{ $id }。
talk-no-style = 参考文献格式可选 APA、温哥华（Vancouver）和 GB/T 7714。
talk-no-earlier = 之前没有列表了。

import-reading = 正在读取 { $file }
import-indexing = 正在建立索引
import-fetching = 正在从 { $file } 抓取
import-done = 新增 { NUMBER($added) } 篇，合并 { NUMBER($merged) } 条，已有 { NUMBER($known) } 条，跳过 { NUMBER($skipped) } 条。文献库现有 { NUMBER($papers) } 篇。
import-no-abstract = 其中 { NUMBER($count) } 篇没有摘要：已保留，可按题名查到。
import-merged = { $file }，第 { $record } 条（第 { $line } 行）：已合并，{ $reason }
import-skipped = { $file }，第 { $record } 条（第 { $line } 行）：已跳过，{ $reason }
import-more = …… 另有 { NUMBER($count) } 条：用 --json 查看全部。
import-failed = { $reason }。该文件未导入任何内容。
import-dry-run = 试运行：以上内容均未保存。
import-encoding = { $file } 按 { $encoding } 读取：如有误，请用 --encoding 指定编码。
import-no-files = 请指定要导入的文件，或用 --undo 撤销上一次导入。

reason-nameless = 无题名、摘要和 DOI
reason-no-field = 各字段均无内容
reason-no-object = 不是 JSON 对象
reason-not-json = 不是有效的 JSON：{ $why }
reason-nested = 嵌套层次过深
reason-cut-off = 内容不完整，可能被截断
reason-xml-cut-off = XML 不完整，可能被截断
reason-no-end = 记录没有结束标记（{ $mark }）
reason-brace = 条目没有结束：花括号或引号未闭合
reason-quotation = 引号未闭合，文件可能被截断
reason-item-empty = 该条目为空
reason-same = 与 #{ $number } 为同一文献：{ $title }
reason-empty = { $file } 是空文件
reason-no-format = 无法识别 { $file } 的格式（可读取：{ $known }）
reason-folder = { $file } 是文件夹，请指定其中的文件
reason-unread = 无法读取 { $file }：{ $why }
reason-missing = 文件不存在
reason-denied = 没有读取权限
reason-damaged = 文件已损坏（{ $what }）
reason-not-text = { $file } 不是文本文件
reason-inner-archive = { $file } 是压缩包内的 { $kind } 压缩包，请先解压
reason-archive = { $file } 是 { $kind } 压缩包，请先解压
reason-too-large = { $file } 解压后超过 { $most } MB，不像是文本，请先自行解压
reason-locked = { $file } 有密码保护，请先解压
reason-office = { $file } 是 Office 文档，请另存为 CSV 后再导入
reason-no-encoding = 无法确定 { $file } 的编码：最接近 { $encoding }，但第 { $line } 行（第 { $byte } 字节）不符
reason-not-encoding = { $file } 不是 { $encoding } 编码：第 { $line } 行（第 { $byte } 字节）不符
reason-unknown-encoding = 没有名为 { $name } 的编码，可用的有 { $known }
reason-long-line = { $file } 第 { $line } 行超过 { $most }00 万个字符
reason-long-record = 有一条记录超过 { $most }00 万个字符
reason-large-record = 从第 { $line } 行开始的记录过大，不可能是一篇文献
reason-in-line = { $file }，第 { $line } 行：{ $why }

fetch-goes-on = 已抓取的内容保留着：再次运行同一命令即可继续。
fetch-missing = 该服务中没有：{ $ids }
fetch-more = 该服务共有 { NUMBER($total) } 篇，已抓取 { NUMBER($got) } 篇：可用 --max N 抓取更多。
undo-nothing = 没有可以撤销的导入。
undo-done = 已撤销 { $at } 的导入（{ $sources }）：移除 { NUMBER($removed) } 篇，复原 { NUMBER($restored) } 篇。文献库现有 { NUMBER($papers) } 篇。
removed = 已移除 #{ $number }：{ $title }
export-all-alone = --all 会导出全部文献：只要检索结果请去掉 --all，要全部文献请去掉检索文字。
export-all-top = --all 会导出全部文献，--top 只导出前几篇：请去掉其中之一。
backup-done = 已备份到 { $file }。
restore-done = 已恢复 { $file }。文献库现有 { NUMBER($papers) } 篇。

browse-heading = 按{ $kind ->
    [subject] 学科
    [keyword] 关键词
    [journal] 期刊
   *[year] 年份
}浏览
browse-kind = { $kind ->
    [subject] 学科
    [keyword] 关键词
    [journal] 期刊
   *[year] 年份
}
browse-kinds = { $kind ->
    [subject] 学科
    [keyword] 关键词
    [journal] 期刊
   *[year] 年份
}
browse-counted = { $kind ->
    [subject] { $count ->
        [0] 库中文献均未记录学科。
       *[other] 共 { NUMBER($count) } 个学科
    }
    [keyword] { $count ->
        [0] 库中文献均未记录关键词。
       *[other] 共 { NUMBER($count) } 个关键词
    }
    [journal] { $count ->
        [0] 库中文献均未记录期刊。
       *[other] 共 { NUMBER($count) } 种期刊
    }
   *[year] { $count ->
        [0] 库中文献均未记录年份。
       *[other] 共 { NUMBER($count) } 个年份
    }
}
browse-papers = { NUMBER($papers) } 篇文献 · 由新到旧
browse-count = { NUMBER($papers) } 篇文献
browse-choose = { $kind ->
    [subject] 查看某一学科的文献…
    [keyword] 查看某一关键词的文献…
    [journal] 查看某一期刊的文献…
   *[year] 查看某一年份的文献…
}
browse-on = 查看同学科、同期刊、同年份或同关键词的文献…
browse-more = { $page } / { $pages } · 用 --page N 查看其他页
topic-not-found = 库中没有学科、关键词、期刊或年份为“{ $name }”的文献。
command-browse = 按学科、关键词、期刊或年份浏览文献
option-browse-by = 浏览方式
option-browse-name = 学科、关键词、期刊或年份；留空则列出全部
browse-by-subject = 学科
browse-by-keyword = 关键词
browse-by-journal = 期刊
browse-by-year = 年份

help-heading = 我能做什么
help-ask = **随便问**：用 `/similar`、私信或提及我，给出摘要、题名、DOI、关键词或问题，中英文均可。我会列出库中最相似的文献，例如：
help-lead-on = 文献下方的 **相似文献** 会继续列出与它相似的文献；用菜单可打开文献，查看摘要、**引用** 与 **为何命中**，也可 **收藏** 或 **订阅**（见 `/list` 与 `/watch`）。
help-words = **也可以直接说**：在私信中或提及我。{ talk-help }
help-browse = 用 `/search` 按作者、题名、期刊或年份 **检索**；用 `/browse` 按学科、关键词、期刊或年份 **浏览**；用 `/paper` 打开一篇文献。
help-message = **对别人写的话**：右键消息 → 应用 → Similar literature。
help-private = `private:` 只让你自己看到回答。`/about` 说明库中有什么；`/privacy` 显示并可删除关于你的全部内容。
help-empty = 库中还没有文献。
help-example = “{ $text }”查到的第一篇：
help-try = 试试“{ $text }”
help-similar = 与它相似的文献
help-more = 还能做什么？
welcome = 你好！我帮你查找相似文献，库中现有 { NUMBER($papers) } 篇。
welcome-ask = 直接写给我：摘要、题名、DOI、几个关键词或一个问题，中英文均可。
welcome-lead-on = 点文献下方的 **相似文献** 可以继续查下去。你的提问不会与姓名一起保存。
welcome-empty = 你好！我帮你查找相似文献，不过库中还没有文献。
about-heading = 关于本机器人
about-version = 版本
about-papers = 文献
about-papers-here = { NUMBER($papers) } 篇
about-last-import = 最近一次导入
about-import = { $at }：{ NUMBER($papers) } 篇，来自 { $sources }
about-no-import = 尚未导入
about-stored = 保存的内容
about-stored-what = 文献；列表背后的问题（不记录提问者）以及各人最近看到的列表，保存 { $days } 天；在私信中问候过谁；以及各人收藏与订阅的内容。`/privacy` 可查看并删除与你有关的全部内容。
chat-help = 随便问：摘要、题名、DOI、几个关键词或一个问题，中英文均可。
chat-help-outside = `退出` 结束。对话之外：`similit browse` 按学科与关键词浏览，另有 `similit about`、`similit --help`。
command-help = 我能做什么：用库中的文献演示
command-about = 版本、文献数、最近一次导入，以及保存的内容

curate-preview = 将要添加
curate-report = 新增 { NUMBER($added) } 篇，合并到已有文献 { NUMBER($merged) } 条，已有 { NUMBER($known) } 条，跳过 { NUMBER($skipped) } 条。
curate-remark = 第 { $record } 条：{ $reason }
curate-more = …… 另有 { NUMBER($count) } 条。
curate-waits = 目前尚未保存：文件保留 { $hours } 小时等待确认。
curate-reading = 正在读取…… { NUMBER($done) }
curate-indexing = 正在建立索引…… { NUMBER($done) }
curate-added = 已添加
curate-papers = 文献库现有 { NUMBER($papers) } 篇。
curate-dropped = 没有保存任何内容。
curate-undone = 已撤销：移除 { NUMBER($removed) } 篇，恢复 { NUMBER($restored) } 篇。
curate-gone = 该文件已不再保留，请重新添加。
curate-not-last = 这已不是最近一次导入，而只有最近一次可以撤销：用 /undo 查看。
curate-not-yours = 最近一次导入不是在这里进行的：只有管理员可以撤销。
curate-not-allowed = 添加文献需要相应的身份组，详情请咨询管理员。
curate-nothing = 请给出 DOI 或 PMID，粘贴一条参考文献，或附上题录文件。
curate-no-reference = 这条参考文献中没有 DOI 或 PMID。请查到 DOI 后粘贴，或附上题录文件。
curate-unknown = 该服务没有 { $ids } 对应的文献。
curate-unavailable = 无法查询该文献：{ $reason }。
button-keep = 保存
button-drop = 不保存
button-undo = 撤销
command-add = 添加文献：DOI、PMID、参考文献或题录文件（限管理文献者）
command-undo = 撤销最近一次导入（限管理文献者）
option-reference = DOI、PMID、链接，或含有它们的参考文献
option-add-file = 题录文件：.ris、.bib、.nbib、.xml、.csv、.zip 等

place-which = 你加入的多个服务器在这里都有文献库。私信由哪一个的文献库回答？请先选择，再重新提问；以后可用 /library 更改。
place-chosen = 从现在起，这里由 { $name } 的文献库回答。请提问。
place-old = 这些按钮所属的文献库现在不对你开放，或来自各服务器拥有独立文献库之前：请重新提问。
place-old-list = 那个列表不属于现在在这里回答的文献库：请重新提问。
place-only = 这里只有一个文献库可用，无需选择。
command-library = 选择由哪个服务器的文献库回答你的私信

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
stats-merged = 合并的记录
stats-no-abstract = 无摘要
stats-no-title = 无题名
stats-languages = 语种
stats-years = 年份
stats-sources = 来源
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
check-glossary = 自备词汇表
check-glossary-none = 无：使用内置词汇表
check-token = Discord 令牌
check-token-found = 已找到（未验证）
check-token-missing = 缺失：请设置 DISCORD_TOKEN，或配置中的 token_file
check-invite = 邀请链接
check-invite-unknown = 设置令牌后显示
