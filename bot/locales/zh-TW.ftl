# 繁體中文（臺灣）。數字按中文習慣書寫。

heading = 相似文獻 · Similar literature
found = 共查詢到 { $count } 條相似文獻，搜尋用時 { $ms } 毫秒
took = 搜尋用時 { $ms } 毫秒
extracts = 以下為原文摘錄。
extracts-in-bold = 以下為摘錄，命中詞加粗
quoted = 「{ $text }」
neighbours-of = #{ $id } 的相似文獻
matched = 命中：{ $words }
no-title = 原記錄無題名，以上為摘要開頭
no-abstract = 原記錄無摘要。
summary-short = { $by } 撰寫的概要
summary-note = 以上概要由 { $by } 撰寫，並非原文摘要。
summary-note-translated = 以上概要與譯文由 { $by } 撰寫，並非原文摘要。
cut-note = …… 摘要較長，此處截斷。
searched = 已檢索 { NUMBER($papers) } 篇文獻
nothing = 沒有找到相似文獻。
nothing-unknown = 庫中沒有文獻含有：{ $words }。
nothing-filtered = 庫中有與之相關的文獻，但均不符合篩選條件。
nothing-common = 問題中沒有可用於檢索的詞。
nothing-try = 換幾個詞，或給出更長的一段話、整篇摘要再試，中英文均可。
demo-note = 來自內建的示例文獻庫（{ NUMBER($papers) } 篇）。匯入自己的文獻：similit import 檔案…

button-similar = 相似文獻
button-open = 開啟
button-cite = 引用
menu-open = 開啟一篇文獻…
untitled = （無題名）{ $text }
year-unknown = 年份不詳
cite-heading = 引用本文

empty-question = 請貼上一段摘要、題名、DOI、幾個關鍵字，或者提一個問題。
empty-question-shell = 沒有收到問題。命令列會丟掉未加引號的 #12：請寫 12、paper:12 或 '#12'。
paper-not-found = 本文獻庫中沒有 { $reference }。也可以用題名或其開頭幾個詞查詢。
question-gone = 這份列表對應的問題已不再儲存（只儲存 { $days } 天）。請重新提問，列表即會恢復。
not-allowed = 本機器人僅服務於指定伺服器或身分組的成員，詳情請洽管理員。
role-mention = 剛才提及的是機器人的身分組，此時 Discord 不會把文字交給它。請直接提及機器人，或使用 /similar。
mention-empty = 請在提及我的同時寫下問題，或使用 /similar。Discord 只讓我看到提及我的內容。
failed = 出了點問題，請再試一次；若仍如此，請把這個代碼告訴管理員：{ $code }。
attachment-too-big = 文字太長：最多可讀取 { NUMBER($limit) } 位元組。
attachment-not-text = 目前僅支援純文字：請直接貼上，或附上 .txt 檔案。

command-similar = 查詢相似文獻：可輸入摘要、題名、DOI、關鍵字或問題
option-text = 摘要、題名、DOI、#12、關鍵字或問題，中英文均可
option-count = 傳回多少篇（預設 20）
option-private = 僅自己可見
command-paper = 開啟庫中的一篇文獻
option-paper = 題名、DOI 或 #12
menu-similar = Similar literature · 相似文獻

no-token = 沒有 Discord 權杖：請在 Discord 開發人員平台中應用程式的「Bot」頁面取得權杖，設為環境變數 DISCORD_TOKEN，或在設定檔中用 token_file 指定存放它的檔案。沒有權杖時，可用 `similit chat` 在此進行同樣的對話。
bad-token = Discord 拒絕了該權杖：請在應用程式的「Bot」頁面重新生成，並設定 DISCORD_TOKEN。
no-connection = 無法連線 Discord：{ $reason }。需要代理時，請在設定檔中設定 [discord] proxy。
library-busy = 已有另一個機器人在使用這個文獻庫（{ $holder }）。
invite = 邀請連結：{ $url }
running = { $name } 已上線：{ NUMBER($papers) } 篇文獻，{ $guilds } 個伺服器。
stopping = 已停止。

chat-hello = 共 { NUMBER($papers) } 篇文獻。請直接提問；然後可用 `相似 3`、`開啟 3`、`更多`。輸入 `退出` 結束。
chat-prompt = 提問> 
chat-no-list = 還沒有列表：請先提問。
chat-no-item = 列表中沒有第 { $number } 條：只有 1 到 { $last }。
chat-no-more = 已經全部列出。
chat-page = { $page } / { $pages }
chat-more-hint = 「更多」看下一頁 · 「相似 N」 · 「開啟 N」
chat-bye = 再見。

import-reading = 正在讀取 { $file }
import-indexing = 正在建立索引
import-done = 新增 { NUMBER($added) } 篇，合併 { NUMBER($merged) } 條，已有 { NUMBER($known) } 條，跳過 { NUMBER($skipped) } 條。文獻庫現有 { NUMBER($papers) } 篇。
import-no-abstract = 其中 { NUMBER($count) } 篇沒有摘要：已保留，可按題名查到。
import-merged = { $file }，第 { $record } 條（第 { $line } 行）：已合併，{ $reason }
import-skipped = { $file }，第 { $record } 條（第 { $line } 行）：已跳過，{ $reason }
import-more = …… 另有 { NUMBER($count) } 條：用 --json 檢視全部。
import-failed = { $reason }：該檔案未匯入任何內容。

show-authors = 作者
show-published = 出處
show-identifiers = 標識
show-keywords = 關鍵字
show-subjects = 學科
show-affiliations = 機構
show-language = 語種
show-other = 其他欄位

stats-papers = 文獻
stats-records = 來源記錄
stats-no-abstract = 無摘要
stats-no-title = 無題名
stats-languages = 語種
stats-years = 年份
stats-library = 文獻庫
stats-version = 版本

check-config = 設定檔
check-config-none = 無：使用預設值（見 config.example.toml）
check-library = 文獻庫
check-library-demo = { $path } 為空：由示例文獻庫作答
check-library-papers = { $path }：{ NUMBER($papers) } 篇文獻
check-index = 索引
check-index-current = 最新
check-index-missing = 缺失：首次提問時自動建立
check-index-torn = 損壞：首次提問時自動重建
check-token = Discord 權杖
check-token-found = 已找到（未驗證）
check-token-missing = 缺失：請設定 DISCORD_TOKEN，或設定檔中的 token_file
check-invite = 邀請連結
check-invite-unknown = 設定權杖後顯示
