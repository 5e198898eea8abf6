# Two commands for a new user: `make demo`, `make test`. Each makes its own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-all check gate format pins clean

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := uv pip compile pyproject.toml - --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet

$(VENV)/.ready: pyproject.toml constraints/dev.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --no-deps --require-hashes -r constraints/dev.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.demo: pyproject.toml constraints/run.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --no-deps --require-hashes -r constraints/run.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

demo: $(VENV)/.demo  ## read the sample reports, print the pairs that moved most, leave demo/
	rm -rf demo
	$(BIN)/detente add demo/archive examples/reports
	$(BIN)/detente panel demo/archive --output demo/panel.csv
	$(BIN)/detente movers demo/archive --pages demo

test: $(VENV)/.ready  ## what CI runs
	$(BIN)/ruff format --check src tests training benchmarks quality examples
	$(BIN)/ruff check src tests training benchmarks quality examples
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not slow" --cov=detente --cov-branch --cov-report=term

test-all: $(VENV)/.ready  ## the slow ones too
	$(BIN)/python -m pytest --cov=detente --cov-branch --cov-report=term

check: test gate

gate: $(VENV)/.ready  ## scores on the gold reports may rise, not fall
	$(BIN)/python -m quality.gate

format: $(VENV)/.ready
	$(BIN)/ruff format src tests training benchmarks quality examples
	$(BIN)/ruff check --fix src tests training benchmarks quality examples

pins:  ## remake the constraints, with hashes and without addresses (needs uv)
	echo "hatchling>=1.27 editables>=0.5" | tr ' ' '\n' | $(COMPILE) --python-version 3.11 -o constraints/run.txt
	echo "hatchling>=1.27 editables>=0.5" | tr ' ' '\n' | $(COMPILE) --python-version 3.11 --extra dev -o constraints/dev.txt

clean:
	rm -rf $(VENV) demo build dist
