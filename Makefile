# regiosim: everything runs in an environment of its own, .venv, made on first use.
# Needed: python3 (3.11 or newer), pip and make.

PYTHON ?= python3
WORKERS ?= 2
REPLICATES ?= 50
SEED ?= 1

VENV := .venv
BIN := $(VENV)/bin
# Written last: without it, or with another path in it, the environment is half made or was copied.
STAMP := $(VENV)/complete
PIP := $(BIN)/python -m pip --disable-pip-version-check

ifeq ($(origin PYTHON),file)
CANDIDATES := $(PYTHON) python3.14 python3.13 python3.12 python3.11
else
CANDIDATES := $(PYTHON)
endif

READY := $(shell $(BIN)/python -c "" 2>/dev/null && cat $(STAMP) 2>/dev/null)
ifneq ($(READY),$(CURDIR))
.PHONY: $(STAMP)
endif

BUNDLED := runs/unicum-bundled
COMPONENT := runs/unicum-component
COMPARISON := runs/unicum-comparison
OPTIONS := --region unicum --replicates $(REPLICATES) --seed $(SEED)

.DEFAULT_GOAL := help
.PHONY: help run test test-cluster baseline validate chaos lint bench warm clean test-machines
.PHONY: classroom lesson-tools lock test-web

help:  ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/'
	@echo
	@echo "  PYTHON=...      the Python to build .venv with (now: $(PYTHON))"
	@echo "  WORKERS=...     processes for the tests (now: $(WORKERS))"
	@echo "  REPLICATES=...  runs of each regime in make run (now: $(REPLICATES)), SEED=$(SEED)"

run: $(STAMP)  ## simulate UNICUM under two designs of one money and compare them, into runs/
	rm -rf $(BUNDLED) $(COMPONENT) $(COMPARISON)
	$(BIN)/regiosim run $(OPTIONS) --regime design:bundled/practice/act --out $(BUNDLED)
	$(BIN)/regiosim run $(OPTIONS) --regime design:component/practice/act --out $(COMPONENT)
	$(BIN)/regiosim compare $(BUNDLED) $(COMPONENT) --out $(COMPARISON)
	@echo "Open $(COMPARISON)/report.html in a browser."

test: lint warm  ## lint, then run all tests
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

test-cluster: warm  ## sweeps on a real Slurm, started on this machine (root, slurm-wlm, munge)
	REGIOSIM_CLUSTER=1 $(BIN)/python -m pytest -q -rs tests/cluster tests/experiments/sweeps/work/test_over_dask.py

baseline: warm  ## renew the pinned numbers of tests/baseline, and print what moved
	$(BIN)/python -m tests.baseline

validate: warm  ## make formulas wrong, turn knobs, type what docs show, try what is emergent, count
	$(BIN)/python -m tests.screen
	$(BIN)/python -m tests.inert
	REGIOSIM_VALIDATE=1 $(BIN)/python -m pytest -q -rs tests/pages
	$(BIN)/python -m experiments.emergence --write
	$(BIN)/python -m results.statistics.until_rates
	$(BIN)/python -m benchmarks.guard

test-machines: $(STAMP)  ## the same bits on WebAssembly and ARM (node, qemu-aarch64, pip install ziglang)
	REGIOSIM_MACHINES=1 $(BIN)/python -m pytest -q -rs tests/machines

# Node comes as a wheel only where the machine has none.
CLASSROOM := $(shell command -v npm >/dev/null 2>&1 && echo classroom || echo classroom,classroom-node)

lesson-tools: $(STAMP)
	$(PIP) install --quiet --editable '.[$(CLASSROOM)]'
	$(BIN)/python -m experiments.classroom.build --tools

classroom: lesson-tools  ## build what lessons are made of: the kernel as WebAssembly (minutes), the page
	$(BIN)/python -m experiments.classroom.build

test-web: classroom warm  ## lessons in Node and in real browsers give the numbers of native runs, and work
	REGIOSIM_WEB=1 $(BIN)/python -m pytest -q -rs -n 2 --dist worksteal tests/experiments/classroom
	REGIOSIM_WEB=1 $(BIN)/python -m pytest -q -rs tests/results/reports/test_in_a_browser.py tests/web

chaos: warm  ## kill sweeps, end commands, fail each write, start two at once: nothing is lost; minutes
	$(BIN)/python -m tests.chaos
	$(BIN)/python -m tests.signals
	$(BIN)/python -m tests.stopped
	$(BIN)/python -m tests.at_once

lint: $(STAMP)  ## style, formatting, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --output-format concise .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: warm  ## measure speed beside plain Mesa, C and others, in some twenty minutes
	$(BIN)/python -m benchmarks

warm: $(STAMP)  ## compile the rules once, before several processes need them
	$(BIN)/regiosim warm

lock:  ## requirements-lock.txt anew, from pyproject.toml (needs uv)
	@{ sed -n '/^#/p' requirements-lock.txt; \
	  uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
	    --no-emit-index-url --no-emit-find-links --no-annotate --no-header; } >requirements-lock.new \
	  && mv requirements-lock.new requirements-lock.txt

clean:  ## remove .venv and what tools left behind; runs/ stays
	rm -rf $(VENV) build dist *.egg-info .hypothesis .pytest_cache .mypy_cache .ruff_cache
	rm -rf .import_linter_cache experiments/classroom/built experiments/classroom/page/node_modules
	find agents sim experiments regiosim results tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml
	@if [ "$$(cat $@ 2>/dev/null)" != "$(CURDIR)" ] || ! $(BIN)/python -c "" 2>/dev/null; then \
	  found=; \
	  for candidate in $(CANDIDATES); do \
	    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	      found=$$candidate; break; \
	    fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "regiosim needs Python 3.11 or newer; tried: $(CANDIDATES)." >&2; \
	    echo "$(PYTHON) is: $$($(PYTHON) --version 2>&1)" >&2; \
	    echo "Name another one: make PYTHON=/path/to/python3.12 ..." >&2; \
	    exit 1; \
	  fi; \
	  echo "Making $(VENV) with $$("$$found" --version) (once)"; \
	  rm -rf $(VENV); \
	  if ! "$$found" -m venv $(VENV) >$(VENV).log 2>&1; then \
	    rm -rf $(VENV); \
	    { "$$found" -m venv --without-pip $(VENV) \
	      && "$$found" -m pip --python $(BIN)/python install --quiet pip; } >>$(VENV).log 2>&1 \
	      || { cat $(VENV).log >&2; rm -rf $(VENV) $(VENV).log; exit 1; }; \
	  fi; \
	  rm -f $(VENV).log; \
	fi
	@rm -f $@
	@echo "Installing regiosim and its tools into $(VENV)"
	@$(PIP) install --quiet --editable '.[dev]' >$(VENV)/pip.log 2>&1 \
	  || { cat $(VENV)/pip.log >&2; echo "Installing failed, see above." >&2; exit 1; }
# In a clone, not in a copy or a linked worktree, and never in place of a hook of the user's own.
	@hook=.git/hooks/pre-commit; \
	if [ -d .git ] && { [ ! -e $$hook ] || grep -q "File generated by pre-commit" $$hook; }; then \
	  if $(BIN)/pre-commit install --allow-missing-config >$(VENV)/hooks.log 2>&1; then \
	    echo "Each commit is checked from now on (.pre-commit-config.yaml)"; \
	  else \
	    echo "Commits are not checked: $$(head -n 1 $(VENV)/hooks.log)"; \
	  fi; \
	fi
	@echo "$(CURDIR)" >$@
