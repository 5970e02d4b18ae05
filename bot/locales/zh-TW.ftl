# 繁體中文（臺灣）。數字按中文習慣書寫。

heading = 相似文獻 · Similar literature
found = 共查詢到 { $count } 條相似文獻，搜尋用時 { $ms } 毫秒
took = 搜尋用時 { $ms } 毫秒
extracts = 以下為原文摘錄。
extracts-in-bold = 以下為摘錄，命中詞加粗
quoted = 「{ $text }」
answer-note = 文獻中的相關論述 · 均為原文引用，編號對應下方列表
answer-note-summaries = 文獻概要中的相關論述 · 均為概要原句，編號對應下方列表
neighbours-of = #{ $id } 的相似文獻
seeds-missing = 本文獻庫中沒有：{ $papers }
matched = 命中：{ $words }
across = ⇄ { $words }
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
nothing-allowed = 庫中沒有同時符合這些條件的文獻。
line-not-closed = 此處引號沒有閉合：{ $said }
line-no-value = 此處沒有寫明要查找的內容：{ $said }
line-not-excluded = 減號只能排除詞或加引號的短語，不能用於欄位：{ $said }
line-twice = 該欄位前面已出現過：{ $said }
line-no-year = 無法識別的年份：{ $said }。可寫作 2015、2010..2021、2010.. 或 ..2021。
line-backwards = 起始年份晚於結束年份：{ $said }
line-no-sort = 只能按相似度或年份排序，不能按：{ $said }
line-no-language = 無法識別的語言：{ $said }。可寫作 en、zh 或其他兩位字母的語言代碼。
line-no-field = 此處只能填欄位、加引號的短語和帶減號的詞，不能填：{ $said }
line-too-many = 一次最多給出 50 篇文獻，從這裡起超出了：{ $said }
nothing-try = 換幾個詞，或給出更長的一段話、整篇摘要再試，中英文均可。
demo-note = 來自內建的示例文獻庫（{ NUMBER($papers) } 篇）。匯入自己的文獻：similit import 檔案…

button-similar = 相似文獻
button-open = 開啟
button-cite = 引用
button-why = 為何命中
button-export = 匯出
button-refine = 篩選
menu-open = 開啟一篇文獻…
menu-export = 選擇格式…
menu-export-page = 本頁：選擇格式…
menu-export-all = 查到的全部文獻：選擇格式…
export-heading = 匯出這些文獻
export-heading-one = 匯出 #{ $id }
exported = { NUMBER($papers) } 篇文獻，{ $format } 格式。
export-ris = 通用，各種文獻管理軟體
export-bibtex = 用於 LaTeX
export-csl-json = 用於 Zotero、pandoc 等
export-csv = 用於 Excel 等表格
export-jsonl = 全部欄位，每行一篇
export-apa = 社會科學常用參考文獻格式
export-vancouver = 醫學常用參考文獻格式
export-gb-t-7714 = 大陸期刊參考文獻格式
untitled = （無題名）{ $text }
year-unknown = 年份不詳
cite-heading = 引用本文
why-heading = #{ $id } 為何命中
why-word = 問題中的詞
why-translation = 「{ $word }」的譯詞
why-feedback = 取自最相似的文獻
why-liked = 取自您認可的文獻
why-pairs = 字對
why-others = 其餘 { $count } 項
why-score = 得分
why-gone = 現在用這個問題已查不到 #{ $id }。
refine-title = 篩選這份列表
refine-question = 問題
refine-years = 年份
refine-years-how = 2015、2010..2021、2010.. 或 ..2021
refine-author = 作者
refine-journal = 期刊
refine-more = 更多條件
refine-more-how = 標題：… 關鍵詞：… 語言：zh 排序：年份 “短語” -排除的詞

empty-question = 請貼上一段摘要、題名、DOI、幾個關鍵字，或者提一個問題。
empty-question-shell = 沒有收到問題。命令列會丟掉未加引號的 #12：請寫 12、paper:12 或 '#12'。
paper-not-found = 本文獻庫中沒有 { $reference }。也可以用題名或其開頭幾個詞查詢。
question-gone = 這份列表對應的問題已不再儲存（只儲存 { $days } 天）。請重新提問，列表即會恢復。
not-allowed = 本機器人僅服務於指定伺服器或身分組的成員，詳情請洽管理員。
role-mention = 剛才提及的是機器人的身分組，此時 Discord 不會把文字交給它。請直接提及機器人，或使用 /similar。
mention-empty = 請在提及我的同時寫下問題，或使用 /similar。Discord 只讓我看到提及我的內容。
failed = 出了點問題，請再試一次；若仍如此，請把這個代碼告訴管理員：{ $code }。
file-too-large = 檔案太大：此類檔案最多可讀取 { NUMBER($limit) } 位元組。
file-unreadable = 無法用這個檔案提問：請直接貼上文字，或附上 .txt、.pdf，或 .ris、.bib、.nbib 等書目檔案。
file-pdf-missing = 這裡無法讀取 PDF，因為沒有安裝 pypdf（pip install 'similit[pdf]'）：請直接貼上摘要。
file-pdf-damaged = 該 PDF 已損壞或有密碼保護：請直接貼上摘要。
file-pdf-scan = 該 PDF 沒有文字，只有頁面影像：請直接貼上摘要。

command-similar = 查詢相似文獻：可輸入摘要、題名、DOI、關鍵字或問題
option-text = 摘要、題名、DOI、#12、關鍵字或問題，中英文均可
option-count = 傳回多少篇（預設 20）
option-private = 僅自己可見
command-paper = 開啟庫中的一篇文獻
option-paper = 題名、DOI 或 #12
command-search = 進階檢索：按標題、作者、期刊、關鍵詞、年份或語言查找
option-words = 文獻的內容：詞、問題或摘要
option-title = 標題中的字詞
option-author = 作者姓名或其中一部分
option-journal = 期刊名稱或其中一部分
option-keyword = 關鍵詞或其中一部分
option-from = 起始年份
option-to = 結束年份
option-language = 語言：en、zh 或其他兩位字母的代碼
option-without = 要排除的詞，以逗號分隔
option-sort = 列表的排序方式
sort-similarity = 最相似的在前
sort-year = 最新的在前
menu-similar = Similar literature · 相似文獻

button-save = 收藏
button-note = 備註…
button-read = 標為已讀
button-unread = 標為未讀
button-delete-list = 刪除清單
button-delete-sure = 確認刪除
button-hide-saved = 在我的結果中隱藏已收藏的文獻
button-show-saved = 在我的結果中顯示已收藏的文獻
menu-list = 開啟一個清單…
menu-list-paper = 選擇清單中的一篇文獻…
menu-put = 選擇收藏到哪些清單…
lists-heading = 閱讀清單
lists-none = 這裡還沒有清單。開啟一篇文獻後按「收藏」，或使用 /list save。
lists-none-shell = 還沒有清單：`similit list save 12` 可收藏 #12。
list-default = 閱讀清單
list-saved-in = 已收藏到：{ $names }
list-not-saved = 不在你的任何清單中。
list-new = 新增清單…
list-new-name = 清單名稱
list-note = 備註
list-note-title = 備註與標籤
list-tags = 標籤，以空格或逗號分隔
list-read = 已讀
list-private = 僅自己可見
list-shared = 已在本頻道分享
list-shared-elsewhere = 已在其他頻道分享
list-papers = { NUMBER($count) } 篇文獻
list-empty = 清單中還沒有文獻。
list-hidden = 查詢結果中已隱藏你收藏的文獻。
list-delete-sure = 要刪除清單「{ $name }」及其中的 { NUMBER($count) } 篇文獻記錄嗎？此操作無法復原。
list-deleted = 已刪除清單「{ $name }」。
list-removed = 已將 #{ $id } 移出「{ $name }」。
list-not-in = 「{ $name }」中沒有 #{ $id }。
list-paper-gone = #{ $id } 已不在文獻庫中
list-unshared = 「{ $name }」現在僅自己可見。
list-share-where = 清單只能分享到伺服器的頻道：請在該頻道中使用此指令。
list-not-shared = 「{ $name }」沒有在本頻道分享，只能給你自己看：請保留 private 選項，或先分享它。
list-gone = 這個清單已不存在。
list-missing = 這裡沒有你能看到的清單「{ $name }」。
list-not-yours = 這是別人的清單，只有其擁有者才能這樣做。
list-too-many = 你已有 { $most } 個清單，請先刪除一個。
list-full = 一個清單最多收藏 { NUMBER($most) } 篇文獻。
command-list = 閱讀清單：自己的，或在頻道中分享的
command-list-show = 檢視一個清單，或全部清單
command-list-save = 收藏一篇文獻，可加備註與標籤
command-list-remove = 將文獻移出清單，或刪除清單
command-list-share = 在本頻道分享清單：此處所有人都可檢視和新增
command-list-export = 匯出清單，供文獻管理軟體使用
option-list = 清單名稱
option-list-new = 清單名稱；新名稱會新增清單（預設為上次使用的清單）
option-list-paper = 要移出的文獻；不填則刪除整個清單
option-stop = 停止分享
option-format = 檔案格式（預設 RIS）

watch-list = 清單「{ $name }」中文獻的相似文獻
watch-paper = #{ $id } · { $title } 的相似文獻
watch-gone = 這個訂閱已結束。
watch-too-many = 你已有 { $most } 個訂閱，請先結束一個。
watch-what = 請說明要訂閱什麼：一段文字、一篇文獻，或你的一個清單。
watch-zone = 沒有時區 { $name }：請填寫如 Asia/Taipei、Europe/London 的名稱。
watch-set = 已訂閱 { $about }：有新文獻時{ $pace }告訴你。
watch-set-here = 已訂閱 { $about }：有新文獻時{ $pace }告知本頻道。
watch-now = 立即
watch-daily = 每日
watch-weekly = 每週一
watch-next = 下次：{ $at }（{ $zone }）
watches-heading = 訂閱
watches-none = 你還沒有訂閱：使用 /watch add，或開啟一篇文獻後按「訂閱」。
watches-none-shell = 還沒有訂閱：`similit watch add 同伴支持`。
watch-here = 推送到頻道
watch-alone = 推送給你
watch-ended = 已結束訂閱：{ $about }。
watch-nothing-new = 沒有新文獻。
digest-heading = 新文獻
digest-count = { NUMBER($count) } 篇新文獻
button-watch = 訂閱
button-end-watch = 結束此訂閱
menu-end-watch = 結束一個訂閱…
command-watch = 訂閱：有符合的新文獻時得到通知
command-watch-add = 訂閱一個問題、一篇文獻或一個清單：有符合的新文獻入庫時通知你
command-watch-show = 檢視或結束你的訂閱
option-watch-text = 問題、摘要、關鍵詞，或一篇文獻的題名、DOI、#12
option-watch-list = 清單：與其中文獻相似的文獻
option-pace = 通知頻率（預設每日）
option-here = 通知本頻道，而不只是你
option-zone = 你的時區，如 Asia/Taipei

privacy-heading = 儲存的與你有關的內容
privacy-none = 沒有儲存任何與你有關的內容。
privacy-lists = 閱讀清單
privacy-saved = 清單中收藏的文獻及備註、標籤
privacy-readings = 標為已讀的文獻
privacy-preferences = 偏好設定
privacy-shown = 最近看到的列表（供後續對話使用）
privacy-watches = 訂閱
privacy-digests = 新文獻推送
privacy-told = 訂閱已告知的文獻
privacy-met = 你曾私訊過機器人
privacy-pending = 等待確認加入的檔案
privacy-chosen = 由哪個文獻庫回答你的私訊
privacy-note = 檔案中逐字列出全部內容。列表對應的問題儲存 { $days } 天，不記錄提問者；你最近看到哪些列表，也儲存同樣久。
privacy-note-shell = --json 逐字輸出全部內容；`similit privacy erase` 可全部刪除。
privacy-sure = 要全部刪除嗎？你分享給頻道的清單也會刪除，且無法復原。
privacy-erased = 已刪除，現在沒有儲存任何與你有關的內容；管理員此前所做的備份中可能仍有。
button-erase = 全部刪除
button-erase-sure = 確認永久刪除
command-privacy = 檢視並刪除儲存的與你有關的全部內容

pace = 你問得太快了，請等 { $seconds } 秒再問，謝謝。
failed-busy = 文獻庫正在寫入，請稍等一分鐘再試；若仍如此，請把這個代碼告訴管理員：{ $code }。
failed-library = 暫時無法讀取文獻庫。請把這個代碼告訴管理員，並請其執行 `similit check`：{ $code }。
failed-discord = Discord 沒有接受這個回覆。請再試一次，或縮小範圍；若仍如此，請把這個代碼告訴管理員：{ $code }。

no-token = 沒有 Discord 權杖：請在 Discord 開發人員平台中應用程式的「Bot」頁面取得權杖，設為環境變數 DISCORD_TOKEN，或在設定檔中用 token_file 指定存放它的檔案。沒有權杖時，可用 `similit chat` 在此進行同樣的對話。
bad-token = Discord 拒絕了該權杖：請在應用程式的「Bot」頁面重新生成，並設定 DISCORD_TOKEN。
no-connection = 無法連線 Discord：{ $reason }。需要代理時，請在設定檔中設定 [discord] proxy。
library-busy = 已有另一個機器人在使用這個文獻庫（{ $holder }）。
invite = 邀請連結：{ $url }
running = { $name } 已上線：{ NUMBER($papers) } 篇文獻，{ $guilds } 個伺服器。
stopping = 已停止。

chat-hello = 共 { NUMBER($papers) } 篇文獻。請直接提問；然後可用 `相似 3`、`開啟 3`、`為何 3`、`收藏 3`、`更多`。輸入 `退出` 結束。
chat-prompt = 提問> 
chat-no-list = 還沒有列表：請先提問。
chat-no-item = 列表中沒有第 { $number } 條：只有 1 到 { $last }。
chat-no-more = 已經全部列出。
chat-page = { $page } / { $pages }
chat-more-hint = 「更多」看下一頁 · 「相似 N」 · 「開啟 N」 · 「為何 N」
chat-bye = 再見。
talk-searched = 未能理解為對列表的操作，已按問題檢索。輸入 `幫助` 可查看說法。
talk-help = 有了列表之後可以說：`相似 3`、`打開 3`、`為何 3`、`引用 3 APA`、`收藏 3`、`更多`、`返回`、`只要 2015-2020`、`不要 精神分裂`、`像 2 和 5，不像 4`；隨時可說：`瀏覽 關鍵字`。其他文字都作為問題檢索。
talk-saved = 已收藏：#{ $id }。
talk-no-style = 參考文獻格式可選 APA、溫哥華（Vancouver）和 GB/T 7714。
talk-no-earlier = 之前沒有列表了。

import-reading = 正在讀取 { $file }
import-indexing = 正在建立索引
import-fetching = 正在從 { $file } 擷取
import-done = 新增 { NUMBER($added) } 篇，合併 { NUMBER($merged) } 條，已有 { NUMBER($known) } 條，跳過 { NUMBER($skipped) } 條。文獻庫現有 { NUMBER($papers) } 篇。
import-no-abstract = 其中 { NUMBER($count) } 篇沒有摘要：已保留，可按題名查到。
import-merged = { $file }，第 { $record } 條（第 { $line } 行）：已合併，{ $reason }
import-skipped = { $file }，第 { $record } 條（第 { $line } 行）：已跳過，{ $reason }
import-more = …… 另有 { NUMBER($count) } 條：用 --json 檢視全部。
import-failed = { $reason }。該檔案未匯入任何內容。
import-dry-run = 試運行：以上內容均未儲存。
import-encoding = { $file } 按 { $encoding } 讀取：如有誤，請用 --encoding 指定編碼。
import-no-files = 請指定要匯入的檔案，或用 --undo 撤銷上一次匯入。

reason-nameless = 無題名、摘要和 DOI
reason-no-field = 各欄位均無內容
reason-no-object = 不是 JSON 物件
reason-not-json = 不是有效的 JSON：{ $why }
reason-nested = 巢狀層次過深
reason-cut-off = 內容不完整，可能被截斷
reason-xml-cut-off = XML 不完整，可能被截斷
reason-no-end = 記錄沒有結束標記（{ $mark }）
reason-brace = 條目沒有結束：大括號或引號未閉合
reason-quotation = 引號未閉合，檔案可能被截斷
reason-item-empty = 該條目為空
reason-same = 與 #{ $number } 為同一文獻：{ $title }
reason-empty = { $file } 是空檔案
reason-no-format = 無法辨識 { $file } 的格式（可讀取：{ $known }）
reason-folder = { $file } 是資料夾，請指定其中的檔案
reason-unread = 無法讀取 { $file }：{ $why }
reason-missing = 檔案不存在
reason-denied = 沒有讀取權限
reason-damaged = 檔案已損壞（{ $what }）
reason-not-text = { $file } 不是文字檔
reason-inner-archive = { $file } 是壓縮檔內的 { $kind } 壓縮檔，請先解壓縮
reason-archive = { $file } 是 { $kind } 壓縮檔，請先解壓縮
reason-too-large = { $file } 解壓縮後超過 { $most } MB，不像是文字，請先自行解壓縮
reason-locked = { $file } 有密碼保護，請先解壓縮
reason-office = { $file } 是 Office 文件，請另存為 CSV 後再匯入
reason-no-encoding = 無法確定 { $file } 的編碼：最接近 { $encoding }，但第 { $line } 行（第 { $byte } 位元組）不符
reason-not-encoding = { $file } 不是 { $encoding } 編碼：第 { $line } 行（第 { $byte } 位元組）不符
reason-unknown-encoding = 沒有名為 { $name } 的編碼，可用的有 { $known }
reason-long-line = { $file } 第 { $line } 行超過 { $most }00 萬個字元
reason-long-record = 有一筆記錄超過 { $most }00 萬個字元
reason-large-record = 從第 { $line } 行開始的記錄過大，不可能是一篇文獻
reason-in-line = { $file }，第 { $line } 行：{ $why }

fetch-goes-on = 已擷取的內容保留著：再次執行同一命令即可繼續。
fetch-missing = 該服務中沒有：{ $ids }
fetch-more = 該服務共有 { NUMBER($total) } 篇，已擷取 { NUMBER($got) } 篇：可用 --max N 擷取更多。
undo-nothing = 沒有可以撤銷的匯入。
undo-done = 已撤銷 { $at } 的匯入（{ $sources }）：移除 { NUMBER($removed) } 篇，復原 { NUMBER($restored) } 篇。文獻庫現有 { NUMBER($papers) } 篇。
removed = 已移除 #{ $number }：{ $title }
export-all-alone = --all 會匯出全部文獻：只要檢索結果請去掉 --all，要全部文獻請去掉檢索文字。
export-all-top = --all 會匯出全部文獻，--top 只匯出前幾篇：請去掉其中之一。
backup-done = 已備份到 { $file }。
restore-done = 已復原 { $file }。文獻庫現有 { NUMBER($papers) } 篇。

browse-heading = 按{ $kind ->
    [subject] 學科
    [keyword] 關鍵字
    [journal] 期刊
   *[year] 年份
}瀏覽
browse-kind = { $kind ->
    [subject] 學科
    [keyword] 關鍵字
    [journal] 期刊
   *[year] 年份
}
browse-kinds = { $kind ->
    [subject] 學科
    [keyword] 關鍵字
    [journal] 期刊
   *[year] 年份
}
browse-counted = { $kind ->
    [subject] { $count ->
        [0] 庫中文獻均未記錄學科。
       *[other] 共 { NUMBER($count) } 個學科
    }
    [keyword] { $count ->
        [0] 庫中文獻均未記錄關鍵字。
       *[other] 共 { NUMBER($count) } 個關鍵字
    }
    [journal] { $count ->
        [0] 庫中文獻均未記錄期刊。
       *[other] 共 { NUMBER($count) } 種期刊
    }
   *[year] { $count ->
        [0] 庫中文獻均未記錄年份。
       *[other] 共 { NUMBER($count) } 個年份
    }
}
browse-papers = { NUMBER($papers) } 篇文獻 · 由新到舊
browse-count = { NUMBER($papers) } 篇文獻
browse-choose = { $kind ->
    [subject] 查看某一學科的文獻…
    [keyword] 查看某一關鍵字的文獻…
    [journal] 查看某一期刊的文獻…
   *[year] 查看某一年份的文獻…
}
browse-on = 查看同學科、同期刊、同年份或同關鍵字的文獻…
browse-more = { $page } / { $pages } · 用 --page N 查看其他頁
topic-not-found = 庫中沒有學科、關鍵字、期刊或年份為「{ $name }」的文獻。
command-browse = 按學科、關鍵字、期刊或年份瀏覽文獻
option-browse-by = 瀏覽方式
option-browse-name = 學科、關鍵字、期刊或年份；留空則列出全部
browse-by-subject = 學科
browse-by-keyword = 關鍵字
browse-by-journal = 期刊
browse-by-year = 年份

help-heading = 我能做什麼
help-ask = **隨便問**：用 `/similar`、私訊或提及我，給出摘要、題名、DOI、關鍵字或問題，中英文均可。我會列出庫中最相似的文獻，例如：
help-lead-on = 文獻下方的 **相似文獻** 會繼續列出與它相似的文獻；用選單可開啟文獻，查看摘要、**引用** 與 **為何命中**，也可 **收藏** 或 **訂閱**（見 `/list` 與 `/watch`）。
help-words = **也可以直接說**：在私訊中或提及我。{ talk-help }
help-browse = 用 `/search` 按作者、題名、期刊或年份 **檢索**；用 `/browse` 按學科、關鍵字、期刊或年份 **瀏覽**；用 `/paper` 開啟一篇文獻。
help-message = **對別人寫的話**：在訊息上按右鍵 → 應用程式 → Similar literature。
help-private = `private:` 只讓你自己看到回答。`/about` 說明庫中有什麼；`/privacy` 顯示並可刪除關於你的全部內容。
help-empty = 庫中還沒有文獻。
help-example = 「{ $text }」查到的第一篇：
help-try = 試試「{ $text }」
help-similar = 與它相似的文獻
help-more = 還能做什麼？
welcome = 你好！我幫你查詢相似文獻，庫中現有 { NUMBER($papers) } 篇。
welcome-ask = 直接寫給我：摘要、題名、DOI、幾個關鍵字或一個問題，中英文均可。
welcome-lead-on = 點文獻下方的 **相似文獻** 可以繼續查下去。你的提問不會與姓名一起儲存。
welcome-empty = 你好！我幫你查詢相似文獻，不過庫中還沒有文獻。
about-heading = 關於本機器人
about-version = 版本
about-papers = 文獻
about-papers-here = { NUMBER($papers) } 篇
about-last-import = 最近一次匯入
about-import = { $at }：{ NUMBER($papers) } 篇，來自 { $sources }
about-no-import = 尚未匯入
about-stored = 儲存的內容
about-stored-what = 文獻；列表背後的問題（不記錄提問者）以及各人最近看到的列表，儲存 { $days } 天；在私訊中問候過誰；以及各人收藏與訂閱的內容。`/privacy` 可查看並刪除與你有關的全部內容。
chat-help = 隨便問：摘要、題名、DOI、幾個關鍵字或一個問題，中英文均可。
chat-help-outside = `結束` 離開。對話之外：`similit browse` 按學科與關鍵字瀏覽，另有 `similit about`、`similit --help`。
command-help = 我能做什麼：用庫中的文獻演示
command-about = 版本、文獻數、最近一次匯入，以及儲存的內容

curate-preview = 將要新增
curate-report = 新增 { NUMBER($added) } 篇，合併到已有文獻 { NUMBER($merged) } 條，已有 { NUMBER($known) } 條，跳過 { NUMBER($skipped) } 條。
curate-remark = 第 { $record } 條：{ $reason }
curate-more = …… 另有 { NUMBER($count) } 條。
curate-waits = 目前尚未儲存：檔案保留 { $hours } 小時等待確認。
curate-reading = 正在讀取…… { NUMBER($done) }
curate-indexing = 正在建立索引…… { NUMBER($done) }
curate-added = 已新增
curate-papers = 文獻庫現有 { NUMBER($papers) } 篇。
curate-dropped = 沒有儲存任何內容。
curate-undone = 已撤銷：移除 { NUMBER($removed) } 篇，復原 { NUMBER($restored) } 篇。
curate-gone = 該檔案已不再保留，請再次新增。
curate-not-last = 這已不是最近一次匯入，而只有最近一次可以撤銷：用 /undo 查看。
curate-not-yours = 最近一次匯入不是在這裡進行的：只有管理員可以撤銷。
curate-not-allowed = 新增文獻需要相應的身分組，詳情請洽詢管理員。
curate-nothing = 請給出 DOI 或 PMID，貼上一條參考文獻，或附上書目檔案。
curate-no-reference = 這條參考文獻中沒有 DOI 或 PMID。請查到 DOI 後貼上，或附上書目檔案。
curate-unknown = 該服務沒有 { $ids } 對應的文獻。
curate-unavailable = 無法查詢該文獻：{ $reason }。
button-keep = 儲存
button-drop = 不儲存
button-undo = 撤銷
command-add = 新增文獻：DOI、PMID、參考文獻或書目檔案（限管理文獻者）
command-undo = 撤銷最近一次匯入（限管理文獻者）
option-reference = DOI、PMID、連結，或含有它們的參考文獻
option-add-file = 書目檔案：.ris、.bib、.nbib、.xml、.csv、.zip 等

place-which = 你加入的多個伺服器在這裡都有文獻庫。私訊由哪一個的文獻庫回答？請先選擇，再重新提問；以後可用 /library 更改。
place-chosen = 從現在起，這裡由 { $name } 的文獻庫回答。請提問。
place-old = 這些按鈕所屬的文獻庫現在不對你開放，或來自各伺服器擁有獨立文獻庫之前：請重新提問。
place-old-list = 那個列表不屬於現在在這裡回答的文獻庫：請重新提問。
place-only = 這裡只有一個文獻庫可用，無需選擇。
command-library = 選擇由哪個伺服器的文獻庫回答你的私訊

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
stats-merged = 合併的記錄
stats-no-abstract = 無摘要
stats-no-title = 無題名
stats-languages = 語種
stats-years = 年份
stats-sources = 來源
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
check-glossary = 自備詞彙表
check-glossary-none = 無：使用內建詞彙表
check-token = Discord 權杖
check-token-found = 已找到（未驗證）
check-token-missing = 缺失：請設定 DISCORD_TOKEN，或設定檔中的 token_file
check-invite = 邀請連結
check-invite-unknown = 設定權杖後顯示
