"""Discord's numbers: component types, flags, limits. All from its published documentation."""

from enum import IntEnum, IntFlag
from typing import Any

Json = dict[str, Any]

EPOCH = 1_420_070_400.0
ACK_WITHIN = 3.0
TOKEN_LIVES = 15 * 60.0
NONCE_LIVES = 3 * 60.0
UPLOAD_LIMIT = 10 * 1024 * 1024


class Kind(IntEnum):
    """Types of component, in messages and modals."""

    ROW = 1
    BUTTON = 2
    STRINGS = 3
    TEXT_INPUT = 4
    USERS = 5
    ROLES = 6
    MENTIONABLES = 7
    CHANNELS = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    UPLOAD = 19
    RADIO = 21
    CHECKS = 22
    CHECK = 23


SELECTS = frozenset({Kind.STRINGS, Kind.USERS, Kind.ROLES, Kind.MENTIONABLES, Kind.CHANNELS})


class Flag(IntFlag):
    """Flags of a message."""

    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SILENT = 1 << 12
    V2 = 1 << 15


class Said(IntEnum):
    """Types of message."""

    DEFAULT = 0
    RENAMED = 4
    PINNED = 6
    THREAD_CREATED = 18
    REPLY = 19
    COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_MENU = 23


SYSTEM = frozenset({Said.RENAMED, Said.PINNED, Said.THREAD_CREATED, Said.THREAD_STARTER})


class Asked(IntEnum):
    """Types of interaction."""

    COMMAND = 2
    COMPONENT = 3
    SUGGESTION = 4
    MODAL = 5


class Answer(IntEnum):
    """Types of answer to an interaction."""

    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    SUGGESTIONS = 8
    MODAL = 9


class Option(IntEnum):
    """Types of option of a slash command."""

    COMMAND = 1
    GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


class Intent(IntFlag):
    """Gateway intents that events are held back without."""

    GUILDS = 1 << 0
    MEMBERS = 1 << 1
    MESSAGES = 1 << 9
    REACTIONS = 1 << 10
    TYPING = 1 << 11
    DM_MESSAGES = 1 << 12
    DM_REACTIONS = 1 << 13
    DM_TYPING = 1 << 14
    CONTENT = 1 << 15
