"""Pages are rendered with plain Python-Markdown: no hook, no MkDocs."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from freezing import frozen_of, save
from lecture.base.errors import PageError
from lecture.base.project import Project
from lecture.collect.artefact import Place
from lecture.render.binding import NumbersExtension
from markdown import Markdown

Page = Callable[[str], str]  # Markdown → HTML
FIGURE = """\
<figure id="{name}" class="artefact artefact-figure" markdown>
<figcaption markdown="span"><span class="artefact-number" data-kind="{kind}"></span> \
`{name}`의 설명</figcaption>
</figure>
"""
CLAIM = '<div id="{name}" class="artefact claim" markdown>\n\n문장.\n\n</div>\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    for folder in (project.snippets, project.generated / "cifar"):
        folder.mkdir(parents=True)
    (project.snippets / "cifar.py").write_text(
        "# --8<-- [start:model]\ndef experiment_fit(): ...\n# --8<-- [end:model]\n"
        "def experiment_slow(): ...\n"
    )
    result = {"accuracy": 0.4045, "losses": [2.3, 1.7]}
    save(project, frozen_of(Place("cifar", "fit"), (None, result)))
    for name, kind in (("curve", "그림"), ("grid", "그림"), ("loss", "표")):
        fragment = FIGURE.format(name=name, kind=kind)
        (project.generated / "cifar" / f"{name}.md").write_text(fragment)
    (project.generated / "cifar" / "steady.md").write_text(CLAIM.format(name="steady"))
    return project


def converter(project: Project, **config: str) -> Markdown:
    return Markdown(
        extensions=[
            NumbersExtension(root=str(project.root), **config),
            *("admonition", "attr_list", "md_in_html", "tables"),
            *("pymdownx.snippets", "pymdownx.superfences", "pymdownx.arithmatex"),
        ],
        extension_configs={
            "pymdownx.snippets": {
                "base_path": [str(project.docs), str(project.root)],
                "check_paths": True,
            },
            "pymdownx.arithmatex": {"generic": True},
        },
    )


@pytest.fixture
def page(project: Project) -> Page:
    def render(text: str) -> str:
        (project.docs / "cifar.md").write_text(f"---\ntitle: 쪽\n---\n{text}\n")
        return converter(project).convert(text)

    return render


def include(name: str) -> str:
    return f'--8<-- "generated/cifar/{name}.md"'


def failure(page: Page, text: str) -> PageError:
    with pytest.raises(PageError) as caught:
        page(text)
    return caught.value


def test_number_is_bound_and_its_particle_corrected(page: Page) -> None:
    html = page("정확도 **{{ cifar.fit.accuracy:.1% }}**은 낮습니다.")
    assert html == "<p>정확도 <strong>40.5%</strong>는 낮습니다.</p>"


def test_number_in_a_table_and_in_an_admonition_is_bound(page: Page) -> None:
    assert "<td>2.3</td>" in page("| a |\n| - |\n| {{ cifar.fit.losses.0 }} |")
    assert "<p>1.7</p>" in page("!!! note\n    {{ cifar.fit.losses.1 }}")


def test_code_and_mathematics_keep_their_braces(page: Page) -> None:
    html = page(
        "`{{ no.such.key }}`와 ${{\\mathbf{x}}_i}$\n\n"
        "```text\n{{ no.such.key }}\n```\n\n"
        "!!! note\n    ```text\n    {{ no.such.key }}\n    ```\n"
    )
    assert html.count("{{ no.such.key }}") == 3
    assert "{{\\mathbf{x}}_i}" in html


def test_figures_and_tables_are_counted_apart(page: Page) -> None:
    text = "\n\n".join(map(include, ("curve", "loss", "steady", "grid")))
    labels = re.findall(r'<span class="artefact-number"[^>]*>([^<]*)<', page(text))
    assert labels == ["그림 1", "표 1", "그림 2"]


def test_empty_link_becomes_the_label_with_the_right_particle(page: Page) -> None:
    text = "[](#grid)을 [](#loss)과 [](#steady)로.\n\n`[](#x)`\n\n"
    html = page(text + "\n\n".join(map(include, ("curve", "grid", "loss", "steady"))))
    assert '<a href="#grid">그림 2</a>를 <a href="#loss">표 1</a>과' in html
    assert '<a href="#steady">확인</a>으로' in html
    assert "<code>[](#x)</code>" in html


def test_artefact_in_an_admonition_is_the_same_html(page: Page) -> None:
    html = page(f"!!! note\n    앞.\n\n    {include('curve')}\n\n    뒤.\n")
    figure = re.sub(
        r"\s*\n\s*", "", html[html.index("<figure") : html.index("</figure")]
    )
    assert "markdown" not in html
    assert "<figcaption><span" in figure
    assert "<code>curve</code>의 설명" in figure
    assert html.index("<p>뒤.</p>") < html.index("</div>")


def test_included_caption_may_bind_numbers(page: Page, project: Project) -> None:
    fragment = project.generated / "cifar" / "curve.md"
    fragment.write_text(FIGURE.format(name="{{ cifar.fit.nothing }}", kind="그림"))
    error = failure(page, include("curve"))
    assert str(error.path).endswith("generated/cifar/curve.md")


def test_pages_are_numbered_from_one_each(project: Project) -> None:
    md = converter(project)
    first = md.convert(include("curve"))
    assert "그림 1" in first
    assert md.reset().convert(include("curve")) == first


def test_later_result_is_seen_by_the_next_page(project: Project) -> None:
    md = converter(project)
    assert "0.4045" in md.convert("{{ cifar.fit.accuracy }}")
    save(project, frozen_of(Place("cifar", "fit"), (None, {"accuracy": 0.5})))
    assert "0.5" in md.reset().convert("{{ cifar.fit.accuracy }}")


@pytest.mark.parametrize(
    ("wrong", "what", "hint"),
    [
        ("{{ cifar.fit.acuracy }}", "`acuracy` 키가", "accuracy"),
        ("{{ cifra.fit.accuracy }}", "`cifra`는 코드가 있는 쪽이", "cifar"),
        ("{{ cifar.fti.accuracy }}", "`fti` 실험이 없습니다", "fit"),
        ("{{ cifar.slow.accuracy }}", "결과가 아직 없습니다", "scripts/build.py"),
        ("[](#curv)", "그런 그림, 표, 확인이", "비슷한 이름: curve"),
        ("[](other.md#curve)", "그런 그림, 표, 확인이", "대괄호"),
        ('--8<-- "generated/cifar/curv.md"', "`generated/cifar/curv.md`가", "curve.md"),
        ('--8<-- "snippets/cifra.py:model"', "`snippets/cifra.py`가", "cifar.py"),
        ('--8<-- "snippets/cifar.py:modle"', "`[start:modle]` 구역이", "model"),
    ],
)
def test_mistake_is_named_with_the_line_of_the_page(
    page: Page, wrong: str, what: str, hint: str
) -> None:
    error = failure(page, f"{include('curve')}\n\n앞 문단.\n\n{wrong}\n")
    assert (str(error.path), error.line) == ("docs/cifar.md", 8)
    assert what in error.message
    assert hint in error.hint


def test_same_artefact_twice_is_refused(page: Page) -> None:
    error = failure(page, f"{include('curve')}\n\n{include('curve')}")
    assert "한 쪽에 두 번" in error.message


def test_preview_shows_the_mistakes_instead_of_stopping(project: Project) -> None:
    text = '앞.\n\n--8<-- "generated/cifar/none.md"\n\n{{ cifar.fit.nothing }} 뒤.'
    (project.docs / "cifar.md").write_text(text)
    html = converter(project, errors="show").convert(text)
    assert html.count('<div class="admonition failure">') == 2
    assert "docs/cifar.md:3: " in html
    assert "docs/cifar.md:5: " in html
    assert "<p>앞.</p>" in html
    assert "뒤.</p>" in html


def test_preview_shows_what_it_cannot_bind_and_binds_the_rest(project: Project) -> None:
    text = (
        "{{ cifar }}와 {{ cifar.fit.none }}와 {{ cifar.fit.accuracy }}은\n\n"
        f"[](#none)과 [](#curve)을\n\n{include('curve')}\n"
    )
    (project.docs / "cifar.md").write_text(f"---\ntitle: 쪽\n---\n\n{text}")
    html = converter(project, errors="show").convert(text)
    assert html.count('<div class="admonition failure">') == 3
    for place in ("5: `{{ cifar }}`", "5: `{{ cifar.fit.none }}`", "7: `[](#none)`"):
        assert f"docs/cifar.md:{place}" in unescape(html)
    assert "{{ cifar }}와 {{ cifar.fit.none }}와 0.4045는</p>" in html
    assert '<a href="#curve">그림 1</a>을' in html


def test_braces_that_bind_nothing_name_the_page(page: Page) -> None:
    error = failure(page, "앞 문단.\n\n{{ cifar.fit\n.accuracy }}")
    assert (str(error.path), error.line) == ("docs/cifar.md", 6)
    assert "두 줄에 걸쳐" in error.message


def test_include_from_outside_stops_the_page(page: Page, project: Project) -> None:
    (project.root / "secret.txt").write_text("비밀")
    (project.docs / "part.txt").symlink_to(project.root / "secret.txt")
    (project.root / ".hidden").write_text("비밀")
    (project.docs / "link.txt").symlink_to(project.root / ".hidden")
    for name in (".hidden", "secret.txt", "link.txt"):
        assert "끼워 넣을 수 없" in failure(page, f'--8<-- "{name}"').message
    assert "비밀" in page('--8<-- "part.txt"')  # a link to what is in the project
