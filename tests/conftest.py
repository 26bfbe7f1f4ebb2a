"""One home for a whole run, shared by the processes it is spread over; and Ctrl-C for what they start."""

import os
import shutil
import signal
import tempfile
from functools import partial

import pytest

from tests.support.readings import HOME


def pytest_configure(config: pytest.Config) -> None:
    """Take Ctrl-C; make the home in the first process: the others, which that one starts, find it named."""
    # A run in the background of a script ignores Ctrl-C, and so would all that it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if HOME not in os.environ:
        os.environ[HOME] = tempfile.mkdtemp(prefix="gainsay-home-")
        config.add_cleanup(partial(shutil.rmtree, os.environ[HOME]))
