"""One home for a whole run, shared by the processes that the tests are spread over."""

import os
import shutil
import tempfile
from functools import partial

import pytest

from tests.support.readings import HOME


def pytest_configure(config: pytest.Config) -> None:
    """Make the home in the first process; the others, which that one starts, find it named."""
    if HOME not in os.environ:
        os.environ[HOME] = tempfile.mkdtemp(prefix="gainsay-home-")
        config.add_cleanup(partial(shutil.rmtree, os.environ[HOME]))
