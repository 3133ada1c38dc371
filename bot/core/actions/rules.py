"""Which deeds make which instrument. One table for all languages; `action_stages` says how far each came.

The words of deeds are data, a file a language (`bot/packs/words/actions/`); `sign`, `memo`,
`export` below are the ids there without "act.". A cue is the deeds that stand in one
sentence; the more it asks for, the more it is worth. Beside deeds a cue may ask for `money` (an
amount), `mineral`, `umbrella`, `person`, `lender` (a development bank), `two` or `many` (so many
states), `format` (the five and a partner), `will` or `may` (any deed so bent), `views` (two signs of
opinion), `founded` (a company or agency is set up), `partners` (by two bodies), `pair` or `host` (two
persons talk, or one receives the other), `kept` (exports that are not to be) in the sentence, and `asks`
(it is a question, and none that is quoted) or `quotes` (a title that is somebody's words).
"""

from dataclasses import dataclass
from typing import Final

from bot.core.words import Instrument

I = Instrument  # noqa: E741


@dataclass(frozen=True, slots=True)
class Cue:
    """What a sentence must hold to speak for an instrument, and how much that is worth."""

    instrument: Instrument
    worth: float
    needs: tuple[frozenset[str], ...]  # one of each set
    bars: frozenset[str]  # none of these


def _cue(instrument: Instrument, worth: float, needs: str, bars: str = "") -> Cue:
    """`needs` are deeds parted by spaces; "a|b" is one of both."""
    sets = tuple(frozenset(need.split("|")) for need in needs.split())
    return Cue(instrument, worth, sets, frozenset(bars.split()))


_SIGNED_ELSE: Final = (
    "law decree bill memo treaty jv offtake finance invest build plant infra licence declaration paper"
    " strategy vote parliament grant supply trade stake produce deposit start"
)  # what is signed there has a name; else it is some agreement
_OWNED: Final = "stake plant deposit project firm stockpile jv"  # bought, these are no deliveries

CUES: Final = (
    # Named by their own word: what is so called is so.
    _cue(I.EXPORT_CONTROL, 5.5, "control", "sanction"),
    _cue(I.EXPORT_CONTROL, 5.5, "export ban|restrict|quota"),
    _cue(I.EXPORT_CONTROL, 5.5, "export suspend|halt", "tariff"),
    _cue(I.EXPORT_CONTROL, 3.6, "export lift"),
    _cue(I.EXPORT_CONTROL, 4.4, "trade|supply ban|restrict mineral", "sanction tariff"),
    _cue(I.EXPORT_CONTROL, 3.4, "trade|supply lift mineral", "sanction tariff ban stake"),
    _cue(I.EXPORT_CONTROL, 6.0, "export licence impose", "approve"),
    _cue(I.EXPORT_CONTROL, 5.0, "export licence", "issue approve grant lift"),
    _cue(I.EXPORT_CONTROL, 4.0, "export control lift|force|impose|announce|propose"),
    _cue(I.EXPORT_CONTROL, 4.4, "quota mineral", "import"),
    _cue(I.EXPORT_CONTROL, 4.4, "listing export"),
    _cue(I.EXPORT_CONTROL, 4.4, "kept impose|announce|approve|decree|law|restrict|halt|ban"),
    _cue(
        I.EXPORT_CONTROL,
        4.4,
        "restrict impose|announce|suspend|lift|force mineral",
        "import court tax produce",
    ),
    _cue(I.EXPORT_CONTROL, 4.6, "keep mineral", "visit discovery jv stake"),  # "nickel is to stay at home"
    _cue(I.EXPORT_CONTROL, 5.6, "keep mineral ban|law|approve|parliament|impose|decree", "visit discovery"),
    _cue(I.SANCTIONS, 4.4, "sanction"),
    _cue(I.SANCTIONS, 5.8, "listing impose firm control"),
    _cue(I.SANCTIONS, 5.5, "sanction impose|lift|announce|force|ban|revoke"),
    _cue(I.TARIFF, 4.2, "tariff", "volume"),
    _cue(I.TARIFF, 5.5, "tariff impose|lift|announce|propose|suspend|export|import", "volume"),
    _cue(I.TARIFF, 5.2, "tax export|import"),
    _cue(I.NATIONALISATION, 5.5, "nationalise"),
    _cue(I.NATIONALISATION, 4.6, "takeover state", "agreement sign listing"),
    _cue(I.TREATY, 5.0, "treaty"),
    _cue(I.TREATY, 6.2, "treaty sign|ratify|force"),
    _cue(I.TREATY, 6.2, "friendship agreement|treaty sign|ratify|force"),
    _cue(I.MOU, 4.6, "memo"),
    _cue(I.MOU, 6.0, "memo sign"),
    _cue(I.MOU, 4.8, "strategy sign two|body", "decree"),
    _cue(I.MOU, 2.0, "declaration"),
    _cue(I.MOU, 4.2, "declaration sign|approve", "summit leaders"),
    _cue(I.OFFTAKE, 5.4, "offtake", "restrict ban"),
    _cue(I.EXPORT_CONTROL, 5.6, "offtake restrict|ban mineral"),
    _cue(I.OFFTAKE, 4.4, "supply announce|sign mineral", "paper chain plant"),
    _cue(I.OFFTAKE, 6.0, "offtake sign"),
    _cue(I.OFFTAKE, 2.4, "supply", "say"),
    _cue(I.OFFTAKE, 3.6, "supply volume|agreement|sign", "paper chain"),
    _cue(
        I.OFFTAKE,
        4.6,
        "trade mineral|volume",
        "stake plant deposit project firm stockpile jv change export restrict ban",
    ),
    _cue(
        I.OFFTAKE,
        5.0,
        "trade mineral|volume sign|agreement|will",
        "stake plant deposit project firm stockpile jv restrict ban",
    ),
    _cue(I.OFFTAKE, 4.0, "supply volume start|agreement|sign|announce|will"),
    _cue(I.JOINT_VENTURE, 3.8, "jv", "suspend halt"),
    _cue(I.JOINT_VENTURE, 5.8, "jv sign|agreement"),
    _cue(I.JOINT_VENTURE, 5.8, "jv start|announce", "suspend halt lift"),  # whose own work rests, too
    _cue(I.STOCKPILE, 5.0, "stockpile", "discovery find"),  # what geologists find lies in the ground
    _cue(I.STOCKPILE, 5.8, "stockpile buy|trade|start|announce|invest"),
    _cue(I.LIST, 4.4, "list"),
    _cue(I.LIST, 5.8, "list approve|impose|announce|start"),
    _cue(I.LIST, 5.0, "listing umbrella approve|impose|announce|propose|start", "deposit"),
    _cue(I.TENDER, 5.0, "tender", "stake"),  # a share that is offered is sold
    _cue(I.SUBSIDY, 3.6, "subsidy"),
    _cue(I.SUBSIDY, 4.8, "subsidy approve|impose|announce|issue"),
    # Law: a draft, a decree and a vote more than the word "law".
    _cue(I.LAW, 2.6, "law"),
    _cue(I.LAW, 4.8, "law sign|approve|force|propose|ratify|ban|lift"),
    _cue(I.LAW, 4.4, "law start", "deposit plant produce infra project build"),
    _cue(I.LAW, 5.2, "bill"),
    _cue(I.LAW, 4.8, "parliament approve|propose|impose|ban|lift", "agreement treaty election"),
    _cue(I.LAW, 4.4, "decree", "appoint"),
    _cue(I.LAW, 5.0, "decree sign|approve|force|ban"),
    _cue(I.LAW, 5.2, "vote"),
    _cue(I.LAW, 3.4, "tax"),
    _cue(I.LAW, 4.8, "tax impose|lift|law|decree"),
    _cue(I.LAW, 3.6, "ban", "export import"),
    _cue(I.LAW, 3.6, "import ban|restrict", "export tariff tax control"),
    _cue(I.LAW, 4.4, "tariff volume"),  # what gas and power cost at home
    _cue(I.STRATEGY, 2.8, "strategy", "visit"),
    _cue(I.STRATEGY, 4.6, "strategy approve|start|announce|propose|impose", "visit"),
    _cue(I.STRATEGY, 4.2, "target announce|approve", "produce build invest project plant infra change money"),
    _cue(I.LICENCE, 3.4, "licence"),
    _cue(I.LICENCE, 4.2, "explore approve|issue|grant", "finance money invest discovery find list"),
    _cue(I.LICENCE, 5.6, "licence issue|grant|revoke|approve|suspend|impose", "court"),
    _cue(I.LICENCE, 4.8, "licence propose|announce|ban"),
    _cue(I.LICENCE, 2.4, "approve plant|deposit mineral", "law parliament finance invest money say"),
    # Agreements: the plain word yields to what the agreement is about.
    _cue(I.AGREEMENT, 3.0, "agreement"),
    _cue(I.AGREEMENT, 4.8, "truce"),
    _cue(
        I.AGREEMENT,
        3.4,
        "agree two",
        "invest build plant finance money tariff export memo treaty jv offtake summit",
    ),
    _cue(I.AGREEMENT, 3.8, "paper sign", "memo treaty law decree"),
    _cue(
        I.AGREEMENT,
        3.8,
        "sign target two|many",
        "memo treaty law decree bill",
    ),
    _cue(I.AGREEMENT, 5.0, "agreement sign"),
    _cue(I.AGREEMENT, 2.4, "sign two|many|person|leaders|body", _SIGNED_ELSE),
    _cue(I.AGREEMENT, 4.2, "agreement negotiate|announce|ratify|force|issue"),
    _cue(I.AGREEMENT, 5.0, "agreement revoke", "licence court"),  # torn up: what it was for is not the news
    _cue(I.AGREEMENT, 5.6, "agreement ratify", "finance"),  # more than the law by which it is
    _cue(I.AGREEMENT, 3.0, "ratify"),
    _cue(I.AGREEMENT, 4.0, "explore announce", "licence finance discovery find strategy"),
    _cue(I.FINANCING, 3.0, "finance", "sanction"),  # on lenders, on who finances
    _cue(I.FINANCING, 4.6, "finance money|will", "sanction"),
    _cue(I.FINANCING, 4.8, "finance negotiate", "agreement"),
    _cue(I.FINANCING, 4.6, "lender money|finance"),
    _cue(I.FINANCING, 5.2, "finance approve|sign|issue|announce|agreement", "invest sanction"),
    _cue(I.FINANCING, 5.6, "finance approve|sign|issue|announce|agreement money", "sanction"),
    _cue(I.FINANCING, 5.0, "grant money", "licence"),
    _cue(I.INVESTMENT, 2.2, "invest"),
    _cue(I.INVESTMENT, 4.4, "project money", "finance agreement"),
    _cue(I.INVESTMENT, 2.8, "project start|announce|approve"),
    _cue(I.INVESTMENT, 4.6, "invest money"),
    _cue(I.INVESTMENT, 3.6, "commit money", "finance lender grant court tariff tax stake buy trade summit"),
    _cue(I.INVESTMENT, 3.4, "invest infra|plant|project"),
    _cue(I.INVESTMENT, 4.4, "build|start plant|infra money"),
    _cue(I.INVESTMENT, 3.6, "plant|infra money", "finance lender buy"),
    _cue(I.INVESTMENT, 4.0, "invest announce|start|sign|approve"),
    _cue(I.STAKE_SALE, 2.6, "stake"),
    _cue(I.STAKE_SALE, 5.4, "stake buy|trade|tender"),
    _cue(I.STAKE_SALE, 3.4, "buy", "trade offtake volume finance export change"),  # "quits", "takes over"
    _cue(I.STAKE_SALE, 3.4, "buy body|firm|company|money|state", "offtake volume finance export change"),
    _cue(
        I.STAKE_SALE,
        4.2,
        "buy mineral|money|sign|approve|announce",
        "offtake export stockpile volume finance change",
    ),
    _cue(I.STAKE_SALE, 4.6, "buy firm|plant|deposit|company", "offtake export stockpile"),
    # Happenings
    _cue(I.SUMMIT, 4.4, "summit"),
    _cue(I.SUMMIT, 5.0, "summit held|start|met"),
    _cue(I.SUMMIT, 4.4, "leaders held|met", "visit"),
    _cue(I.SUMMIT, 4.6, "format held|met|meeting|leaders"),
    _cue(I.SUMMIT, 4.4, "leaders approve|sign declaration|paper"),
    _cue(I.SUMMIT, 2.4, "leaders negotiate", "visit agreement memo treaty"),
    _cue(I.SUMMIT, 2.4, "forum held|start"),
    _cue(I.SUMMIT, 2.8, "meeting held|start two"),
    _cue(I.SUMMIT, 4.6, "met|meeting many"),
    _cue(I.VISIT, 3.4, "visit", "summit"),
    _cue(I.VISIT, 2.0, "delegation"),
    _cue(I.VISIT, 3.4, "delegation met|negotiate"),
    _cue(I.VISIT, 3.2, "met"),
    _cue(I.VISIT, 4.0, "visit met|negotiate"),
    _cue(I.VISIT, 2.8, "negotiate person", "agreement memo infra offtake"),
    # What two states talk about is not done: who met is the news.
    _cue(
        I.VISIT,
        4.6,
        "negotiate two",
        "many not halt suspend agreement memo treaty offtake jv finance tariff sanction court summit",
    ),
    _cue(I.VISIT, 3.8, "host", "licence money finance grant sign approve law decree court"),
    _cue(I.VISIT, 6.0, "negotiate pair", "not halt suspend agreement memo treaty sign summit"),
    _cue(I.DISCOVERY, 5.0, "discovery"),
    _cue(I.DISCOVERY, 4.8, "find deposit", "infra"),
    _cue(I.DISCOVERY, 3.6, "find mineral", "court view piece"),
    _cue(I.DISCOVERY, 3.0, "reserves change|find|approve|impose|deposit mineral", "say view"),
    _cue(I.COURT, 4.8, "court"),
    _cue(I.COURT, 5.8, "court nationalise", "state takeover"),  # bailiffs seize for creditors
    _cue(I.INFRASTRUCTURE, 2.6, "infra"),
    _cue(I.INFRASTRUCTURE, 2.8, "build start|will|announce", "plant"),
    _cue(I.INFRASTRUCTURE, 4.2, "infra build|start|announce|negotiate|propose|approve"),
    _cue(I.PRODUCTION, 2.6, "produce will"),
    _cue(I.PRODUCTION, 2.6, "produce body|firm mineral"),
    _cue(I.PRODUCTION, 3.0, "trade|supply change body"),
    _cue(I.PRODUCTION, 3.0, "export change", "ban restrict quota control impose suspend halt lift licence"),
    _cue(I.PRODUCTION, 4.2, "target change|announce|impose|issue|approve produce|body|firm"),
    _cue(I.PRODUCTION, 3.6, "produce|plant change"),
    _cue(I.PRODUCTION, 3.8, "produce|plant halt|suspend"),
    _cue(
        I.PRODUCTION,
        3.2,
        "halt mineral body|firm",
        "export import ban control quota restrict tariff supply trade licence law agreement negotiate court"
        " project",
    ),
    _cue(I.OTHER, 3.8, "election"),
    _cue(I.OTHER, 3.4, "unrest", "say truce agreement"),
    _cue(I.OTHER, 4.0, "founded"),
    _cue(I.JOINT_VENTURE, 7.5, "founded two|partners", "buy"),
    _cue(I.JOINT_VENTURE, 5.0, "founded stake"),
    _cue(I.PRODUCTION, 3.8, "produce start|announce|impose|approve"),
    _cue(I.PRODUCTION, 4.2, "plant start"),
    _cue(I.PRODUCTION, 3.8, "plant build"),
    _cue(I.PRODUCTION, 3.8, "deposit start", "licence tender explore discovery find agreement jv"),
    _cue(I.APPOINTMENT, 5.0, "appoint", "stake invest"),
    # Talk
    _cue(I.STATEMENT, 2.2, "say"),
    _cue(I.STATEMENT, 2.6, "view"),
    _cue(I.STATEMENT, 3.4, "views"),
    _cue(I.STATEMENT, 3.0, "say view"),
    _cue(I.STATEMENT, 3.2, "view forum|invest|produce"),
    _cue(I.STATEMENT, 2.8, "meeting held|start", "two"),
    _cue(I.STATEMENT, 6.0, "asks"),
    _cue(I.STATEMENT, 3.6, "quotes"),
    _cue(I.STATEMENT, 6.0, "judges"),
    _cue(I.STATEMENT, 4.6, "piece"),
)

CUES_BY: Final = {
    name: tuple(
        (cue.instrument, cue.worth, cue.needs[1:], cue.bars)
        for cue in sorted(CUES, key=lambda cue: -cue.worth)
        if name in cue.needs[0]
    )
    for name in sorted({name for cue in CUES for name in cue.needs[0]})
}
"""The cues that a deed can be the first of, the most worth first: instrument, worth, what else is needed, and
what bars it. A sentence is asked for no others."""

ASK_STATES: Final = frozenset(
    name
    for cue in CUES
    if not frozenset({"two", "many"}).isdisjoint(cue.bars.union(*cue.needs))
    for name in cue.needs[0]
)
"""The deeds of which it matters how many states stand by them."""

NAMED_BY: Final = {
    one: frozenset(name for cue in CUES if cue.instrument is one for name in cue.needs[0])
    for one in Instrument
}
"""The deeds that name an instrument; a stage told near one of them speaks loudest."""

TITLE: Final = 2.4
LEAD: Final = (1.8, 1.0, 0.7, 0.5)  # of the text's sentences, the first ones
LATER: Final = 0.25
RETOLD: Final = 0.5  # a factor on the sentences of an article about what was done: it tells no news
PAST: Final = 0.3  # a factor on sentences that tell of earlier times
PRIOR: Final = 0.5  # a vote of each sentence for the usual stage of the instrument it names
ASIDE: Final = 0.35  # a factor on what the title or lead say of the stage without naming the instrument
FLOOR: Final = 4.0  # an instrument with less is not what the story is about: it is a statement
ALSO: Final = 0.35  # of the first action's score, to be an action beside it

LENDERS: Final = frozenset(
    f"body.{name}" for name in ("dfc", "exim", "ebrd", "eib", "world_bank", "adb", "aiib", "eabr", "imf")
)

OFFICES: Final = frozenset(
    f"body.{name}"
    for name in (
        *("dfc", "exim", "state_department", "white_house", "pentagon", "us_commerce", "us_energy", "usgs"),
        *("ustr", "us_congress", "dla", "itc", "mofcom", "state_council", "european_commission"),
        *("european_parliament", "eib", "rosnedra", "jogmec", "kigam", "brgm", "kfw", "arecoms"),
    )
)
"""Bodies of states other than the five that act for them; the others there are firms."""

WORKS: Final = frozenset({"body.kambarata", "body.casa"})
"""Works of several states, of which one acts: they name their states where no other word does."""

DEAL: Final = frozenset({I.MOU, I.AGREEMENT, I.TREATY, I.OFFTAKE, I.JOINT_VENTURE, I.STAKE_SALE})
WITH_OFFICES: Final = DEAL | {I.INVESTMENT}  # who lends is no party of what is built
MEETS: Final = frozenset({I.VISIT, I.SUMMIT, I.STATEMENT})  # what is named there is but talked of
BETWEEN: Final = DEAL | {I.VISIT}  # what states do with each other
MONEY: Final = frozenset({I.FINANCING, I.INVESTMENT, I.SUBSIDY})
# What a signed contract is for is not done yet: where both are told at the top, the contract is the news.
YIELDS: Final = frozenset({I.INFRASTRUCTURE, I.PRODUCTION})
RIVAL: Final = 0.3  # of the score of a plant that is built, for the money put into it to be the news

NARROWER: Final = {
    I.AGREEMENT: (I.MOU, frozenset({"memo"})),
    I.LAW: (I.EXPORT_CONTROL, frozenset({"export", "control"})),
}
"""What a title calls by its wider name, and a deed of the lead by which it is told from that."""

KIN: Final = (
    MONEY | {I.INFRASTRUCTURE, I.PRODUCTION},
    frozenset({I.LAW, I.LICENCE, I.EXPORT_CONTROL, I.TARIFF, I.STRATEGY, I.LIST, I.SUBSIDY}),
    frozenset({I.VISIT, I.SUMMIT}),
)
"""Instruments that are sides of one deed when the same words tell of both."""

HAPPENING: Final = frozenset(
    {I.SUMMIT, I.VISIT, I.DISCOVERY, I.COURT, I.INFRASTRUCTURE, I.PRODUCTION, I.APPOINTMENT}
)
ALONE: Final = frozenset(
    {I.DISCOVERY, I.PRODUCTION, I.APPOINTMENT, I.LICENCE, I.TENDER, I.INVESTMENT, I.SUBSIDY}
)
UNILATERAL: Final = frozenset(
    {
        I.EXPORT_CONTROL,
        I.TARIFF,
        I.SANCTIONS,
        I.LAW,
        I.LICENCE,
        I.NATIONALISATION,
        I.STRATEGY,
        I.LIST,
        I.STOCKPILE,
        I.STATEMENT,
    }
)  # one state acts or speaks, and others are only hit or named by it

GATHER: Final = frozenset({"held", "met", "meeting", "leaders"})
"""Deeds beside which a format of states ("C5+1") is a gathering of them."""

GOODS: Final = frozenset(
    {
        "tally",
        "mediate",
        "export",
        "import",
        "produce",
        "volume",
        "plant",
        "project",
        "supply",
        "reserves",
        "deposit",
        "firm",
    }
    | {"state", "explore", "chain", "forum", "parliament", "leaders", "view"}
)
"""What may be spoken of: named in a title beside "says", it is not what was done."""

FOUNDED: Final = frozenset({"company", "firm"})
"""What is set up by those who found it."""
