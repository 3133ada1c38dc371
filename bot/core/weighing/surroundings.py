"""What stands around a mention and takes its meaning away: page noise, lists, datelines, homonyms.

A mention that is set aside stays visible in the decision with the reason; it
earns nothing. Everything here is bounded by the number of mentions.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Sequence, Set
from typing import Final

from bot.core.reading.concepts import OURS, Concept
from bot.core.reading.lexicon import Hit
from bot.core.text import Folded
from bot.core.weighing.beside import MINERAL
from bot.core.words import FIVE

KINDS: Final = ("origin", "tail")  # whose words set aside what stands around them
PASSING: Final = "in passing, in a list of countries"
FROM: Final = "where somebody is from"
FROM_GAP: Final = 12  # characters between "born in" and the place: "the south of"
LATE: Final = 1 / 3  # of a text: what is named only once, after this, is named in passing
NEIGHBOUR_LATE: Final = 0.4  # the same for another of ours than those the title names
APART: Final = 30  # characters to the next name of ours, for one to stand by itself
OTHERS_LATE: Final = 1 / 4  # the same for some of ours side by side, where the title names another state
SENTENCE: Final = 100  # characters of a text that is too short to name anything late

REMARKED: Final = 2  # of ours in a remark; who names three speaks of the region
LISTED: Final = 60  # characters from the first to the last name of a short list
TEASER: Final = 150  # a shorter text is a teaser: it names nothing in passing
LIST_LENGTH: Final = 3  # countries in a row that make a list
LIST_STRANGERS: Final = 2  # of them from elsewhere, for one of ours to be in passing
TITLE_STRANGERS: Final = 3  # the same in a title, which says more by naming one
ACTORS: Final = frozenset({"person", "body"})
STATES: Final = frozenset({"country", "people", "person", "body"})
RULE: Final = frozenset({"state"})
NOISE: Final = "noise"
MEMBERS: Final = frozenset({"country", "people"})
OFFICE: Final = "actor.office"
PLURAL: Final = "ыиs"  # how several presidents end in Russian and English
OF: Final = " of"
LIST_GAP: Final = 14  # characters between two members of a list
SHORT_LINE: Final = 220  # a related headline is shorter; a paragraph of the story is longer
TAIL_FROM: Final = 120  # a tail's heading does not stand in the first lines

_BETWEEN_MEMBERS: Final = re.compile(r"[\s,،、;:/&–-]*(?:\w{1,5}[\s]+)?(?:\w{1,4}[\s]+)?")
_SENTENCE_ENDS: Final = re.compile(r"[.!?;]\s|\n")
_DASH: Final = re.compile(r"[–—:]|[-/]\s")  # one of them ends a dateline
_DATELINE: Final = re.compile(
    r"\s*(?P<place>[^\W\d_][\w.'’/ -]{2,40}?)"
    r"(?:,[^.\n–—()]{1,40}?)?(?:\s?[(/][^()/\n]{1,60}[)/])?(?:\.\s?(?:[A-Z][\w.]{2,14}|\w+))?\s?(?:[–—:]|-{1,2}\s|/\s|\.\s[–—-])"
)
# "Baku, July 2 (Trend) - ": not in capitals, but for an agency.
_REPORTED: Final = re.compile(
    r"\s*(?:[^\W\d_][\w.'’-]{1,24}(?:[ /][^\W\d_][\w.'’-]{1,24}){0,2}|[A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?:, [^()\n]{1,30}?)? ?\([^\W\d_][^()\n]{1,30}\) ?[-–—]{1,2} (?=\W?[^\W\d_a-zа-яё])"
)

# "(Shen Hong/Xinhua via AP)" at the end of a paragraph: the line before it says where a picture was taken.
_CREDIT: Final = re.compile(
    r"\((?=[^()\n]*(?:/|\bvia\b|\bphoto\b))[^()\n]{0,60}"
    r"\b(?:afp|ap|getty|reuters|xinhua|epa|aap|tass|bloomberg|anadolu|shutterstock|sputnik|pool|kyodo)\b"
    r"[^()\n]{0,40}\)[ \t]*(?=\n|$)"
)
CAPTION: Final = 300  # characters that a caption takes at most
PICTURED: Final = frozenset({"country", "people", "place", "region", "noise", "battery"})


def pictured(text: str, hits: Sequence[Hit]) -> set[int]:
    """Indices of hits that say where a picture was taken, and what it shows that the story may not."""
    found = list(_CREDIT.finditer(text))
    if not found:
        return set()
    starts = [start for start, _, _ in hits]
    aside: set[int] = set()
    for credit in found:
        opens = max(text.rfind("\n", 0, credit.start()) + 1, credit.start() - CAPTION)
        inside = range(bisect_left(starts, opens), bisect_left(starts, credit.end()))
        aside.update(i for i in inside if hits[i][2].kind in PICTURED)
    return aside


def of_title(title: Folded, hits: Sequence[Hit], counts: Counter[str] | None) -> dict[int, str]:
    """Why hits of a title are set aside, by their numbers.

    `counts` holds, by id and by kind, how often what turns others was named; None where all are plain.
    """
    asides = dict.fromkeys(passing_list(title.text, hits, OURS, strangers_from=TITLE_STRANGERS), PASSING)
    asides |= origins(hits) if counts and counts["origin"] else {}
    return asides | _turned_off(hits, counts, asides, plainly=_names_a_state(hits))


def _names_a_state(hits: Sequence[Hit]) -> bool:
    """Whether in a title a state does something, and nothing in it is no policy."""
    kinds = {one.kind for _, _, one in hits}
    return not kinds.isdisjoint(RULE) and NOISE not in kinds


def of_text(
    text: Folded,
    hits: Sequence[Hit],
    counts: Counter[str] | None,
    about: frozenset[str],
    home: str,
    *,
    shown: Set[int],
    named: frozenset[str] = frozenset(),
) -> dict[int, str]:
    """The same of a text; `about` are the countries that the title speaks of, `home` that of its language.

    `shown` are the hits that `pictured` found, `named` those of ours that the title names, not by a place.
    """
    asides = dict.fromkeys(passing_list(text.text, hits, OURS, about, home=home), PASSING)
    asides |= dict.fromkeys(shown, "in the caption of a picture")
    if counts and counts["origin"]:
        asides |= origins(hits, spared=not OURS.isdisjoint(about))
    for opens, closes in tails(text.text, hits) if counts and counts["tail"] else ():
        there = range(bisect_left(hits, (opens,)), bisect_left(hits, (closes,)))
        asides |= dict.fromkeys(there, "in a list of other stories")
    reported_from = dateline(text.original)
    for number, (start, end, _) in enumerate(hits):
        if start >= reported_from:
            break
        if end <= reported_from:
            asides[number] = "in the dateline"
    ours = [n for n, (_, _, one) in enumerate(hits) if one.ours and n not in asides]
    if OURS.isdisjoint(about):
        late = _once_and_late(hits, ours, text.text, home, others=bool(about))
        if late and hits[late[0]][2].kind in ACTORS and not (about or _names_others(hits)):
            late = []  # whose parliament or minister acts, and no other state is named
        if home and not late and len(text.text) > TEASER and any(home in hits[n][2].of for n in ours):
            late = _neighbours_late(hits, ours, len(text.text), frozenset({home}), by_itself=False)
        asides |= dict.fromkeys(late, "in passing, once and late")
    elif "C5" not in about and len(text.text) > TEASER:
        late = _neighbours_late(hits, ours, len(text.text), about | {home}, named=named)
        asides |= dict.fromkeys(late, "in passing, once and late")
    return asides | _turned_off(hits, counts, asides)


def _once_and_late(hits: Sequence[Hit], ours: list[int], text: str, home: str, *, others: bool) -> list[int]:
    """The hits of ours, by their numbers, when they all are of one place, and that is after the first third.

    `home`, in the language of its own news, goes without saying: where it is named at all, it is meant.
    A short list of several of them, after the half of a text, is one place too: whoever else is a member;
    after its first quarter, where the title names `others`: sanctions, trains and migrants are of many lands.
    So is, after the first third, what a single sentence says of one or two: "Japarov has signed one too".
    """
    length = len(text)
    places = {hits[n][0] for n in ours}
    if len(places) == 1:
        late = min(places) > LATE * length and length > SENTENCE
        return ours if late and home not in hits[ours[0]][2].of else []
    named = {code for n in ours for code in hits[n][2].of}
    spoken = others and length > TEASER and min(places, default=0) > LATE * length and home not in named
    if spoken and len(named) <= REMARKED and _in_one(text, hits, ours):
        return ours
    members = all(hits[n][2].kind in MEMBERS for n in ours)  # railways of three states are no list of those
    several = len(named) > 1
    listed = members and several and max(places) - min(places) <= LISTED and _side_by_side(hits, ours)
    after = length * (OTHERS_LATE if others else 1 / 2)
    return ours if listed and length > TEASER and min(places) > after else []


def _in_one(text: str, hits: Sequence[Hit], ours: list[int]) -> bool:
    """Whether some hits stand in one sentence, and near one another."""
    opens, closes = min(hits[n][0] for n in ours), max(hits[n][1] for n in ours)
    return closes - opens <= LISTED and not _SENTENCE_ENDS.search(text, opens, closes)


def _side_by_side(hits: Sequence[Hit], ours: list[int]) -> bool:
    """Whether no more than a word or two parts some hits: where a verb stands between, they do something."""
    ends = [hits[n][1] for n in ours]
    return all(hits[n][0] - before <= LIST_GAP for n, before in zip(ours[1:], ends[:-1], strict=True))


def named_in(titled: Sequence[Hit]) -> frozenset[str]:
    """Those of the five that a title names, and not only by a place."""
    return frozenset([code for _, _, one in titled if one.ours and one.kind in STATES for code in one.of])


def _names_others(hits: Sequence[Hit]) -> bool:
    return any(one.kind in STATES and one.of and OURS.isdisjoint(one.of) for _, _, one in hits)


def _neighbours_late(
    hits: Sequence[Hit],
    ours: list[int],
    length: int,
    spared: frozenset[str],
    *,
    by_itself: bool = True,
    named: frozenset[str] = frozenset(),
) -> list[int]:
    """Of the hits of ours those of each that is named once, late, by itself, where the title names another.

    Ore from Tajikistan goes into a Kyrgyz furnace, gas comes through Kazakhstan. `spared` are those whom the
    title names, and home; where only home is, two may stand side by side: power from both its neighbours.
    So may they where the title has `named` one, and that does not stand with them: both have such laws, too.
    """
    found: list[int] = []
    for code in {code for n in ours for code in hits[n][2].of} & {*FIVE} - spared:
        naming = [n for n in ours if code in hits[n][2].of]
        at = hits[naming[0]][0]
        together = hits[naming[-1]][0] - at <= APART  # "Kazatomprom of Kazakhstan" names it once
        once = together and at > NEIGHBOUR_LATE * length
        beside = [n for n in ours if hits[n][2].kind in STATES]  # a mine does nothing with its neighbour
        if named:
            beside = [n for n in beside if not named.isdisjoint(hits[n][2].of)]
        if once and (not by_itself or all(n in naming or abs(hits[n][0] - at) > APART for n in beside)):
            found += naming
    return found


def _turned_off(
    hits: Sequence[Hit], counts: Counter[str] | None, aside: Container[int], *, plainly: bool = False
) -> dict[int, str]:
    """Why other hits mean something else, or nothing, here.

    The noise of its text does not turn the metals of a title that speaks `plainly`: a Minister Aurora is no
    northern light.
    """
    if counts is None:
        return {}
    turning = [(n, hit[2]) for n, hit in enumerate(hits) if not hit[2].plain]
    quiet = Counter({one: times for one, times in counts.items() if one != NOISE}) if plainly else counts
    reasons = {
        one.id: turned_off(one, quiet if one.kind == MINERAL and one.sure else counts)
        for one in {one.id: one for _, one in turning}.values()
    }
    return {n: reasons[one.id] for n, one in turning if reasons[one.id] and n not in aside}


def origins(hits: Sequence[Hit], *, spared: bool = False) -> dict[int, str]:
    """Why hits are set aside that say where somebody is from ("born in", "a man from"), by their numbers.

    The place is, for nothing is told of it; "born in" is where no place of ours follows, or they
    are `spared`: where the title speaks of ours, its people are not abroad.
    """
    asides: dict[int, str] = {}
    for number, (_, end, concept) in enumerate(hits):
        if concept.kind == "origin":
            near = range(number + 1, number + 1 if spared else bisect_left(hits, (end + FROM_GAP,)))
            named = [n for n in near if hits[n][0] >= end and hits[n][2].of]
            # "Students from India in Samarkand": the first that is named is where they are from.
            of_ours = bool(named) and not OURS.isdisjoint(hits[named[0]][2].of)
            ours = [n for n in named if of_ours and not OURS.isdisjoint(hits[n][2].of)]
            asides |= dict.fromkeys(ours or [number], FROM)
    return asides


def tails(text: str, hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """Spans of the text that are lists of other stories, by the headings that open them.

    A heading stands at the beginning of a line or after a sentence. Alone on its
    line it opens a list that goes on for as long as lines are short; otherwise
    it takes the rest of its line.
    """
    spans: list[tuple[int, int]] = []
    for start, end, concept in hits:
        if (
            concept.kind != "tail"
            or start < min(TAIL_FROM, len(text) // 3)
            or (spans and start < spans[-1][1])
        ):
            continue
        before = text[:start].rstrip(" \t»”\"'")[-1:]
        if before not in {"", "\n", ".", "!", "?", "…", ":", "|", ">"}:
            continue
        rest = text[end : end + 3]
        if not rest or rest.lstrip(" \t")[:1] in {"", "\n", ":", "\r"} or rest.strip()[:1].isdigit():
            spans.append((start, _end_of_list(text, end)))
        elif before in {"", "\n"}:
            stop = text.find("\n", end)
            spans.append((start, len(text) if stop < 0 else stop))
    return spans


def _end_of_list(text: str, at: int) -> int:
    """Where the short lines after `at` end: at the first long one, or the end of the text."""
    line_end = text.find("\n", at)
    if line_end < 0:
        return len(text)
    if line_end - at > SHORT_LINE:
        return line_end
    at = line_end + 1
    while at < len(text):
        line_end = text.find("\n", at)
        line_end = len(text) if line_end < 0 else line_end
        if line_end - at > SHORT_LINE:
            return at
        at = line_end + 1
    return len(text)


def dateline(text: str) -> int:
    """Where the line that says whence a story is reported ends; 0: there is none."""
    head = text[:160]
    if not _DASH.search(head):
        return 0
    if found := _DATELINE.match(head):
        place = found["place"]
        if sum(letter.isupper() for letter in place) > 0.6 * sum(letter.isalpha() for letter in place):
            return found.end()
    reported = _REPORTED.match(head)
    return reported.end() if reported else 0


def passing_list(
    text: str,
    hits: Sequence[Hit],
    ours: frozenset[str],
    spared: frozenset[str] = frozenset(),
    *,
    strangers_from: int = LIST_STRANGERS,
    home: str = "",
) -> set[int]:
    """Indices of hits that are ours in a list with so many other countries, or more.

    What the title is about is `spared`: no list makes it passing. Nor is the `home` of a
    story that names it first: its own people name themselves so where they act with others.
    """
    members = [i for i, (_, _, concept) in enumerate(hits) if concept.kind in MEMBERS]
    aside: set[int] = set()
    run: list[int] = []
    if len(members) < LIST_LENGTH:
        return aside
    # "The presidents of Turkey, Kazakhstan and Hungary": some of ours do something together.
    gather = {
        end + gap
        for start, end, one in hits
        if one.id == OFFICE and text[end - 1] in PLURAL
        for gap in (1, len(OF) + 1)
    }

    def close() -> None:
        if len(run) < LIST_LENGTH:
            return
        if hits[run[0]][0] in gather and len({*FIVE} & {code for i in run for code in hits[i][2].of}) > 1:
            return
        strangers = sum(1 for i in run if not ours.intersection(hits[i][2].of))
        if len({hits[i][0] for i in run}) >= LIST_LENGTH and strangers >= strangers_from:
            acting = spared | ({home} & {*hits[run[0]][2].of})
            aside.update(i for i in run if (ours - acting).intersection(hits[i][2].of))

    last = -1
    for index in members:
        start, end, _ = hits[index]
        if run and start < last:  # the same word, by another of its meanings
            run.append(index)
            continue
        gap = text[last:start] if run else ""
        if run and not (len(gap) <= LIST_GAP and _BETWEEN_MEMBERS.fullmatch(gap) and gap.strip(" \n")):
            close()
            run = []
        run.append(index)
        last = end
    close()
    return aside


def turned_off(concept: Concept, counts: Counter[str]) -> str:
    """Why a concept does not mean here what it means elsewhere; "": it does.

    `counts` holds, by id and by kind, how often what turns others was named.
    """
    if concept.kind == "decoy":
        return concept.note or "means something else"
    # Past the counter's own way with what it has not counted, which is slow.
    support = sum([counts.get(one, 0) for one in concept.on])
    against = sum([counts.get(one, 0) for one in concept.off])
    if against > support:
        named = max(concept.off, key=lambda one: counts[one])
        return f"means something else here: {named.replace('.', ', ')}"
    if not concept.sure and not support:
        return "too weak a word alone"
    return ""
