import asyncio
import threading

import pytest

from bot.desk.apart import Apart


async def test_work_is_done_on_another_loop_in_another_thread() -> None:
    async def where() -> tuple[object, int]:
        return asyncio.get_running_loop(), threading.get_ident()

    async with Apart() as apart:
        loop, thread = await apart(where())
    assert loop is not asyncio.get_running_loop()
    assert thread != threading.get_ident()


async def test_what_the_work_raises_is_raised_here() -> None:
    async def fails() -> None:
        raise ValueError("so")

    async with Apart() as apart:
        with pytest.raises(ValueError, match="so"):
            await apart(fails())


async def test_slow_work_leaves_this_loop_free() -> None:
    may_end = threading.Event()

    async def blocks() -> bool:
        return may_end.wait(30)

    async with Apart() as apart:
        under_way = asyncio.ensure_future(apart(blocks()))
        await asyncio.sleep(0)
        may_end.set()
        assert await under_way


class Waiting:
    """Work that never ends by itself, and notes that it began and that it was cancelled."""

    def __init__(self) -> None:
        self.begun, self.cancelled = threading.Event(), threading.Event()

    async def __call__(self) -> None:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise


async def test_cancelling_cancels_the_work() -> None:
    work = Waiting()
    async with Apart() as apart:
        under_way = asyncio.ensure_future(apart(work()))
        assert await asyncio.to_thread(work.begun.wait, 30)
        under_way.cancel()
        with pytest.raises(asyncio.CancelledError):
            await under_way
        assert await asyncio.to_thread(work.cancelled.wait, 30)


async def test_at_the_end_what_is_still_under_way_is_cancelled() -> None:
    work = Waiting()
    async with Apart() as apart:
        under_way = asyncio.ensure_future(apart(work()))
        assert await asyncio.to_thread(work.begun.wait, 30)
    assert work.cancelled.is_set()
    with pytest.raises(asyncio.CancelledError):
        await under_way
