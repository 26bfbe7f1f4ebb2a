PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check setup

run: setup
	@if [ -n "$$DISCORD_TOKEN" ] || grep -qsE '^DISCORD_TOKEN=.+' .env; then \
		echo "Starting the bot on Discord. Ctrl-C leaves; open rounds go on at the next start."; \
		$(BIN)/gainsay discord; \
	else \
		echo "Starting a round in the terminal. /help shows the commands, Ctrl-D leaves; the round is kept."; \
		$(BIN)/gainsay practice; \
	fi

test: setup
	@echo "Running the tests: some minutes."
	@HF_HUB_OFFLINE=1 OMP_WAIT_POLICY=passive $(BIN)/python -m pytest -q -n 2 --dist loadfile

check: setup
	@echo "Checking lint, format and types."
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	@echo "Setting up in $(VENV): this happens once and takes a few minutes."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt torch==2.13.0
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@
