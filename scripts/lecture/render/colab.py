"""The button that opens a lab's notebook in Colab, where the site's home is known."""

import re

_GITHUB = re.compile(r"https?://github\.com/(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)/?$")
_BRANCH = "notebooks"  # .github/workflows/publish.yml puts the published ones there


def colab_url(repo_url: str | None, page: str) -> str:
    """Return Colab's address of a page's published notebook; "" without a GitHub home.

    The form of the address: https://colab.research.google.com/github/ + the path of the
    file on GitHub.
    """
    home = _GITHUB.match(repo_url or "")
    if not home:
        return ""
    place = f"{home['owner']}/{home['name'].removesuffix('.git')}"
    file = f"generated/{page}/{page}.ipynb"
    return f"https://colab.research.google.com/github/{place}/blob/{_BRANCH}/{file}"


def with_button(html: str, url: str) -> str:
    """Return a page with the button under its first heading."""
    if not url:
        return html
    return under_heading(html, f'<a class="md-button" href="{url}">Colab에서 열기</a>')


def under_heading(html: str, link: str) -> str:
    """Return a page with a link in a paragraph under its first heading."""
    return html.replace("</h1>", f"</h1>\n<p>{link}</p>", 1)
