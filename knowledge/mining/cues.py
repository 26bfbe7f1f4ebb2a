"""Words that tell who speaks in a sentence and what the sentence does."""

import re
from dataclasses import dataclass

from knowledge.topics import Role

_SPEECH = r"""(?:says?|said|argues?|argued|claims?|claimed|insists?|insisted|contends?|maintains?|warns?|warned|worr(?:y|ies|ied)
    |fears?|feared|complains?|complained|objects?|objected|repl(?:y|ies|ied)|answers?|answered|retorts?|holds?|believes?
    |thinks?|suspects?|asks?|asked|counters?|countered|protests?|alleges?|assures?|promises?|tells?|told|calls?|called
    |points?\s+out|pointed\s+out|would\s+have\s+us|like\s+to\s+\w+|likes\s+to\s+\w+|love\s+to\s+\w+)"""
_FRIENDS = r"""(?:supporters|advocates|proponents|backers|champions|defenders|campaigners|reformers
    |those\s+(?:who\s+are\s+)?(?:in\s+favou?r|for\s+it)|(?:its|the\s+\w+'s)\s+(?:friends|champions|allies)
    |(?:yes|pro|in-favou?r)[-\s]+(?:camp|side|campaign|vote)|(?:case|argument|reason)\s+(?:\w+\s+)?for)\b"""
_FOES = r"""(?:critics|opponents|sceptics|skeptics|detractors|doubters|objectors|naysayers|cynics|enemies|foes
    |those\s+(?:who\s+are\s+)?(?:against|opposed|who\s+(?:oppose|doubt|object))|(?:no|anti|against)[-\s]+(?:camp|side|campaign|vote)
    |\w+\s+who\s+(?:doubt|oppose|reject|resist)|(?:case|argument|reason)\s+(?:\w+\s+)?against)\b"""
_REPORTED = rf"""^(?:"|“)?(?:some|others|many|plenty|most|a\s+(?:few|growing\s+number|good\s+many)|certain)\b[^.;:]{{0,60}}?\b{_SPEECH}\b
    | \bthere\s+(?:is|are)\s+(?:those|people|some|many|\w+),?\s+(?:[^.;:]{{0,40}},\s+)?who\s+(?:\w+\s+)?(?:{_SPEECH}|see|feel)
    | \b(?:one|we|you)\s+(?:often\s+|sometimes\s+|always\s+)?hears?\b | \b(?:we|i)\s+(?:are|am|have\s+been|keep\s+being)\s+(?:\w+\s+)?told\b
    | \bit\s+(?:is|was|has\s+been|will\s+be|may\s+be|might\s+be|can\s+be|could\s+be)\s+(?:\w+\s+)?(?:said|argued|claimed|objected|alleged|suggested)\b
    | \bas\s+(?:[\w'’-]+\s+){{1,5}}?(?:likes?|loves?)\s+to\s+\w+
    | \bthe\s+(?:\w+\s+)?(?:repl(?:y|ies)|answer|objection|complaint|retort|rejoinder|worry|fear|charge|accusation|line|reasoning
        |counter-?argument|argument\s+against)\s+(?:against\s+\w+\s+|to\s+this\s+|here\s+)?(?:is|goes|runs|has\s+been)\b
    | \b(?:goes|runs)\s+the\s+(?:\w+\s+)?(?:argument|complaint|objection|story|reasoning|theory|worry|refrain)\b
    | \bso\s+(?:the|their)\s+(?:\w+\s+)?(?:argument|reasoning|story|theory|complaint)\s+(?:goes|runs)\b
    | ,\s+(?:they|he|she|these\s+\w+|the\s+\w+)\s+(?:also\s+|often\s+|like\s+to\s+)?{_SPEECH}(?:\s+(?:us|me|you))?(?:,|\s*[.!?]?["”]?$)
    | ^(?:they|these\s+people)\s+(?:also\s+|often\s+)?{_SPEECH}\b
    | \b(?:harder|serious|obvious|common|familiar|stock|usual|main|other|strongest)\s+(?:objection|complaint|argument\s+against)\b"""
_SAYS = rf"""^(?:the|our|a|an|one|my)?\s*(?:[\w'’-]+\s+){{1,5}}?{_SPEECH}\b(?!\s+for\b)
    | ["”],?\s+(?:[\w'’-]+\s+){{1,9}}?(?:says?|said|told|tells|asked|argued|wrote)\b | ["”],?\s+(?:said|says|wrote|argued)\s
    | ^[^.;]{{1,60}}\b(?:is|are|feels?|remains?)\s+(?:afraid|worried|anxious|uneasy|nervous|unconvinced|sceptical|skeptical)\b"""
_STUDIED = r"""\b(?:stud(?:y|ies)|survey|poll|trial|experiment|data|figures?|statistics|report|research(?:ers)?|scientists?|economists?
    |psychologists?|analysis|estimates?|according\s+to|census|count|model|found\s+that|shows?\s+that|showed\s+that|university|institute
    |evidence|per\s+cent|percent|median|average|registry|index)\b|%"""
_NUMBER = r"""\d|\bper\s?cent\b|\b(?:one|two|three|four|five|six|seven|eight|nine)\s+in\s+(?:two|three|four|five|six|seven|eight|nine|ten)\b
    |\b(?:hundreds?|thousands?|millions?|billions?|two-thirds|three-quarters|nine-tenths)\b|\bby\s+(?:about\s+|almost\s+|more\s+than\s+)?(?:a|half|two|three)\b"""
_BOON = r"""\b(?:benefit\w*|gain(?:s|ed)?|better|healthier|happier|safer|cheaper|improve[sd]?|improvement|advantages?|hopes?|succe\w+|works?\s+well
    |strong(?:er|est)|promis\w+|reward\w*|free(?:s|d)?|save[sd]?)\b"""
_BANE = r"""\b(?:worr(?:y|ies|ied)|fear\w*|risk\w*|danger\w*|cost(?:s|ly)?|expensive|burdens?|pressure|problems?|too\s+(?:quick|soon|much|late|slow|dear|high)
    |doubt\w*|threat\w*|unfair|harm\w*|fail(?:s|ed|ure)?|los(?:e|es|s|ing)|accidents?|wastes?|cannot|worse)\b"""
_GRANT = r"""^(?:to\s+be\s+sure|admittedly|granted|of\s+course|no\s+doubt|undoubtedly|true[,:]|yes[,:]|certainly|fair\s+enough|naturally)\b
    | \b(?:i|we|one)\s+(?:\w+\s+){0,2}?(?:grant|concede|admit|acknowledge|recogni[sz]e|accept|allow)\b(?!\s+(?:only|no))
    | ^(?:it|that|this)\s+is\s+(?:\w+\s+)?true\b | \bi\s+(?:do\s+not|don't|don’t|cannot|can't|won't|will\s+not|would\s+not)\s+
        (?:dispute|deny|doubt|claim|pretend|tell\s+you|say\s+that\s+it|have\s+(?:a|an|any))\b
    | \bthere\s+is\s+(?:something|some\s+\w+|much|a\s+point|truth|force)\s+(?:in|to)\b
    | \b(?:they|he|she|the\s+\w+|these\s+\w+)\s+(?:are|is)\s+(?:quite\s+|partly\s+|surely\s+)?(?:right|correct|real)\b(?!\s+(?:to|in))
    | \b(?:that|which)\s+is\s+(?:so|fair|right)\b | \bnobody\s+(?:\w+\s+){0,6}?(?:pretend|den(?:y|ies)|dispute)s?\b
    | \bi\s+have\s+no\s+(?:\w+\s+)?answer\b | \b(?:let\s+me\s+be|to\s+be)\s+(?:plain|honest|fair|frank|candid)\b
    | \bi\s+will\s+say\s+(?:this\s+)?for\b | \bnor\s+(?:does|is|was|will)\s+it\s+(?:come\s+)?(?:free|cheap|easy|perfect|painless|simple)\b
    | \bis\s+(?:not|no)\s+(?:a\s+)?(?:perfect|panacea|cure-all|magic|silver\s+bullet)\b | \bwould\s+be\s+(?:selling|lying|foolish|wrong)\b
    | ^(?:in\s+some\s+ways|perhaps|maybe)\b"""
_BACK = r"""^(?:"|“)?(?:but|yet|however|still|nevertheless|nonetheless|even\s+so|and\s+yet|all\s+the\s+same|on\s+the\s+contrary|rather|instead
        |in\s+(?:truth|fact|reality)|the\s+(?:truth|fact|point|trouble|answer)\s+is|against\s+(?:that|this|it))\b
    | ^[^,.;]{1,60},\s+(?:however|though|by\s+contrast|nevertheless),"""
_REPLY = r"""\b(?:repl(?:y|ies)|answers?|responds?|respond|retorts?|rejoinder|counters?)\b|\bother\s+side\b"""
_DISMISS = r"""^(?:that|this|it)\s+(?:is\s+(?:not|no|an?\s+argument|wrong|false|nonsense|backwards)|confuses|misses|ignores|overlooks|forgets|has\s+(?:the|it)\b
        |gets\b|leaves\s+out|won't|will\s+not|does\s+not)
    | ^(?:they|he|she)\s+(?:forget|miss|ignore|overlook|leave\s+out|confuse|do\s+not|don't)s?\b | ^(?:nothing|nobody|no\s+one|not\s+so|read|look)\b
    | ^(?:because|so)\b | ^i\s+(?:would|understood|set|notice|can|think|believe|ask)\b"""
_OUGHT = r"""\b(?:should|must|ought\s+to|needs?\s+to|let\s+(?:us|it|them|her|him|those)|it\s+is\s+time|had\s+better|i\s+ask|we\s+call\s+(?:on|for))\b
    | ^(?:so\s+)?(?:give|make|build|put|close|open|lower|raise|use|mend|do|don't|do\s+not|leave|keep|lock|write|pay|stop|start|end|let|ban|tax)\b"""
_PAST = r"""\b(?:1[5-9]\d\d|19\d\ds)\b|\b(?:in|during|since|by)\s+the\s+(?:last|past|previous|nineteenth|twentieth)\s+centur|\bcentury\s+ago\b
    |\bgenerations?\s+ago\b"""
_FLAGS = re.IGNORECASE | re.VERBOSE


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words of one sentence tell.

    ``reported``: somebody unnamed or opposed is given the word; ``says``: somebody is; ``friends`` and ``foes``: the
    people for or against a thing are spoken of; ``grants``: something is conceded; ``returns``: the speaker takes the
    word back; ``dismisses``: what was said is judged; then what gives a role away.
    """

    reported: bool
    says: bool
    friends: bool
    foes: bool
    grants: bool
    returns: bool
    dismisses: bool
    replies: bool
    boon: bool
    bane: bool
    studied: bool
    counted: bool
    ought: bool
    past: bool


_CUES = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        _REPORTED,
        _SAYS,
        _FRIENDS,
        _FOES,
        _GRANT,
        _BACK,
        _DISMISS,
        _REPLY,
        _BOON,
        _BANE,
        _STUDIED,
        _NUMBER,
        _OUGHT,
        _PAST,
    )
)


def cues_of(sentence: str) -> Cues:
    """Return the cues in a sentence."""
    return Cues(*(bool(cue.search(sentence)) for cue in _CUES))


def role_of(cues: Cues, own: bool) -> Role:
    """Return the role of a sentence; ``own`` says that it is said in the author's own voice."""
    if cues.grants and not cues.returns:
        return Role.CONCESSION
    if not own or (cues.reported and not cues.returns):
        return Role.VOICE
    if cues.past and not cues.studied:
        return Role.HISTORY
    if cues.studied and cues.counted:
        return Role.EVIDENCE
    if cues.ought:
        return Role.PROPOSAL
    return Role.EVIDENCE if cues.counted else Role.CLAIM
