# Two commands: `make run` and `make test`. Both need Python 3.11 or newer with venv, and pip.
# A port, a folder, a database: see service/settings.py; e.g. `DINGBIAN_PORT=8080 make run`.

VENV := .venv
BIN  := $(VENV)/bin
PYTHON ?=
PYTEST_ARGS ?=

.PHONY: help run demo test test-long lint format lock bench fuzz crash openapi
help:
	@echo 'make run        start everything and say what to try next'
	@echo 'make demo       plays what is planted in the sample city, and compares it with the expected'
	@echo 'make test       lint, types, import laws and tests (10 minutes at most)'
	@echo 'make test-long  fuzzing, outside judges and crash tests'
	@echo 'make lint       only lint, format, types and import laws;  make format  repairs format'
	@echo 'make lock       renew the locked requirements after a change of pyproject.toml'
	@echo 'make crash      kills servers and the database for 30 minutes while clients work'
	@echo 'make bench | fuzz | openapi'

# Embedded, it is a demonstration; with a database of your own only if you say so.
run: $(VENV)/run
	@if [ -z "$$DATABASE_URL" ]; then export DINGBIAN_IS_DEMO="$${DINGBIAN_IS_DEMO:-true}"; fi; \
	exec $(BIN)/python -m service.cli run

# On a server of its own, or on a demo server that runs: URL=http://127.0.0.1:8000.
URL ?=
demo: $(VENV)/run
	$(BIN)/python -m service.cli demo $(if $(URL),--url $(URL))

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Exit code 5 of pytest means that no test was selected.
test: lint
	$(BIN)/python -m pytest -n 2 -m 'not long' $(PYTEST_ARGS) || [ $$? -eq 5 ]

test-long: $(VENV)/dev
	$(BIN)/python -m pytest -m long $(PYTEST_ARGS) || [ $$? -eq 5 ]

# Random diagrams: so many, from the one with the number SEED on (the clock's, if none is given).
DIAGRAMS ?= 10000
SEED ?=
fuzz: $(VENV)/dev
	DIAGRAMS=$(DIAGRAMS) SEED=$(SEED) $(BIN)/python -m pytest -m long -k fuzz $(PYTEST_ARGS) || [ $$? -eq 5 ]

# Servers, workers and the database are killed for so long; SEED makes it the same again.
CRASH_SECONDS ?= 1800
crash: $(VENV)/dev
	CRASH_SECONDS=$(CRASH_SECONDS) CRASH_SEED=$${CRASH_SEED:-$${SEED:-$$(date +%s)}} \
	$(BIN)/python -m pytest -m long tests/crash -s $(PYTEST_ARGS)

# Cases of the whole city, after the single statements.
MATTERS ?= 1000
ITEMS ?= 1000
bench: $(VENV)/dev
	$(BIN)/python -m bench
	$(BIN)/python -m bench.whole_city --matters $(MATTERS) --items $(ITEMS)

openapi: $(VENV)/run
	$(BIN)/python -m service.cli export-contract
	$(BIN)/python -m service.cli export-templates

# The second lock holds the first: a test runs on the very versions that run in production.
COMPILE = UV_NO_CONFIG=1 $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
	--quiet $(UPGRADE)
lock: $(VENV)/uv
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	@! grep -n '://' requirements.txt requirements-dev.txt || \
	{ echo 'Expected no addresses in the locks, but the lines above hold one.' >&2; exit 1; }

# An environment is renewed when the content of its lock changes, not its date.
.PHONY: $(VENV)/run $(VENV)/dev $(VENV)/uv
$(VENV)/run:
	@PYTHON='$(PYTHON)' sh deploy/environment.sh $(VENV) requirements.txt
$(VENV)/dev:
	@PYTHON='$(PYTHON)' sh deploy/environment.sh $(VENV) requirements-dev.txt
$(VENV)/uv:
	@[ -x $(BIN)/uv ] || PYTHON='$(PYTHON)' sh deploy/environment.sh $(VENV) requirements-dev.txt
