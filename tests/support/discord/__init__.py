"""Discord on loopback, for tests: an unmodified discord.py talks to it."""

from tests.support.discord.asking import NotOffered
from tests.support.discord.fake import FakeDiscord
from tests.support.discord.guilds import Guild
from tests.support.discord.interactions import Modal
from tests.support.discord.media import Attachment
from tests.support.discord.messages import Message
from tests.support.discord.people import Person
from tests.support.discord.places import Channel, Direct, Place, Thread
from tests.support.discord.refusals import Refused
from tests.support.discord.seen import Seen

__all__ = [
    "Attachment",
    "Channel",
    "Direct",
    "FakeDiscord",
    "Guild",
    "Message",
    "Modal",
    "NotOffered",
    "Person",
    "Place",
    "Refused",
    "Seen",
    "Thread",
]
