# Counterpoint: `make` lists what there is; `make run` and `make test` do all the set-up themselves.
#
#   VENV=path      the virtual environment (.venv)
#   PYTHON=name    the Python to make it with, 3.11 or newer (python3)
#   TORCH=spec     what pip is asked for as PyTorch (torch==2.13.0)
#   WORKERS=n      how many processes run the tests; 0: none but pytest itself (auto: one for each core, 8 at most)
#   ARGS="…"       more words for the command behind the target, e.g. make run ARGS="--port 8000"

PYTHON ?= python3
VENV ?= .venv
# pip takes a CPU build where it is given one, and else what the registry holds, on Linux a CUDA build of some GB.
# To choose a CPU, CUDA or ROCm build, install it into $(VENV) first, with the line that the selector on PyTorch's
# own "Get started" page gives; a 2.13.0 that is there already is kept.
TORCH ?= torch==2.13.0
WORKERS ?= auto
ARGS ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
SHARED_CHECK := ../shared/checks/no_verbatim.py
export PYTHON VENV

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run index test ask check bench soak pins clean browser python-is-fit

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(INSTALLED) ## Set up, build the index, open the web chat on 127.0.0.1:7860
	$(BIN)/counterpoint index
	$(BIN)/counterpoint serve $(ARGS)

index: $(INSTALLED_DEV) ## Set up, build the index
	$(BIN)/counterpoint index

test: $(INSTALLED_DEV) browser ## Set up, run the whole test suite
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 8 --dist worksteal $(ARGS)

ask: $(INSTALLED) ## Ask one question: make ask Q="Does a weak calf cause knee pain?"
	@test -n "$$Q" || { echo 'make ask: expected a question; for example: make ask Q="Does a weak calf cause knee pain?"' >&2; exit 2; }
	@$(BIN)/counterpoint ask $(ARGS) -- "$$Q"

check: $(INSTALLED_DEV) ## Lint, format, types, import rule, library lint, evals
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-cache
	$(BIN)/counterpoint library lint
	@mkdir -p out
	$(BIN)/counterpoint eval run --junit out/evals.xml --json out/evals.json --markdown out/evals.md --html out/evals.html
	@if [ -f $(SHARED_CHECK) ]; then echo "$(BIN)/python $(SHARED_CHECK) ."; $(BIN)/python $(SHARED_CHECK) .; fi

bench: $(INSTALLED_DEV) ## Measure: the figures, with n and spread
	$(BIN)/python -m evals.bench $(ARGS)

soak: $(INSTALLED_DEV) ## Kill and load it, for minutes
	$(BIN)/python -m evals.soak $(ARGS)

# ---------------------------------------------------------------------------------------------------------------------
# Set-up. A stamp file says what is installed, so that the second run starts at once.

python-is-fit:
	@command -v "$$PYTHON" >/dev/null || { \
	  echo "Counterpoint needs Python 3.11 or newer; there is no command '$$PYTHON' here." >&2; \
	  echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv), or name it: make run PYTHON=python3.12" >&2; exit 3; }
	@"$$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Counterpoint needs Python 3.11 or newer; '$$PYTHON' is $$("$$PYTHON" --version 2>&1)." >&2; \
	  echo "Install a newer one, or name the one to take: make run PYTHON=python3.12" >&2; exit 3; }
	@"$$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Counterpoint sets itself up in a virtual environment; '$$PYTHON' has no module for that (venv, ensurepip)." >&2; \
	  echo "Install it (Debian, Ubuntu: apt-get install python3-venv), then try again." >&2; exit 3; }

$(BIN)/python: | $(if $(wildcard $(BIN)/python),,python-is-fit)
	"$$PYTHON" -m venv "$$VENV"

# PyTorch first and alone: else pip may choose another build of it for the packages that need it.
$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt $(TORCH)
	$(PIP) install -c constraints.txt -e .
	@touch $@

$(INSTALLED_DEV): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -c constraints.txt $(TORCH)
	$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $(INSTALLED) $@

# The browser tests take the system's browser. Where there is none, and it may be installed without asking, it is.
browser:
	@if command -v chromium || command -v chromium-browser || command -v google-chrome; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then echo "no browser here: the browser tests will be skipped"; exit 0; fi; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo="sudo -n"; \
	echo "installing Debian's chromium for the browser tests"; \
	export DEBIAN_FRONTEND=noninteractive; \
	{ $$sudo apt-get -q update && $$sudo apt-get -qq install -y --no-install-recommends chromium >/dev/null; } \
	|| echo "chromium cannot be installed here: the browser tests will be skipped"

# ---------------------------------------------------------------------------------------------------------------------

pins: python-is-fit ## Write constraints.txt anew, from the newest versions that pyproject.toml takes
	@set -eu; work=$$(mktemp -d); trap 'rm -rf "$$work"' EXIT; \
	"$$PYTHON" -m venv "$$work/venv"; \
	"$$work/venv/bin/python" -m pip install $(TORCH); \
	"$$work/venv/bin/python" -m pip install '.[openai,anthropic,ollama,postgres,dev]'; \
	{ sed -n '/^#/p;/^#/!q' constraints.txt; \
	  "$$work/venv/bin/python" -m pip freeze --all --exclude counterpoint-knee --exclude pip \
	  | grep -viE '^(nvidia-|cuda-|triton|pytorch-triton)| @ ' | sed -E 's/^(torch==[0-9.]+)\+.*/\1/'; } > "$$work/pins"; \
	cp "$$work/pins" constraints.txt; echo "constraints.txt: $$(grep -c == constraints.txt) pins"

clean: ## Remove the virtual environment and all that was built; the data folder stays
	rm -rf "$$VENV" build dist out .pytest_cache .ruff_cache .hypothesis .coverage .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
