"""An event loop of its own for all that is slow, so that the front end's loop always answers at once."""

import asyncio
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Apart:
    """Runs coroutines on a loop in a thread; what they are made of belongs to that loop alone."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="desk", daemon=True)

    async def __call__(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what the work returns, or raise what it raises; cancelling cancels the work."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def start(self) -> None:
        """Start the loop; the thread ends with the program."""
        self._thread.start()

    async def __aenter__(self) -> Self:
        """Start the loop, to be stopped at the end."""
        self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel what is still under way, and stop the loop."""
        await self(_cancelled())
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)
        self._loop.close()


async def _cancelled() -> None:
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()
