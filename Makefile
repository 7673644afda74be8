# The door of the repository: `make run` shows the desk, `make test` proves it, on a machine that
# may have nothing but make, git and Python 3.11. All preparing is done by resources/packaging/setup.py.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

# The first Python that fits; `python3` may be newer or older than what we support.
PYTHON ?= $(shell for p in python3.11 /usr/bin/python3.11 python3.12 python3.13 python3; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo "$$p" && break; done)
SETUP := $(or $(PYTHON),python3) resources/packaging/setup.py
IN := .venv/bin/python -m

.PHONY: help run test check style types layers locks format audit bench faults bundle pictures lock clean

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: ## open the desk with a small province of its own, or without a screen do a morning into out/
	@$(SETUP) run $(ARGS)

test: ## run the tests; ARGS="-k slip -x" goes to pytest
	@$(SETUP) test $(ARGS)

check: style types layers locks ## all four; `make -k check` goes on after the first that fails

style: ready-test ## lint and layout
	$(IN) ruff check .
	$(IN) ruff format --check .

types: ready-test ## as Linux sees the code and as Windows does
	$(IN) mypy
	$(IN) mypy --platform win32

layers: ready-test ## which room may know which
	.venv/bin/lint-imports --no-logo

locks: ready-test ## every locked package can be installed on Windows without a compiler
	.venv/bin/python resources/packaging/lock.py --check

format: ready-test ## put the code in its usual form
	$(IN) ruff check --fix .
	$(IN) ruff format .

audit: ready-test ## ask the public database about known holes in what we locked
	$(IN) pip_audit --require-hashes --disable-pip -r resources/packaging/lock/province.txt

bench: ready-test ## measure; BENCH=name (read by tests.bench itself) for one
	$(IN) tests.bench

faults: ready-test ## every failure, kill and power cut there can be, for some hours; ARGS="kill" for one
	$(IN) tests.faults $(ARGS)

bundle: ready-test ## the desk as one folder under dist/, for machines without Python
	$(IN) PyInstaller --noconfirm --log-level WARN build.spec
	dist/desk/desk status

pictures: ready-test ## take the README's pictures from the real program
	.venv/bin/python resources/pictures/take.py

lock: ready-test ## choose the newest versions that pyproject.toml allows
	.venv/bin/python resources/packaging/lock.py

clean: ## forget everything that can be made again
	rm -rf .venv build dist out

ready-%:
	@$(SETUP) ready $*
