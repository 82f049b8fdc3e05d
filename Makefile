# Amends 回暖: everything that a checkout needs, with git, make and Python 3.11 or newer.

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long check bench simulate rehearse-many pictures catalogues lock clean lint-figures lint-learn

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python

# The stamp's name holds the sum of what decides the environment, so a checkout that only touches times sets up nothing.
STAMP := $(VENV)/set-up-$(firstword $(shell cat requirements-dev.lock pyproject.toml | cksum))

help:
	@echo "make run         set up, then open the workstation on a demo shop"
	@echo "make test        set up, then run the tests"
	@echo "make test-long   the tests that take long: every screen in real terminals, longer desks"
	@echo "make check       lint, format, types, import contracts, catalogues"
	@echo "make bench       measure start, bytes, memory and speed beside their bounds"
	@echo "make simulate    run a desk of 50 agents for 90 days and audit what it leaves (SIMULATE=\"--days 7\" ...)"
	@echo "make rehearse-many 100,000 random calls over every playbook, every rule held at every step (REHEARSE=...)"
	@echo "make lint-figures how well the promise linter judges its labelled texts"
	@echo "make lint-learn  learn its weights anew from those texts (LEARN=\"--check\" judges each set by the others)"
	@echo "make pictures    draw the screens as text into docs/"
	@echo "make catalogues  bring the compiled catalogues up to date with their .po files"
	@echo "make lock        lock the dependencies anew (the only target that needs uv)"
	@echo "make clean       remove everything that was made, the environment too"

setup: $(STAMP)

# An own PYTHON=... is tried first. An environment whose Python is too old is made anew.
$(STAMP):
	@set -e; \
	new='import sys; sys.exit(sys.version_info < (3, 11))'; \
	if ! $(PY) -c "$$new" 2>/dev/null; then \
		found=; \
		for one in $(PYTHON) python3 python python3.14 python3.13 python3.12 python3.11; do \
			if "$$one" -c "$$new" 2>/dev/null; then found=$$one; break; fi; \
		done; \
		if [ -z "$$found" ]; then \
			echo "Amends needs Python 3.11 or newer and found none: install it, or name one: make PYTHON=/path/to/python" >&2; \
			exit 1; \
		fi; \
		"$$found" -m venv --clear $(VENV); \
	fi; \
	echo "Setting up $(VENV) from the locked dependencies ..."; \
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock; \
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	rm -f $(VENV)/set-up-*; \
	touch $@

run: $(STAMP)
	@$(BIN)/amends demo

# Workers and the programs that tests start would each compile every module again and again where an environment keeps
# Python from writing bytecode: it is written, and once, before they start.
test test-long: export PYTHONDONTWRITEBYTECODE :=

test: $(STAMP)
	@$(PY) -m compileall -q -j 2 data widgets screens tui tests
	$(PY) -m pytest -n 4 --dist worksteal -q -m "not long"

test-long: $(STAMP)
	@$(PY) -m compileall -q -j 2 data widgets screens tui tests
	$(PY) -m pytest -n 2 --dist loadfile -q -m long

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m tests.tools.catalogues --check

bench: $(STAMP)
	$(PY) -m tests.bench $(BENCH)

simulate: $(STAMP)
	$(PY) -m tests.simulate $(SIMULATE)

rehearse-many: $(STAMP)
	$(PY) -m tests.rehearse $(REHEARSE)

lint-figures: $(STAMP)
	$(PY) -m tests.lint.measure

lint-learn: $(STAMP)
	$(PY) -m tests.lint.learn $(LEARN)

pictures: $(STAMP)
	$(PY) -m tests.pictures

catalogues: $(STAMP)
	$(PY) -m tests.tools.catalogues

LOCK := $(PY) -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet $(LOCK_OPTIONS)

lock: $(STAMP)
	@$(PY) -c 'import uv' 2>/dev/null || $(PY) -m pip install --quiet --disable-pip-version-check uv
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) build dist bench-out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
