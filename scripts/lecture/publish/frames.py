"""The fragment of frames: the first and the last, and controls for a script."""

import html
import json

from lecture.base.inert import inert
from lecture.base.products import Frames
from lecture.collect.artefact import Artefact
from lecture.publish.fragments import caption, image
from lecture.publish.provenance import Provenance


def frames_fragment(artefact: Artefact, frames: Frames, provenance: Provenance) -> str:
    """Return the first and the last frame with their labels, and controls.

    The controls stay hidden where no script runs; docs/javascripts/frames.js shows
    them, and loads the other frames when they are first touched: it finds their files
    by putting another number into the first one's address.
    """
    return "\n".join(
        (
            f'<figure id="{artefact.name}" class="artefact artefact-frames" markdown>',
            '<div class="frames-stage" markdown>',
            _frame(artefact, frames, 0),
            _frame(artefact, frames, -1),
            "</div>",
            _controls(frames),
            caption(artefact, "그림", provenance),
            "</figure>",
            "",
        )
    )


def _frame(artefact: Artefact, frames: Frames, index: int) -> str:
    images = (
        image(artefact, frames, frames.light[index], "light"),
        image(artefact, frames, frames.dark[index], "dark"),
    )
    label = inert(frames.labels[index])
    return "\n".join(
        (
            '<div class="frames-frame" markdown="span">',
            *images,
            f'<span class="frames-label">{label}</span>',
            "</div>",
        )
    )


def _controls(frames: Frames) -> str:
    labels = html.escape(json.dumps(frames.labels, ensure_ascii=False))
    first = html.escape(frames.labels[0])
    return (
        f'<div class="frames-controls" data-labels="{labels}" data-search-exclude'
        ' hidden>\n<button type="button" aria-label="재생">▶ 재생</button>\n'
        f'<input type="range" min="0" max="{len(frames.labels) - 1}" value="0"'
        f' aria-label="장면" aria-valuetext="{first}" autocomplete="off">\n</div>'
    )
