"""Whoever asks: who it is, where, and what the server lets them do."""

from dataclasses import dataclass

from bot.desk.errors import NotAllowed
from bot.store.charters import Charter
from bot.store.houses import House


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at the desk of a house; ``channel`` is where they stand, or what the thread they are in hangs on.

    ``manages`` says that they manage the server.
    """

    house: House
    charter: Charter
    user: int
    channel: int = 0
    roles: frozenset[int] = frozenset()
    manages: bool = False

    @property
    def sets_up(self) -> bool:
        """Return whether they may set up topics."""
        return self.manages or not self.roles.isdisjoint(self.charter.managers)

    def to_set_up(self) -> None:
        """Raise NotAllowed unless they may set up topics."""
        if not self.sets_up:
            raise NotAllowed("Setting up takes the Manage Server permission, or a role named in /settings.")

    def to_manage(self) -> None:
        """Raise NotAllowed unless they manage the server."""
        if not self.manages:
            raise NotAllowed("Settings take the Manage Server permission.")

    def to_ask(self) -> None:
        """Raise NotAllowed unless the bot is used where they stand."""
        open_in = self.charter.channels
        if open_in and self.channel not in open_in and not self.sets_up:
            where = ", ".join(f"<#{channel}>" for channel in open_in)
            raise NotAllowed(f"On this server I am used in {where}. Please go there.")

    def to_start(self) -> None:
        """Raise NotAllowed unless they may start a round where they stand."""
        self.to_ask()
        wanted = self.charter.starters
        if wanted and self.roles.isdisjoint(wanted) and not self.sets_up:
            raise NotAllowed("On this server only certain roles start rounds. Ask whoever runs it for one.")
