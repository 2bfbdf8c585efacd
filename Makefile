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

HISTORIC := runs/unicum-historic-nl
COMPONENT := runs/unicum-component-practice-act
COMPARISON := runs/unicum-comparison
OPTIONS := --region unicum --replicates $(REPLICATES) --seed $(SEED)

.DEFAULT_GOAL := help
.PHONY: help run test test-cluster baseline validate chaos lint bench warm clean test-machines

help:  ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/'
	@echo
	@echo "  PYTHON=...      the Python to build .venv with (now: $(PYTHON))"
	@echo "  WORKERS=...     processes for the tests (now: $(WORKERS))"
	@echo "  REPLICATES=...  runs of each regime in make run (now: $(REPLICATES)), SEED=$(SEED)"

run: $(STAMP)  ## simulate UNICUM under two regimes and compare them, into runs/
	rm -rf $(HISTORIC) $(COMPONENT) $(COMPARISON)
	$(BIN)/regiosim run $(OPTIONS) --regime historic-nl --out $(HISTORIC)
	$(BIN)/regiosim run $(OPTIONS) --regime design:component/practice/act --out $(COMPONENT)
	$(BIN)/regiosim compare $(HISTORIC) $(COMPONENT) --out $(COMPARISON)
	@echo "Open $(COMPARISON)/report.html in a browser."

test: lint warm  ## lint, then run all tests
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

test-cluster: warm  ## sweeps on a real Slurm, started on this machine (root, slurm-wlm, munge)
	REGIOSIM_CLUSTER=1 $(BIN)/python -m pytest -q -rs tests/cluster tests/experiments/sweeps/work/test_over_dask.py

baseline: warm  ## renew the pinned numbers of tests/baseline, and print what moved
	$(BIN)/python -m tests.baseline

validate: $(STAMP)  ## make formulas of outcomes wrong one by one, and see that each is noticed
	$(BIN)/python -m tests.screen

test-machines: $(STAMP)  ## the same bits on WebAssembly and ARM (node, qemu-aarch64, pip install ziglang)
	REGIOSIM_MACHINES=1 $(BIN)/python -m pytest -q -rs tests/machines

chaos: warm  ## kill a sweep 60 times and see that nothing is lost, in some minutes
	$(BIN)/python -m tests.chaos

lint: $(STAMP)  ## style, formatting, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --output-format concise .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: warm  ## measure speed against plain Mesa, in about a quarter of an hour
	$(BIN)/python -m benchmarks

warm: $(STAMP)  ## compile the rules once, before several processes need them
	$(BIN)/regiosim warm

clean:  ## remove .venv and what tools left behind; runs/ stays
	rm -rf $(VENV) build dist *.egg-info .hypothesis .pytest_cache .mypy_cache .ruff_cache
	rm -rf .import_linter_cache
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
	@echo "$(CURDIR)" >$@
