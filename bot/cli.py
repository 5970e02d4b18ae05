"""The command line: what can be written, and what its help teaches."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path

from bot import __version__
from bot.schedule import NOW, PACES
from corpus.paper import TOPICS

_EXAMPLES = """\
examples:
  similit ask "peer support workers in mental health"
  similit ask 同伴支持 --year 2010..2021 --top 10
  similit ask 'author:gillard year:2010..2021 -adolescents "peer worker"'
  similit ask 10.1017/S2045796014000407         the papers like this one
  similit ask '#12' --json                      or: similit ask 12
  similit import export.ris corpus.jsonl.gz 知网导出.net
  similit fetch pubmed "peer support[ti]" --since 2015 --max 500
  similit export 同伴支持 --format bibtex --output found.bib
  similit chat

An empty library answers from a demo corpus of well-known publications. A
library is one folder: name it with --library, SIMILIT_LIBRARY, or in the
config. config.example.toml lists every setting.
"""
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_YEARS = re.compile(r"(\d{4})?\s*(?:\.\.|-|–)\s*(\d{4})?")


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="similit",
        description="Finds similar literature, in Chinese and English · 相似文献",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"similit {__version__}")
    _common(top, default=None)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _ask(commands)
    _browse(commands)
    _simple(commands, "chat", "the conversation at a prompt: ask, `similar 3`, `why 3`, `more`")
    _simple(commands, "run", "the Discord bot; its token comes from DISCORD_TOKEN or token_file")
    _import(commands)
    _fetch(commands)
    _export(commands)
    show = _simple(commands, "show", "one paper, whole", json=True)
    show.add_argument(
        "paper", nargs="+", metavar="PAPER", help="#12, 12, a DOI, PMID, title, or its own id"
    )
    remove = _simple(commands, "remove", "one paper out of the library", json=True)
    remove.add_argument(
        "paper", nargs="+", metavar="PAPER", help="#12, 12, a DOI, PMID, title, or its own id"
    )
    _simple(commands, "about", "version, papers, last import, and what is stored", json=True)
    _simple(commands, "stats", "what the library holds", json=True)
    _list(commands)
    _watch(commands)
    privacy = _simple(commands, "privacy", "what is kept about you, and its end", json=True)
    privacy.add_argument(
        "what", nargs="?", choices=["show", "erase"], default="show", help="show it, or erase it"
    )
    _trec(commands)
    _simple(commands, "check", "configuration, library and index examined, without logging in")
    made = _simple(commands, "backup", "a consistent copy in one file, while the bot runs")
    made.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    back = _simple(commands, "restore", "the papers of a copy in the place of the library's")
    back.epilog = "The bot may run meanwhile: it answers from the one or from the other."
    back.add_argument("file", type=Path, metavar="FILE", help="a file that backup wrote")
    return top


def _common(to: argparse.ArgumentParser, default: object) -> None:
    to.add_argument(
        "--library", type=Path, metavar="PATH", default=default, help="the library's folder"
    )
    to.add_argument("--config", type=Path, metavar="FILE", default=default, help="the config file")
    to.add_argument(
        "--lang", metavar="LANG", default=default, help="the language to speak: en, zh-CN, zh-TW"
    )


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its type no other name


def _simple(
    commands: _Commands[argparse.ArgumentParser], name: str, does: str, *, json: bool = False
) -> argparse.ArgumentParser:
    made = commands.add_parser(
        name,
        help=does,
        description=does[0].upper() + does[1:] + ".",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    # Said before the command or after it, an option means the same: absent, it must not undo.
    _common(made, default=argparse.SUPPRESS)
    if json:
        made.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return made


def _ask(commands: _Commands[argparse.ArgumentParser]) -> None:
    ask = _simple(
        commands, "ask", "similar papers for any text, a DOI, or a paper's number", json=True
    )
    ask.epilog = (
        "A text that is a paper of the library asks for that paper's neighbours.\n"
        "A line may name fields, author: title: keyword: journal: year: lang: sort:\n"
        'or 作者： 标题： 关键词： 期刊： 年份： 语言： 排序：. "A phrase" has to stand\n'
        "as it is, and papers with a -word are left out."
    )
    _question(ask)
    ask.add_argument(
        "--explain", action="store_true", help="what each term adds to the score of a paper"
    )


def _question(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("text", nargs="*", metavar="TEXT", help="what to ask; - reads standard input")
    ask.add_argument("--file", type=Path, metavar="F", help="read the text from a file")
    ask.add_argument(
        "--top", type=_count, metavar="N", help="how many papers (as the config says, 20)"
    )
    _filters(ask)


def _filters(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("--author", metavar="NAME", help="only papers with an author of this name")
    ask.add_argument("--journal", metavar="NAME", help="only papers of this journal")
    ask.add_argument(
        "--year", type=_years, metavar="YEARS", help="only of these years: 2015, 2010..2020, 2018.."
    )
    ask.add_argument("--language", metavar="CODE", help="only in this language: en, zh, …")
    ask.add_argument(
        "--without", action="append", metavar="WORD", help="no papers with this word; repeatable"
    )


def _browse(commands: _Commands[argparse.ArgumentParser]) -> None:
    found = _simple(
        commands,
        "browse",
        "subjects, keywords, journals and years, and the papers of one",
        json=True,
    )
    found.epilog = "A name that is not found whole lists those that have it in them."
    kinds = [f"{kind}s" for kind in TOPICS]
    found.add_argument("kind", nargs="?", choices=kinds, metavar="KIND", help=", ".join(kinds))
    found.add_argument("name", nargs="*", metavar="NAME", help="one of them: lists its papers")
    found.add_argument("--page", type=_count, default=1, metavar="N", help="which page (1)")
    found.add_argument("--top", type=_count, metavar="N", help="how many on a page (20)")


def _import(commands: _Commands[argparse.ArgumentParser]) -> None:
    add = _simple(
        commands,
        "import",
        "papers in, from any file a database or reference manager exports",
        json=True,
    )
    add.epilog = (
        "Formats and encodings are found by content, in .gz and .zip too. Importing a\n"
        "file again adds nothing, and a paper that is here already is merged. What was\n"
        "skipped is reported with its file, record, line and reason."
    )
    add.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a file to import")
    add.add_argument("--format", metavar="NAME", help="the files' format, where it is not found")
    add.add_argument("--encoding", metavar="NAME", help="the files' encoding: gb18030, big5, …")
    kept = add.add_mutually_exclusive_group()
    kept.add_argument("--dry-run", action="store_true", help="report, and keep nothing")
    kept.add_argument("--undo", action="store_true", help="take the last import back")


def _fetch(commands: _Commands[argparse.ArgumentParser]) -> None:
    get = _simple(commands, "fetch", "papers in, from a service on the network", json=True)
    get.epilog = (
        "Services: openalex, crossref, pubmed, arxiv. A query of nothing but DOIs or\n"
        "PMIDs asks for these papers. A fetch that was interrupted goes on where it was\n"
        "when the same command is given again. The config's [sources] says who asks, and\n"
        "how fast; OpenAlex wants a free key of its own, in SIMILIT_OPENALEX_KEY."
    )
    get.add_argument("source", metavar="SOURCE", help="the service")
    get.add_argument("query", nargs="*", metavar="QUERY", help="what to look for, as it takes it")
    get.add_argument("--ids", type=Path, metavar="F", help="a file of DOIs or PMIDs, one a line")
    get.add_argument(
        "--max", type=_count, metavar="N", help="no more papers than that (1000 of a query)"
    )
    get.add_argument(
        "--since", type=_day, metavar="DATE", help="published then or later: 2020-01-31"
    )


def _export(commands: _Commands[argparse.ArgumentParser]) -> None:
    out = _simple(commands, "export", "papers out: what a text finds, or the whole library")
    out.epilog = (
        "Formats: ris, bibtex, csl-json, csv, jsonl, and references in apa, vancouver and\n"
        "gb-t-7714. Without --format the ending of the --output file decides."
    )
    _question(out)
    out.add_argument("--all", action="store_true", help="every paper of the library")
    out.add_argument("--format", metavar="NAME", help="the format (ris)")
    out.add_argument("--output", type=Path, metavar="F", help="the file to write (standard output)")


def _list(commands: _Commands[argparse.ArgumentParser]) -> None:
    lists = _simple(commands, "list", "reading lists: papers saved, with notes and tags")
    lists.epilog = "In `similit chat`, `save 3` saves the third paper of the list just shown."
    doing = lists.add_subparsers(dest="what", metavar="WHAT", required=True)
    show = _simple(doing, "show", "a list, or the names of all", json=True)
    show.add_argument("name", nargs="*", metavar="LIST", help="the list's name")
    save = _simple(doing, "save", "a paper into a list")
    save.add_argument("paper", nargs="+", metavar="PAPER", help="#12, 12, a DOI, PMID, or title")
    save.add_argument("--list", metavar="LIST", help="the list's name (the one used last)")
    save.add_argument("--note", metavar="TEXT", help="a note about the paper")
    save.add_argument("--tag", action="append", metavar="WORD", help="a tag; repeatable")
    remove = _simple(doing, "remove", "a paper out of a list, or, without one, the whole list")
    remove.add_argument("name", metavar="LIST", help="the list's name")
    remove.add_argument("paper", nargs="*", metavar="PAPER", help="the paper to take out")
    read = _simple(doing, "read", "mark a paper as read")
    read.add_argument("paper", nargs="+", metavar="PAPER", help="#12, 12, a DOI, PMID, or title")
    read.add_argument("--undo", action="store_true", help="mark it as unread again")
    out = _simple(doing, "export", "the papers of a list, in a form that other tools read")
    out.add_argument("name", nargs="+", metavar="LIST", help="the list's name")
    out.add_argument("--format", metavar="NAME", help="the format (ris)")
    out.add_argument("--output", type=Path, metavar="F", help="the file to write (standard output)")


def _watch(commands: _Commands[argparse.ArgumentParser]) -> None:
    watch = _simple(commands, "watch", "watches: hear of papers that come later and fit")
    watch.epilog = "`similit watch run` prints what is new, once; run it when you like, or by cron."
    doing = watch.add_subparsers(dest="what", metavar="WHAT", required=True)
    add = _simple(doing, "add", "watch a question, a paper or a list")
    add.add_argument("text", nargs="*", metavar="TEXT", help="a question, or a paper: #12, a DOI")
    add.add_argument("--list", metavar="LIST", help="papers like those in this reading list")
    add.add_argument("--pace", choices=PACES, default=NOW, help="how often it is told (now)")
    add.add_argument("--zone", metavar="ZONE", help="your time zone, such as Asia/Shanghai")
    _filters(add)
    _simple(doing, "list", "what is watched", json=True)
    remove = _simple(doing, "remove", "end a watch")
    remove.add_argument("number", type=_count, metavar="N", help="its number, as `list` shows it")
    run = _simple(doing, "run", "print what is new and due", json=True)
    run.add_argument("--all", action="store_true", help="what is not due yet, too")


def _trec(commands: _Commands[argparse.ArgumentParser]) -> None:
    trec = _simple(commands, "trec", "a TREC run over a file of queries, for measuring ranking")
    trec.epilog = (
        "Queries: id<TAB>text a line, or JSON with id or _id, text, and paper_id where\n"
        "the query is itself a paper of the library, to be left out of its results."
    )
    trec.add_argument("queries", type=Path, metavar="QUERIES", help="the file of queries, or .gz")
    trec.add_argument("--top", type=_count, default=1000, metavar="N", help="papers a query (1000)")


def _day(text: str) -> date:
    """The day that `2020`, `2020-01` or `2020-01-31` begins with."""
    found = _DAY.fullmatch(text)
    try:
        year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2020-01-31") from error


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def _years(text: str) -> tuple[int | None, int | None]:
    if re.fullmatch(r"\d{4}", text):
        return int(text), int(text)
    found = _YEARS.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a year or years such as 2010..2020")
    first, last = (int(year) if year else None for year in found.groups())
    if first is not None and last is not None and first > last:
        raise argparse.ArgumentTypeError(f"{text!r} ends before it begins")
    return first, last
