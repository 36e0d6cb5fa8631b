# The menu. `make demo` is all a newcomer needs; `make check test` is what every change must pass.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8000
MINUTES ?= 5
BIN := .venv/bin
READY := .venv/.installed
WORKERS := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

.PHONY: help demo test check bench chaos parts lock coverage-page clean

help:
	@echo "make demo [PORT=8000]   a hall with a week of business, in the browser   一个有业务数据的营业厅"
	@echo "make test               every test                                       全部测试"
	@echo "make check              format, lint, types, storeys, house rules        一分钟内的检查"
	@echo "make bench              measurements beside their peers                  性能测量"
	@echo "make chaos [SEED=1 MINUTES=5]  sales while everything is killed          随机强杀下的收款验证"
	@echo "make parts              the browser, fonts, servers and Spark for the tests  测试所需的浏览器、字体、服务器"
	@echo "make coverage-page      which test proves which rule                     规则与测试对照表"
	@echo "make lock               renew constraints.txt                            更新版本清单"
	@echo "make clean              remove what was made here, the demo data too     清除环境与演示数据"

demo: $(READY)
	@exec $(BIN)/onehall demo --port $(PORT)

test: $(READY)
	@.ci/parts --if-root
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

check: $(READY)
	@.ci/check $(BIN)

bench: $(READY)
	$(BIN)/python -m bench

chaos: $(READY)
	$(BIN)/python -m chaos $(if $(SEED),--seed $(SEED)) --minutes $(MINUTES) --keep

parts:
	@.ci/parts

# Made by itself when missing, renewed when the dependencies change.
$(READY): pyproject.toml constraints.txt .ci/venv
	@.ci/venv
	@touch $@

coverage-page: $(READY)
	$(BIN)/python -m tests.house.coverage_page

lock: $(READY)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --no-header --no-annotate \
		--no-emit-index-url --extra dev --extra spark pyproject.toml -o constraints.txt

clean:
	@if [ -x $(BIN)/onehall ]; then $(BIN)/onehall stop || true; fi
	rm -rf .venv .onehall .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist src/*.egg-info
	find src tests bench chaos -name __pycache__ -type d -prune -exec rm -rf {} +
