# Two commands for a new user: `make demo`, `make test`. Each makes its own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-all check gate format pins clean

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

$(VENV)/.demo: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

demo: $(VENV)/.demo  ## read the sample reports, print the pairs that moved most, leave demo/
	$(BIN)/python examples/demo.py

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

pins: $(VENV)/.ready  ## remake constraints.txt
	$(BIN)/python training/pin.py

clean:
	rm -rf $(VENV) demo build dist
