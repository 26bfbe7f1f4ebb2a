"""How many threads numbers are worked on with."""


def on_one_thread() -> None:
    """Have numpy and scipy multiply on one thread from now on.

    Where cores are busy, a second one is waited for: a product of half a millisecond took eight.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, "blas")
