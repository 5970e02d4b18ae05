# Messages in English. `{ $n }` is a number written the English way.

heading = 相似文献 · Similar literature
found = { $count ->
    [one] { $count } similar paper
   *[other] { $count } similar papers
} · { $ms } ms
took = { $ms } ms
extracts = Extracts, word for word.
extracts-in-bold = extracts, matched words in bold
quoted = “{ $text }”
answer-note = What the papers say · quoted as written, numbered as below
answer-note-summaries = What summaries of the papers say · quoted as written, numbered as below
neighbours-of = Neighbours of #{ $id }
seeds-missing = Not in this library: { $papers }
matched = matched: { $words }
across = ⇄ { $words }
no-title = no title on record: first words of its abstract
no-abstract = No abstract on record.
summary-short = summary by { $by }
summary-note = Summary by { $by }, not the paper's own abstract.
summary-note-translated = Summary and translation by { $by }, not the paper's own abstract.
cut-note = … cut here: the abstract goes on.
searched = { $papers ->
    [one] { NUMBER($papers) } paper searched
   *[other] { NUMBER($papers) } papers searched
}
nothing = Nothing similar found.
nothing-unknown = No paper here contains any of: { $words }.
nothing-filtered = Papers here share words with it, but none that the filters allow.
nothing-common = The question has no word that papers could be found by.
nothing-allowed = No paper here fits all of this.
line-not-closed = This quotation mark is not closed: { $said }
line-no-value = This does not say what to look for: { $said }
line-not-excluded = A minus sign leaves out words and quoted phrases, not a field: { $said }
line-twice = This field was there before: { $said }
line-no-year = These are not years: { $said }. Write 2015, 2010..2021, 2010.. or ..2021.
line-backwards = These years end before they begin: { $said }
line-no-sort = A list is sorted by similarity or by year, not by this: { $said }
line-no-language = This is not a language: { $said }. Write en, zh or another code of two letters.
line-no-field = Only fields, quoted phrases and words with a minus sign belong here, not this: { $said }
line-too-many = At most 50 papers can be given at once, and this is one more: { $said }
nothing-try = Try other words, a longer passage or a whole abstract, in English or Chinese.
demo-note = From the demo corpus of { NUMBER($papers) } publications. Your own papers: similit import FILE…

button-similar = Similar
button-open = Open
button-cite = Cite
button-why = Why
button-export = Export
button-refine = Refine
menu-open = Open a paper…
menu-export = Choose a format…
menu-export-page = This page: a format…
menu-export-all = All that was found: a format…
export-heading = Export these papers
export-heading-one = Export #{ $id }
exported = { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
} as { $format }.
export-ris = for any reference manager
export-bibtex = for LaTeX
export-csl-json = for Zotero, pandoc and citation processors
export-csv = for Excel and other tables
export-jsonl = everything, one paper a line
export-apa = references for the social sciences
export-vancouver = references for medicine
export-gb-t-7714 = references for Chinese journals
untitled = (no title) { $text }
year-unknown = year unknown
cite-heading = To cite this paper
why-heading = Why #{ $id } was found
why-word = word
why-translation = translation of { $word }
why-feedback = from the best papers
why-liked = from the papers you like
why-pairs = character pairs
why-others = { $count } others
why-score = score
why-gone = #{ $id } is not among what this question finds now.
refine-title = Refine this list
refine-question = Question
refine-years = Years
refine-years-how = 2015, 2010..2021, 2010.. or ..2021
refine-author = Author
refine-journal = Journal
refine-more = More
refine-more-how = title:… keyword:… lang:zh sort:year "a phrase" -word

empty-question = Paste an abstract, a title, a DOI, a few keywords or a question.
empty-question-shell = Nothing was asked. A shell drops an unquoted #12: write 12, paper:12 or '#12'.
paper-not-found = No paper { $reference } is in this library. A title or its first words find it too.
question-gone = The question behind this list is no longer stored: they are kept for { $days ->
    [one] { $days } day
   *[other] { $days } days
}. Ask it again and the list is back.
not-allowed = This bot answers only members of certain servers or roles here. Its host can say which.
role-mention = You mentioned the bot's role, and Discord hides the text from it then. Mention the bot itself, or write /similar.
mention-empty = Mention me with a question, or write /similar. Discord shows me only what mentions me.
failed = That did not work. Please try again; if it stays so, tell the host this code: { $code }.
file-too-large = That is too much: up to { NUMBER($limit) } bytes of such a file can be read.
file-unreadable = Nothing can be asked with that file: paste the text, or attach a .txt, a .pdf, or an export such as .ris, .bib or .nbib.
file-pdf-missing = PDF files cannot be read here, for pypdf is not installed (pip install 'similit[pdf]'): paste the abstract.
file-pdf-damaged = That PDF is damaged or locked: paste its abstract.
file-pdf-scan = That PDF has no text in it, only pictures of pages: paste its abstract.

command-similar = Similar papers for any text: an abstract, a title, a DOI, keywords, a question
option-text = An abstract, a title, a DOI, #12, keywords or a question, in English or Chinese
option-count = How many papers (20)
option-private = Show the answer to me alone
command-paper = Open one paper of the library
option-paper = A title, a DOI or #12
command-search = Search by title, author, journal, keyword, years or language
option-words = What the papers are about: words, a question, an abstract
option-title = A part of the title
option-author = A part of an author's name
option-journal = A part of the journal's name
option-keyword = A part of a keyword
option-from = The first year
option-to = The last year
option-language = A language: en, zh or another code of two letters
option-without = Words that no paper may have, with commas between them
option-sort = The order of the list
sort-similarity = most similar first
sort-year = newest first
menu-similar = Similar literature · 相似文献

button-save = Save
button-note = Note…
button-read = Mark as read
button-unread = Mark as unread
button-delete-list = Delete list
button-delete-sure = Delete it
button-hide-saved = Leave saved papers out of my results
button-show-saved = Show saved papers in my results
menu-list = Open a list…
menu-list-paper = A paper of this list…
menu-put = Lists with this paper…
lists-heading = Reading lists
lists-none = There are no lists here yet. Press Save on an opened paper, or write /list save.
lists-none-shell = There are no lists yet: `similit list save 12` saves paper #12.
list-default = Reading list
list-saved-in = Saved in: { $names }
list-not-saved = In none of your lists.
list-new = New list…
list-new-name = Name of the list
list-note = Note
list-note-title = Note and tags
list-tags = Tags, between blanks or commas
list-read = read
list-private = only you see it
list-shared = shared in this channel
list-shared-elsewhere = shared in another channel
list-papers = { $count ->
    [one] { NUMBER($count) } paper
   *[other] { NUMBER($count) } papers
}
list-empty = Nothing is in it yet.
list-hidden = Papers you saved are left out of what you find.
list-delete-sure = Delete the list { $name }, with { $count ->
    [one] { NUMBER($count) } paper
   *[other] { NUMBER($count) } papers
} in it? This cannot be taken back.
list-deleted = The list { $name } is deleted.
list-removed = #{ $id } is no longer in { $name }.
list-not-in = #{ $id } is not in { $name }.
list-paper-gone = #{ $id } is no longer in the library
list-unshared = Only you see { $name } now.
list-share-where = A list is shared with a channel of a server: write this there.
list-not-shared = { $name } is not shared in this channel, so it is shown to you alone: leave private as it is, or share it first.
list-gone = This list is no longer there.
list-missing = There is no list { $name } that you can see here.
list-not-yours = This list is somebody else's: only its owner can do that.
list-too-many = You have { $most } lists already: delete one first.
list-full = This list is full: { NUMBER($most) } is the most that it holds.
command-list = Reading lists: your own, or shared in a channel
command-list-show = Show a list, or all of them
command-list-save = Save a paper in a list, with a note and tags
command-list-remove = Take a paper out of a list, or delete the list
command-list-share = Share a list with this channel: everybody here can read and fill it
command-list-export = Export a list for a reference manager
option-list = The list's name
option-list-new = The list's name; a new name makes a new list (the last one used)
option-list-paper = The paper to take out; without one, the whole list is deleted
option-stop = Share it no longer
option-format = The format of the file (RIS)

watch-list = papers like those in { $name }
watch-paper = papers like #{ $id } · { $title }
watch-gone = This watch has ended.
watch-too-many = You have { $most } watches already: end one first.
watch-what = Say what to watch: a text, a paper or one of your lists.
watch-zone = There is no time zone { $name }: one such as Asia/Shanghai or Europe/London is known.
watch-set = Watching { $about }: you hear of new papers { $pace }.
watch-set-here = Watching { $about }: this channel hears of new papers { $pace }.
watch-now = as soon as they come
watch-daily = daily
watch-weekly = on Mondays
watch-next = next at { $at } ({ $zone })
watches-heading = Watches
watches-none = You watch nothing yet: write /watch add, or press Watch under an opened paper.
watches-none-shell = Nothing is watched yet: `similit watch add "peer support"`.
watch-here = told to a channel
watch-alone = told to you
watch-ended = Ended: { $about }.
watch-nothing-new = Nothing new.
digest-heading = New papers
digest-count = { $count ->
    [one] { NUMBER($count) } new paper
   *[other] { NUMBER($count) } new papers
}
button-watch = Watch
button-end-watch = End this watch
menu-end-watch = End a watch…
command-watch = Watches: hear of new papers that fit
command-watch-add = Watch a question, a paper or a list: I tell you when papers come that fit
command-watch-show = Show what you watch, and end it
option-watch-text = A question, an abstract, keywords, or a paper: its title, DOI or #12
option-watch-list = A list: papers like those in it
option-pace = How often you are told (daily)
option-here = Tell this channel, not you alone
option-zone = Your time zone, such as Asia/Shanghai

privacy-heading = What is kept about you
privacy-none = Nothing is kept about you.
privacy-lists = reading lists
privacy-saved = papers saved in lists, with notes and tags
privacy-readings = papers marked as read
privacy-preferences = preferences
privacy-shown = lists shown to you last, for following up in words
privacy-watches = watches
privacy-digests = digests of new papers
privacy-told = papers that a watch has told of
privacy-met = that you have written to the bot directly
privacy-pending = files that wait to be added
privacy-chosen = which library answers your direct messages
privacy-note = The file has all of it, word for word. Questions behind lists are kept for { $days ->
    [one] { $days } day
   *[other] { $days } days
}, without who asked them. Which lists you were shown last is kept as long.
privacy-note-shell = --json prints all of it, word for word; `similit privacy erase` erases it.
privacy-sure = Erase all of it? Lists that you share with channels go too, and nothing brings them back.
privacy-erased = Erased. Nothing is kept about you now; copies that the host made before still have it.
button-erase = Erase all of it
button-erase-sure = Erase it for good
command-privacy = Show everything that is kept about you, and erase it

pace = That was a lot at once: give me { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}, please, and ask again.
failed-busy = The library is being written just now. Wait a minute and try again; if it stays so, tell the host this code: { $code }.
failed-library = The library cannot be read just now. Tell the host this code, and to look at `similit check`: { $code }.
failed-discord = Discord did not take the answer. Try again, or ask for less; if it stays so, tell the host this code: { $code }.

no-token = There is no Discord token: set DISCORD_TOKEN, or token_file in the config, to the token from the “Bot” page of your application in Discord's developer portal. Without one, `similit chat` is the same conversation here.
bad-token = Discord refused the token: make a new one on the “Bot” page of your application, and set DISCORD_TOKEN.
no-connection = Discord cannot be reached: { $reason }. Readers behind a proxy set [discord] proxy in the config.
library-busy = Another bot answers from this library already ({ $holder }).
invite = Invite link: { $url }
running = { $name } is here: { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
}, { $guilds ->
    [one] { $guilds } server
   *[other] { $guilds } servers
}.
stopping = Stopped.

chat-hello = { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
}. Ask anything; then `similar 3`, `open 3`, `why 3`, `save 3`, `more`. `quit` ends.
chat-prompt = ask> 
chat-no-list = There is no list yet: ask something first.
chat-no-item = There is no number { $number } in the list: it has 1 to { $last }.
chat-no-more = That was all.
chat-page = { $page } / { $pages }
chat-more-hint = more: the next page · similar N · open N · why N
chat-bye = Goodbye.
talk-searched = Not understood as a follow-up, so searched as a question: `help` lists what can be said.
talk-help = After a list: `similar 3`, `open 3`, `why 3`, `cite 3 in GB/T 7714`, `save 3`, `more`, `back`, `only 2015-2020`, `without schizophrenia`, `like 2 and 5, not 4`. At any time: `browse keywords`. Anything else is a question.
talk-saved = Saved: #{ $id }.
talk-no-style = References can be set in APA, Vancouver and GB/T 7714.
talk-no-earlier = There is no earlier list.

import-reading = reading { $file }
import-indexing = indexing
import-fetching = fetching from { $file }
import-done = { NUMBER($added) } added, { NUMBER($merged) } merged, { NUMBER($known) } already here, { NUMBER($skipped) } skipped. The library has { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
}.
import-no-abstract = { NUMBER($count) } without an abstract: kept, and found by their titles.
import-merged = { $file }, record { $record } (line { $line }): merged, { $reason }
import-skipped = { $file }, record { $record } (line { $line }): skipped, { $reason }
import-more = … and { NUMBER($count) } more: --json lists all.
import-failed = { $reason }: nothing of it was kept.
import-dry-run = A dry run: nothing of this was kept.
import-encoding = { $file } is read as { $encoding }: if that is wrong, name its encoding with --encoding.
import-no-files = Name a file to import, or --undo to take the last import back.

reason-nameless = no title, abstract or DOI
reason-no-field = no field in it says anything
reason-no-object = not a JSON object
reason-not-json = not JSON: { $why }
reason-nested = nested too deep
reason-cut-off = it is cut off
reason-xml-cut-off = the XML is cut off
reason-no-end = the record has no end ({ $mark })
reason-brace = the entry has no end: a brace or a quotation mark is not closed
reason-quotation = a quotation mark has no end: the file may be cut off
reason-item-empty = the item is empty
reason-same = the same paper as #{ $number }: { $title }
reason-empty = { $file } is empty
reason-no-format = { $file } is in no format that can be read here ({ $known })
reason-folder = { $file } is a directory: name the files in it
reason-unread = { $file } cannot be read: { $why }
reason-missing = No such file or directory
reason-denied = Permission denied
reason-damaged = it is damaged ({ $what })
reason-not-text = { $file } is not a text file
reason-inner-archive = { $file } is a { $kind } archive within an archive: unpack it first
reason-archive = { $file } is a { $kind } archive: unpack it first
reason-too-large = { $file } unpacks to over { $most } MB, which text does not: unpack it first
reason-locked = { $file } is locked with a password: unpack it first
reason-office = { $file } is an Office document: save it as CSV and import that
reason-no-encoding = { $file } fits no encoding known here: nearly { $encoding }, but for line { $line }, byte { $byte }
reason-not-encoding = { $file } is not { $encoding }: line { $line }, byte { $byte }
reason-unknown-encoding = { $name } is no encoding that is known here; such are { $known }
reason-long-line = { $file } has over { $most } million characters in line { $line }
reason-long-record = a record has over { $most } million characters
reason-large-record = the record that begins in line { $line } is too large to be one paper's
reason-in-line = { $file }, line { $line }: { $why }

fetch-goes-on = What came until then is kept: the same command goes on from there.
fetch-missing = Not found there: { $ids }
fetch-more = { NUMBER($got) } of { NUMBER($total) } there were fetched: --max N fetches more.
undo-nothing = There is no import to take back.
undo-done = The import of { $at } ({ $sources }) is taken back: { NUMBER($removed) } removed, { NUMBER($restored) } as before. The library has { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
}.
removed = Removed #{ $number }: { $title }
export-all-alone = --all exports every paper: leave it out for what a text finds, or leave out the text.
export-all-top = --all exports every paper, --top only the first: leave one of them out.
backup-done = Copied to { $file }.
restore-done = { $file } is in place. The library has { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
}.

browse-heading = Browse by { $kind ->
    [subject] subject
    [keyword] keyword
    [journal] journal
   *[year] year
}
browse-kind = { $kind ->
    [subject] Subject
    [keyword] Keyword
    [journal] Journal
   *[year] Year
}
browse-kinds = { $kind ->
    [subject] Subjects
    [keyword] Keywords
    [journal] Journals
   *[year] Years
}
browse-counted = { $kind ->
    [subject] { $count ->
        [0] No paper here has a subject on record.
        [one] { NUMBER($count) } subject
       *[other] { NUMBER($count) } subjects
    }
    [keyword] { $count ->
        [0] No paper here has a keyword on record.
        [one] { NUMBER($count) } keyword
       *[other] { NUMBER($count) } keywords
    }
    [journal] { $count ->
        [0] No paper here has a journal on record.
        [one] { NUMBER($count) } journal
       *[other] { NUMBER($count) } journals
    }
   *[year] { $count ->
        [0] No paper here has a year on record.
        [one] { NUMBER($count) } year
       *[other] { NUMBER($count) } years
    }
}
browse-papers = { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers · newest first
}
browse-count = { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
}
browse-choose = { $kind ->
    [subject] Papers of a subject…
    [keyword] Papers with a keyword…
    [journal] Papers of a journal…
   *[year] Papers of a year…
}
browse-on = More of the same subject, journal, year or keyword…
browse-more = { $page } / { $pages } · --page N shows another
topic-not-found = No paper here has the subject, keyword, journal or year “{ $name }”.
command-browse = Papers by subject, keyword, journal or year
option-browse-by = What to browse by
option-browse-name = A subject, keyword, journal or year; empty lists them all
browse-by-subject = Subjects
browse-by-keyword = Keywords
browse-by-journal = Journals
browse-by-year = Years

help-heading = What I can do
help-ask = **Ask anything** with `/similar`, in a direct message or by mentioning me: an abstract, a title, a DOI, keywords, a question, in English or Chinese. I answer with the most similar papers of this library, like this:
help-lead-on = **Similar** under a paper leads on to its own similar papers; the menu opens it, with its abstract, **Cite** and **Why**, and **Save** and **Watch**: see `/list` and `/watch`.
help-words = **Say it in words** in a direct message or by mentioning me. { talk-help }
help-browse = **Search** by author, title, journal or year with `/search`; **browse** by subject, keyword, journal or year with `/browse`; open one paper with `/paper`.
help-message = **What somebody else wrote**: right click the message → Apps → Similar literature.
help-private = `private:` shows an answer to you alone. `/about` says what I hold; `/privacy` shows what I keep about you, and erases it.
help-empty = There are no papers here yet.
help-example = “{ $text }” finds, first of all:
help-try = Try “{ $text }”
help-similar = Similar to it
help-more = What else?
welcome = Hello! I find literature that is similar to what you have: { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
} are at hand.
welcome-ask = Write me an abstract, a title, a DOI, a few keywords or a question, in English or Chinese.
welcome-lead-on = Press **Similar** under what I find, and it leads on. What you ask is not kept with your name.
welcome-empty = Hello! I find literature that is similar to what you have, but there are no papers here yet.
about-heading = About this bot
about-version = Version
about-papers = Papers
about-papers-here = { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
}
about-last-import = Last import
about-import = { $at }: { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
} from { $sources }
about-no-import = none yet
about-stored = What is stored
about-stored-what = The papers; the questions behind lists, without who asked, for { $days ->
    [one] { $days } day
   *[other] { $days } days
}, and which lists people were shown last; whom I have greeted in a direct message; and what people save and watch. `/privacy` shows all that is about you, and erases it.
chat-help = Ask anything: an abstract, a title, a DOI, a few keywords or a question, in English or Chinese.
chat-help-outside = `quit` ends. Outside the conversation: `similit browse` for subjects and keywords, `similit about`, `similit --help`.
command-help = What I can do, shown with papers of this library
command-about = Version, papers, last import, and what is stored

curate-preview = This would be added
curate-report = { NUMBER($added) } new, { NUMBER($merged) } merged into papers that are here, { NUMBER($known) } here already, { NUMBER($skipped) } skipped.
curate-remark = record { $record }: { $reason }
curate-more = … and { NUMBER($count) } more.
curate-waits = Nothing is kept yet: the file waits for { $hours } hours.
curate-reading = Reading … { NUMBER($done) }
curate-indexing = Making the index … { NUMBER($done) }
curate-added = Added
curate-papers = The library has { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
}.
curate-dropped = Nothing was kept.
curate-undone = Taken back: { NUMBER($removed) } removed, { NUMBER($restored) } as before.
curate-gone = That file waits no longer. Add it again.
curate-not-last = That is not the last import any more, and only the last can be taken back: /undo shows it.
curate-not-yours = The last import was not made from here: only an admin may take it back.
curate-not-allowed = Adding papers takes a curator's role here. The host can say which.
curate-nothing = Name a DOI or PMID, paste a reference, or attach an export.
curate-no-reference = I find neither a DOI nor a PMID in that reference. Look it up and paste the DOI, or attach an export.
curate-unknown = The service knows no paper under { $ids }.
curate-unavailable = The paper could not be looked up: { $reason }.
button-keep = Keep
button-drop = Do not keep
button-undo = Take it back
command-add = Add papers: by DOI or PMID, a pasted reference, or an export (for curators)
command-undo = Take the last import back (for curators)
option-reference = A DOI, a PMID, a link, or a reference that has one
option-add-file = An export: .ris, .bib, .nbib, .xml, .csv, .zip and many more

place-which = You are in several servers that have papers here. Which of them shall answer your direct messages? Choose, then ask again; /library changes it.
place-chosen = From now on the papers of { $name } answer here. Ask away.
place-old = These buttons are of papers that are not yours to see now, or from before servers had their own: ask again.
place-old-list = That list is not of the papers that answer here now: ask again.
place-only = There is one library that can answer here: nothing to choose.
command-library = Choose which server's papers answer your direct messages

show-authors = Authors
show-published = Published
show-identifiers = Identifiers
show-keywords = Keywords
show-subjects = Subjects
show-affiliations = Affiliations
show-language = Language
show-other = Other fields

stats-papers = Papers
stats-records = Records they came from
stats-merged = Merged into another
stats-no-abstract = Without an abstract
stats-no-title = Without a title
stats-languages = Languages
stats-years = Years
stats-sources = Sources
stats-library = Library
stats-version = State

check-config = Config
check-config-none = none: defaults apply (config.example.toml lists them)
check-library = Library
check-library-demo = { $path } is empty: the demo corpus answers
check-library-papers = { $path }: { $papers ->
    [one] { NUMBER($papers) } paper
   *[other] { NUMBER($papers) } papers
}
check-index = Index
check-index-current = current
check-index-missing = missing: it is built with the first question
check-index-torn = damaged: it is built again with the first question
check-glossary = Glossary of your own
check-glossary-none = none: the built-in one applies
check-token = Discord token
check-token-found = found (not tried)
check-token-missing = missing: set DISCORD_TOKEN, or token_file in the config
check-invite = Invite link
check-invite-unknown = known once the bot has a token
