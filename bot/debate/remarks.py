"""What a message that does not argue is about: the name of the sentence to say in prompts/."""

import re

from knowledge.acts import Act

_ABOUT_ME = re.compile(
    r"\b(?:who|what)\s+are\s+you\b|\bare\s+you\s+(?:an?\s+)?(?:bot|ai|human|real|robot|person|program|chat)"
    r"|\bwh(?:ich|at)\s+side\s+(?:are|do|is)\s+(?:you|yours)\b|\bwh(?:at|o)(?:['’]s|\s+is|\s+are)\s+your\s+(?:side|name|creators?|makers?)\b"
    r"|\bwho\s+(?:made|built|wrote|programmed)\s+you\b",
    re.IGNORECASE,
)
_BRIEF, _SHORT = 8, 14
_SOURCE = re.compile(
    r"\b(?:source|citation|cite|evidence|proof|reference|where\s+(?:does|did|do|is)\s+(?:that|it|you|this)|says\s+who"
    r"|how\s+do\s+you\s+know|what\s+paragraph|which\s+(?:paragraph|passage))\b",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"\b(?:bye|goodbye|good\s*night|see\s+(?:you|ya|u)|cya|gtg|gotta\s+go|have\s+to\s+(?:go|leave)|take\s+care"
    r"|(?:that\s+was|this\s+was|had)\s+(?:\w+\s+)?(?:fun|great|good|nice)|thanks?\b.{0,30}\b(?:round|debate|game|practice))\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\W*(?:(?:but|and|ok(?:ay)?|so|well|um+|hm+)\W+)*"
    r"(?:why(?:\s+(?:not|so|is\s+that|though|do\s+you\s+(?:say|think)\s+(?:so|that)))?|how(?:\s+(?:so|come))|explain"
    r"|what\s+do\s+(?:you|u)\s+mean(?:\s+by\s+that)?|meaning|so\s+what|what\s+makes\s+you\s+(?:say|think)\s+(?:so|that)"
    r"|can\s+you\s+(?:explain|elaborate)(?:\s+that)?|go\s+on)\W*$",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:what|how)\s+(?:else\s+)?(?:would|will|do|should)\s+(?:you|u|your\s+side)\s+(?:do|propose|suggest|offer|want|fix|handle)\b"
    r"|\b(?:what(?:['’]s|\s+is)?|do\s+you\s+have|got)\s+(?:your|ur|an?|any)\s+(?:own\s+|better\s+)?"
    r"(?:plan|alternative|solution|proposal|counter-?plan|policy|strategy)\b",
    re.IGNORECASE,
)
_PROCEDURAL = (
    (
        "procedural_side",
        r"\b(?:switch|swap|change|trade|other|flip)\b.{0,20}\bsides?\b|\bwh(?:ich|at|ose)\s+side\b|\bside\b",
    ),
    ("procedural_time", r"\b(?:time|clock|minutes?|seconds?|timer|prep|long|deadline)\b"),
    ("procedural_end", r"\b(?:end|stop|finish|quit|over|done|wrap|restart|start\s+over|new\s+round|pause|ballot)\b"),
)


def asks_why(message: str) -> bool:
    """Return whether a message asks for no more than the reason behind what was just said."""
    return bool(_WHY.match(message))


def asks_who(message: str) -> bool:
    """Return whether a message asks no more than who or what the bot is."""
    return bool(_ABOUT_ME.search(message)) and len(message.split()) <= _BRIEF


def question(message: str) -> str:
    """Return "about_me", "question_why", "question_source", "question_plan", or "" for a question on the matter."""
    if asks_why(message):
        return "question_why"
    if _ABOUT_ME.search(message):
        return "about_me"
    if len(message.split()) >= _SHORT:
        return ""
    if _SOURCE.search(message):
        return "question_source"
    return "question_plan" if _PLAN.search(message) else ""


def named(act: Act, message: str) -> str:
    """Return the sentence that meets a remark on the running of the round or on the bot, or a farewell; else ""."""
    if act is Act.PROCEDURAL:
        found = (name for name, pattern in _PROCEDURAL if re.search(pattern, message, re.IGNORECASE))
        return next(found, "procedural")
    if act is Act.CHATTER and asks_who(message):
        return "about_me"
    return "farewell" if act is Act.CHATTER and _FAREWELL.search(message) else ""
