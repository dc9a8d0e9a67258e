# site    환경을 만들고, 낡은 것을 실행하고, 그림과 표를 그리고, site/를 만듭니다
# serve   고치면서 봅니다 (http://127.0.0.1:8000)
# test    검사합니다
# pdf     강의 전체를 PDF 하나(course.pdf)로 만듭니다. Chromium과 한글 글꼴이 있어야 합니다
#         (데비안에서는 apt install chromium fonts-noto-cjk)
# results 모든 실험을 처음부터 다시 실행합니다
# bench   빌드가 얼마나 걸리는지 잽니다
# lock    requirements.txt를 고친 뒤 requirements.lock을 다시 만듭니다
# wheels  잠근 패키지에 파이썬 판과 시스템마다 휠이 있는지 pip에게 묻습니다
.PHONY: site serve test pdf results bench lock wheels clean

PYTHON ?= python3
BIN := .venv/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# A pin that still fits stays; `make lock UPGRADE=--upgrade` takes the newest of all.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11.5 \
	--fork-strategy fewest --only-binary :all: --emit-build-options \
	--generate-hashes --no-annotate $(UPGRADE)

site: .venv/ready
	$(BIN)/python scripts/build.py site

serve: .venv/ready
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve --livereload

test: .venv/ready-to-test
	$(BIN)/python tests/chromium.py
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m compileall -q scripts  # commands of tests write no bytecode
	$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

pdf: site .venv/ready-to-test
	$(BIN)/python scripts/pdf.py site course.pdf

results: .venv/ready
	$(BIN)/python scripts/build.py build --rerun all

bench: .venv/ready
	$(BIN)/python tests/bench.py

lock: .venv/ready-to-test
	$(LOCK) requirements.txt -o requirements.lock
	$(LOCK) tests/requirements.txt -c requirements.lock -o tests/requirements.lock

wheels: .venv/ready-to-test
	$(BIN)/python scripts/wheels.py

clean:
	rm -rf .venv .cache site docs/generated

.venv/ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

.venv/ready-to-test: .venv/ready tests/requirements.lock
	$(PIP) --require-hashes -r tests/requirements.lock
	touch $@
