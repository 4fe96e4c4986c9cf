# One place for every command of a developer or operator. `make chat` and `make test` need nothing set up before.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: chat test check bench soak lock clean

chat: $(VENV)/.installed
	@$(BIN)/course-advisor chat

test: $(VENV)/.installed
	@$(BIN)/python -m pytest

check: $(VENV)/.installed
	@$(BIN)/ruff check bot tests
	@$(BIN)/ruff format --check bot tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/course-advisor check

bench: $(VENV)/.installed
	@$(BIN)/python -m tests.benchmarks

soak: $(VENV)/.installed
	@$(BIN)/python -m tests.benchmarks.soak

$(VENV)/.installed: tests/requirements.txt pyproject.toml
	@echo "Setting up $(VENV) (once) ..." >&2
	@$(PYTHON) -m venv $(VENV) >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable . >&2
	@$(BIN)/python -m compileall -q bot
	@touch $@

# Pins every package anew: requirements.txt for a deployment, tests/requirements.txt for a developer.
lock: $(VENV)/.installed
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile --quiet --extra postgres pyproject.toml -o requirements.txt
	$(PYTHON) -m uv pip compile --quiet --extra postgres --group dev pyproject.toml -o tests/requirements.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
