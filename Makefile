# 常用命令：make guide（编印指南）、make test（测试）、make wheelhouse（下载离线安装包）
SHELL := /bin/bash
PYTHON ?= python3.11
ifeq (,$(shell command -v $(PYTHON)))
PYTHON := python3
endif
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TORCH := torch==2.13.0
# 有离线安装包时只用离线安装包，不访问网络
OFFLINE := $(if $(wildcard wheelhouse/*.whl),--no-index --find-links wheelhouse)
PLATFORM ?= linux_x86_64

.PHONY: guide test lint setup index notebooks wheelhouse pages lock clean help

help:
	@grep -E '^#|^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/'

setup: $(READY) ## 建立运行环境 .venv

$(READY): requirements.lock pyproject.toml
	@echo "[1/3] 建立虚拟环境 $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info[:2] == (3, 11) else "需要 Python 3.11：make PYTHON=/路径/python3.11 …")'
	@$(PYTHON) -m venv $(VENV)
	@echo "[2/3] 安装依赖（约 2 GB，首次需要几分钟）"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(OFFLINE) $(TORCH)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(OFFLINE) --no-deps --require-hashes -r requirements.lock
	@echo "[3/3] 安装本程序"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(OFFLINE) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check
	@touch $@

index: $(READY) ## 建立类案检索索引（案例有变动时只更新变动部分）
	@$(BIN)/caseguide index build

guide: $(READY) ## 编印《处办工作指南》到 output/
	@$(BIN)/caseguide index build
	@$(BIN)/caseguide guide -o output

test: $(READY) ## 运行全部测试
	@$(BIN)/caseguide index build
	@$(BIN)/python -m pytest -n 2

lint: $(READY) ## 代码检查
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

wheelhouse: $(READY) ## 下载离线安装包：make wheelhouse PLATFORM=win_amd64
	$(BIN)/python tools/wheelhouse.py --platform $(PLATFORM) wheelhouse

pages: $(READY) ## 记录或文字稿变动后，用 LibreOffice 重新实测随附的目录页码
	$(BIN)/python tools/ship_pages.py

notebooks: $(READY) ## 由 .py 文本重新生成 .ipynb（不含输出）
	$(BIN)/python tools/pair_notebooks.py

lock: $(READY) ## 按 pyproject.toml 重新锁定依赖
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-package torch --no-header -o requirements.lock

clean: ## 删除环境和输出
	rm -rf $(VENV) output/*.docx
