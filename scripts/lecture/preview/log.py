"""What MkDocs says of its work, as far as it concerns an author."""

import logging

from mkdocs.utils import CountHandler

_STEPS = ("Cleaning site", "Building documentation")
_END = "Documentation built"


def quieten(*, ends: bool) -> None:
    """Leave unsaid what says nothing of a page; a warning always is said.

    ends: whether the end of a build is worth a line.
    """
    for name in ("mkdocs.plugins.mkdocs_jupyter", "mkdocs.mkdocs-jupyter"):
        logging.getLogger(name).setLevel(logging.WARNING)
    steps = _STEPS if ends else (*_STEPS, _END)
    build = logging.getLogger("mkdocs.commands.build")
    build.addFilter(lambda record: not record.getMessage().startswith(steps))


def forgive_warnings() -> None:
    """Have a half-written page shown: a strict build counts warnings, and gives up."""
    log = logging.getLogger("mkdocs")
    for handler in [one for one in log.handlers if isinstance(one, CountHandler)]:
        log.removeHandler(handler)
