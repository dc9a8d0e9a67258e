"""The Colab button: shown where the notebook can be reached, and nowhere else."""

import pytest
from lecture.render.colab import colab_url, with_button

URL = (
    "https://colab.research.google.com/github/kim/notes/blob/notebooks/"
    "generated/mnist/mnist.ipynb"
)


@pytest.mark.parametrize(
    "home", ["https://github.com/kim/notes", "https://github.com/kim/notes.git/"]
)
def test_published_notebook_has_its_address_on_colab(home: str) -> None:
    assert colab_url(home, "mnist") == URL


@pytest.mark.parametrize("home", [None, "", "https://gitlab.com/kim/notes"])
def test_without_a_github_home_there_is_no_button(home: str | None) -> None:
    html = "<h1>실습</h1><p>글</p>"
    assert with_button(html, colab_url(home, "mnist")) == html


def test_button_stands_under_the_first_heading() -> None:
    html = with_button("<h1>실습</h1><h1>둘</h1>", URL)
    assert html.startswith("<h1>실습</h1>\n<p><a")
    assert html.count(URL) == 1
