"""Bring the notes up to date: python scripts/build.py --help."""

import sys
from pathlib import Path

from lecture.cli.command import main

if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parents[1]))
