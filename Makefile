PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: test check setup

test: setup
	@echo "Running the tests."
	@HF_HUB_OFFLINE=1 $(BIN)/python -m pytest -q

check: setup
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	@echo "Setting up in $(VENV): this happens once and takes a few minutes."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt torch==2.13.0
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@
