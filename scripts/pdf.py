"""Write the whole course as one PDF: python scripts/pdf.py site course.pdf.

Chromium prints it, found by its name. It is printed twice: only a printed page knows
its number, and the contents stand before all others.
"""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from lecture.render.course import Course, document, read_course
from pypdf import PdfReader

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
    *("--generate-pdf-document-outline", "--export-tagged-pdf"),
)


def main(site: Path, target: Path) -> int:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        print("PDF를 만들려면 chromium을 설치하세요: apt install chromium")
        return 1
    course = read_course(site)
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.pdf"
        _print(browser, site, course, {}, draft)
        _print(browser, site, course, page_numbers(draft), target)
    print(f"{target}: {len(PdfReader(target).pages)}쪽")
    return 0


def page_numbers(pdf: Path) -> dict[str, int]:
    """Return the page of each place that a link of the document leads to."""
    reader = PdfReader(pdf)
    found = {
        name.removeprefix("/"): reader.get_destination_page_number(destination)
        for name, destination in reader.named_destinations.items()
    }
    return {name: page + 1 for name, page in found.items() if page is not None}


def _print(
    browser: str, site: Path, course: Course, pages: Mapping[str, int], target: Path
) -> None:
    """Print the course from the folder of the site, where its pictures lie."""
    source = site / "course.html"
    source.write_text(document(course, pages), encoding="utf-8")
    try:
        command = [browser, *_FLAGS, f"--print-to-pdf={target.resolve()}"]
        subprocess.run(
            [*command, source.resolve().as_uri()], check=True, capture_output=True
        )
    finally:
        source.unlink()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
