"""Links to the repository, where a site knows it: in our words, and asking for nothing.

Material's script asks GitHub how many stars the linked repository has.
"""

from urllib.parse import urlencode, urlsplit

_CHANGES = {
    'title="이 페이지를 편집"': 'title="이 쪽 고치기"',
    ' data-md-component="source"': "",  # by which the script finds the link
}
_ISSUE = {  # host → the path of a new issue, and the names of its two fields
    "github.com": ("issues/new", "title", "body"),
    "gitlab.com": ("-/issues/new", "issue[title]", "issue[description]"),
}


def improve_links(page: str) -> str:
    """Return a whole page's HTML with its links to the repository as ours."""
    for theirs, ours in _CHANGES.items():
        page = page.replace(theirs, ours)
    return page


def report_url(repository: str, title: str, url: str) -> str:
    """Return where a reader tells of a mistake on a page: there it is named already.

    Of a host whose forms we do not know, that is the repository itself.
    """
    host = (urlsplit(repository).hostname or "").removeprefix("www.")
    if host not in _ISSUE:
        return repository
    path, heading, text = _ISSUE[host]
    home = repository.rstrip("/").removesuffix(".git")
    body = f"{url}\n\n어디가 어떻게 틀렸는지 적어 주십시오.".lstrip()
    return f"{home}/{path}?{urlencode({heading: f'틀린 곳: {title}', text: body})}"
