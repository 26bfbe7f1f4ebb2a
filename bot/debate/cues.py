"""Words that give away what a message does."""

import re

INJECTION = re.compile(
    r"""\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|guideline|above|previous|
            system|told|programming)
      | \byou\s+are\s+now\b | \bfrom\s+now\s+on\b.{0,20}\b(?:you|argue|answer|say|reply|act|only)\b
      | </?\s*(?:system|assistant|admin|instructions?)\b | ^\s*\[?(?:system|assistant|admin|developer)\]?\s*:
      | \b(?:print|reveal|show|repeat|output|leak|tell\s+me|give\s+me)\b.{0,30}\b(?:system\s+prompt|your\s+prompt|
            your\s+instructions|hidden\s+(?:prompt|rules)|api\s+key|token|password)
      | \brepeat\s+after\s+me\b
      | \bsay\s+(?:that|the\s+words?)\b.{0,40}\b(?:wins?|won|lost|concede|surrender|agree)\b
      | \b(?:pretend|act)\b.{0,20}\b(?:you(?:'re|\s+are)|as\s+if|to\s+be)\b.{0,60}\b(?:side|
            no\s+rules|unrestricted|admin|human|without)
      | \b(?:developer|jailbreak|dan|debug|god|sudo)\s+mode\b | \bnew\s+(?:instructions?|system\s+prompt)\b
      | \b(?:switch|change)\s+(?:to\s+)?my\s+side\s+and\b
      | \bas\s+(?:an?|your)\s+(?:admin|developer|creator|owner)\b""",
    re.IGNORECASE | re.VERBOSE,
)
ABUSE = re.compile(
    r"""\b(?:stfu|fuck(?:ing|er|ed|s)?(?!\s+(?:up\s+situation|mess))|bitch|asshole|arsehole|dickhead|moron|idiots?
        |retard(?:ed)?|imbecile|scum(?:bag)?|bastard|cunt|twat|wanker|dumbass|dumbf\w+|kys|kill\s+yourself
        |shut\s+(?:the\s+\w+\s+)?up|piece\s+of\s+(?:sh\w+|garbage|trash|crap|junk)|go\s+to\s+hell|i\s+hate\s+you
        |you\s+suck|screw\s+you|drop\s+dead)\b""",
    re.IGNORECASE | re.VERBOSE,
)
OPENLY = re.compile(
    r"^\s*(?:(?:ok(?:ay)?|alright|fine|well|yes|hm+|yeah)[,.]?\s+)*(?:fair\b|true\b|granted\b|agreed\b|touch[eé]|conceded\b"
    r"|i(?:'ll|\s+will)?\s+(?:grant|concede|admit|accept|yield)\b|you(?:'re|\s+are)\s+right|good\s+point|point\s+taken)",
    re.IGNORECASE,
)
TURN = re.compile(r"\b(?:but|however|still|though|yet|even\s+so|nevertheless)\b[,\s]", re.IGNORECASE)
REPORTS = re.compile(
    r"^\W*(?:yes\W+|well\W+)?(?:(?:you|u)(?:\s+(?:guys|people|all))?|your\s+side|my\s+opponents?|the\s+other\s+side)\s+(?:(?:just|only|keep|always|also|may)\s+)?"
    r"(?:say|says|said|saying|claim|claims|claimed|argue|argues|argued|mention|mentioned|told\s+us|talk\s+about)\b",
    re.IGNORECASE,
)
"""A piece that tells what the bot said, before the claim against it."""
FACTUAL = re.compile(
    r"^\W*(?:(?:so|and|but|then|well|ok)\W+)*(?:who|what|when|where|which|how\s+(?:many|much|long|old|far|often)"
    r"|why\s+(?:did|was|were))\b",
    re.IGNORECASE,
)
"""A question that asks for a fact, unless it is rhetorical."""
RHETORICAL = re.compile(
    r"^\W*(?:(?:so|and|but|then|well|ok|honestly|seriously)\W+)*(?:why\s+(?:should|would|on\s+earth|not|bother|do\s+you\s+think)\b"
    r"|how\s+(?:can|could|is\s+(?:that|it)|would\s+(?:we|you|anyone))\b|(?:what|how)\s+about\b|what\s+(?:if|good|makes\s+you)\b"
    r"|what(?:['’]s|\s+is)\s+the\s+(?:point|use|good|sense|harm)\b"
    r"|(?:do|does|is|are|was|has|have|would|should|could|can)(?:n['’]?t|\s+you\s+(?:really|seriously|honestly))\b"
    r"|who\s+(?:would|wants|cares)\b)",
    re.IGNORECASE,
)
"""A question that may well be an argument."""
ANNOUNCES = re.compile(
    r"^\W*(?:(?:hi|hey|hello|ok|so|well)\W+)*(?:(?:i(?:'ve|\s+have|(?:'ll|'d|\s+will)\s+(?:make|give|say))?|here\s+(?:are|come)|there\s+are|let\s+me\s+(?:make|give)|my|just|for)\s+)*"
    r"(?:(?:the\s+)?(?:a\s+(?:few|couple\s+of)|several|some|two|three|four|five|\d|following)\s+)?"
    r"(?:quick\s+|short\s+|main\s+)?(?:points?|reasons?|problems?|things?|objections?|arguments?|contentions?|answers?)"
    r"(?:\s+(?:are|is)(?:\s+(?:as\s+follows|these|simple))?)?(?:\s+(?:here|with\s+(?:this|that)|against\s+(?:this|that|it)))?\W*$"
    r"|^\W*(?:(?:lol|hmm*|nah|nope|no|well|oh|yeah|sorry|look)\W+)*(?:i\s+(?:really\s+)?(?:doubt\s+(?:it|that)|disagree|don['’]?t\s+(?:think|buy)\s+(?:so|it|that))"
    r"|nice\s+try|no\s+way|not\s+really|come\s+on|that['’]?s\s+(?:just\s+)?(?:wrong|not\s+true|nonsense)|i\s+respect\s+(?:the|that|your)\s+\w+)\W*$"
    r"|^\W*(?:number\s+\w+|(?:thanks|thank\s+you|mr|madam|dear)\b\W+\w+)\W*$"
    r"|^\W*(?:now\s+)?(?:(?:let\s+me|let['’]?s|let\s+us|i(?:['’]?ll|\s+will|\s+want\s+to)?)\s+)?"
    r"(?:begin|start|open|turn|move\s+on|consider|think\s+about|look\s+at|take|remember)\s+(?:with\s+|to\s+)?"
    r"(?:the\s+|my\s+|your\s+)?(?:\w+\W+){0,2}\w+\W*$",
    re.IGNORECASE,
)
"""A piece that only says how many points are to come, what the next is about, whom they are put to, or no."""
TAG = re.compile(
    r"(?<=[.!?,;…])\s*(?:(?:so|and|or)\s+)?(?:(?:do|don['’]?t|would|wouldn['’]?t)\s+you\s+(?:really\s+)?(?:dis)?agree"
    r"(?:\s+with\s+(?:that|this|me))?|don['’]?t\s+you\s+think(?:\s+so)?|(?:dis)?agreed?|right|no|yes|am\s+i\s+wrong"
    r"|\w+n['’]?t\s+(?:it|they|he|we|you|that)|what\s+do\s+you\s+(?:say|think)(?:\s+(?:to|of|about)\s+that)?"
    r"|(?:any\s+|your\s+)?thoughts)\s*\?+\s*$",
    re.IGNORECASE,
)
"""A question at the end that only asks what one makes of what was said before it."""
