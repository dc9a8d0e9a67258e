"""Numbers in prose are looked up, formatted, and followed by the right particle."""

from typing import Any

import pytest
from lecture.base.errors import PageError, suggest
from lecture.publish.numbers import lookup, substitute
from lecture.publish.tokens import token_errors, tokens

RESULTS: dict[str, dict[str, Any]] = {
    "cifar": {
        "fit": {
            "accuracy": 0.4045,
            "loss": 1.66591,
            "epochs": 30,
            "size": 60000,
            "optimizer": "SGD",
            "losses": [2.3, 1.9, 1.7],
            "rates": {"0.1": {"mean": 0.31}, "0.01": {"mean": 0.39}},
            "diverged": None,
            "blown": "NaN",
            "steady": True,
        },
        "sweep": [{"seed": 0, "accuracy": 0.4}, {"seed": 1, "accuracy": 0.5}],
    }
}


def values(page: str, experiment: str) -> object:
    if page not in RESULTS:
        raise PageError(f"`{page}` 결과가 없습니다.", hint=suggest(page, RESULTS))
    if experiment not in RESULTS[page]:
        hint = suggest(experiment, RESULTS[page])
        raise PageError(f"`{experiment}` 결과가 없습니다.", hint=hint)
    return RESULTS[page][experiment]


def rendered(text: str) -> str:
    bound, errors = substitute(text, values)
    assert errors == ()
    return bound


def failure(text: str) -> PageError:
    (error,) = (*token_errors(text), *substitute(text, values)[1])
    return error


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ cifar.fit.accuracy }}", "0.4045"),
        ("{{ cifar.fit.loss }}", "1.666"),
        ("{{ cifar.fit.loss:.2f }}", "1.67"),
        ("{{cifar.fit.accuracy:.1%}}", "40.5%"),
        ("{{ cifar.fit.epochs }}", "30"),
        ("{{ cifar.fit.size:, }}", "60,000"),
        ("{{ cifar.fit.optimizer }}", "SGD"),
        ("{{ cifar.fit.losses.0 }}", "2.3"),
        ("{{ cifar.fit.losses.-1 }}", "1.7"),
        ("{{ cifar.fit.rates.0.1.mean }}", "0.31"),
        ("{{ cifar.fit.rates.0.01.mean:.1f }}", "0.4"),
    ],
)
def test_token_becomes_its_value(written: str, shown: str) -> None:
    assert rendered(f"값은 {written} 입니다.") == f"값은 {shown} 입니다."


@pytest.mark.parametrize(
    "text",
    [
        r"$\sum_i {{\mathbf{x}}_i}$",
        "{a}와 { { cifar.fit.accuracy } }",
        "${{a}.b}$",
        "$x^{{{a}}}$",
        "$$\n{{a}}\n$$",
        "${{a}\n+ {b}}$",
        r"${{x}_i}^{{2}}$",
        "`{{ cifar.fit.accuracy }}`",
        "`` `{{ nothing.at.all }}` ``",
        "```python\n{{ nothing.at.all }}\n```",
        "    ~~~ text\n    {{ nothing.at.all }}\n    ~~~",
    ],
)
def test_mathematics_and_code_stay_untouched(text: str) -> None:
    assert rendered(text) == text
    assert tokens(text) == []
    assert list(token_errors(text)) == []


def test_token_between_two_code_spans_is_bound() -> None:
    text = "`a`와 {{ cifar.fit.epochs }}와 `b`"
    assert rendered(text) == "`a`와 30과 `b`"


def test_lone_backtick_does_not_hide_the_next_paragraph() -> None:
    assert rendered("`홀로\n\n{{ cifar.fit.epochs }}와 `") == "`홀로\n\n30과 `"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ cifar.fit.accuracy }}은 낮습니다", "0.4045는 낮습니다"),
        ("{{ cifar.fit.losses.0 }}가", "2.3이"),
        ("{{ cifar.fit.losses.2 }}으로", "1.7로"),
        ("**{{ cifar.fit.accuracy }}**을", "**0.4045**를"),
        ("{{ cifar.fit.epochs }}에폭", "30에폭"),
        ("{{ cifar.fit.optimizer }}은", "SGD는"),
    ],
)
def test_particle_after_a_token_is_corrected(written: str, shown: str) -> None:
    assert rendered(written) == shown


@pytest.mark.parametrize(
    ("token", "what", "hint"),
    [
        ("cifa.fit.accuracy", "`cifa` 결과가", "비슷한 이름: cifar"),
        ("cifar.fti.accuracy", "`fti` 결과가", "비슷한 이름: fit"),
        ("cifar.fit.acuracy", "`cifar.fit`에 `acuracy` 키가", "비슷한 이름: accuracy"),
        ("cifar.fit.rates.0.1.men", "`cifar.fit.rates.0.1`에 `men`", "mean"),
        ("cifar.fit.losses.3", "값은 3개여서", "0부터 2까지"),
        ("cifar.fit.losses.last", "목록이어서 `last` 키가", "순번"),
        ("cifar.fit.losses", "값이 3개인 목록입니다", "순번"),
        ("cifar.fit.loss.mean", "값 하나여서", "`cifar.fit.loss`까지만"),
        ("cifar.fit.loss:d", "`d` 형식을 쓸 수 없습니다", "`.4f`"),
        ("cifar.fit.optimizer:.4f", "`.4f` 형식을", "글자에는"),
        ("cifar.fit.rates", "여러 값의 묶음", "0.01, 0.1"),
        ("cifar.fit", "여러 값의 묶음", "accuracy"),
        ("cifar.fit.diverged", "비어 있습니다(null)", "None"),
        ("cifar.fit.blown", "유한한 수가 아닙니다(NaN)", "말로"),
        ("cifar.fit.steady", "참·거짓", "claim_"),
        ("cifar.sweep.accuracy", "경우마다", "experiment_summary(sweep)"),
        ("cifar.fit.a b", "읽을 수 없습니다", "쪽.실험.키"),
    ],
)
def test_mistake_names_what_is_wrong_and_what_helps(
    token: str, what: str, hint: str
) -> None:
    error = failure(f"첫 줄\n\n둘째 문단 {{{{ {token} }}}}은")
    assert error.line == 3
    assert what in error.message
    assert token in error.message
    assert hint in error.hint


def test_tokens_tell_where_they_stand() -> None:
    text = "{{ a.b.c:.2f }}\n\n```\n{{ x.y.z }}\n```\n그리고 {{ d.e }}"
    first, second = tokens(text)
    assert (first.page, first.experiment, first.keys) == ("a", "b", ("c",))
    assert (first.format, first.line, first.raw) == (".2f", 1, "{{ a.b.c:.2f }}")
    assert (second.source, second.line) == ("d.e", 6)


def test_lookup_needs_no_page() -> None:
    assert lookup(values, tokens("{{ cifar.fit.size:, }}")[0]) == "60,000"
