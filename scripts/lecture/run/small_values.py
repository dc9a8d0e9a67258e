"""What small runs gave, written down: to compare one set of libraries with another."""

import json

from lecture.run.smoke import Done
from lecture.task.job import Job, Success
from lecture.task.lab_bare import comparable


def small_values(done: Done) -> str:
    """Return the value of each run by its name, as JSON."""
    values = {job.id: _value(job, made) for job, made in done}
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _value(job: Job, made: Success) -> object:
    return comparable(made.value) if job.artefact.kind == "lab" else made.value
