"""Make the figures' font: subset and rename Noto Sans KR; see README.md beside it."""

import io
import sys
import zipfile
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FAMILY = "Lecture Sans KR"
SOURCE = "pylopdf_fonts_ko/NotoSansKR-Regular.otf"
TARGET = Path(__file__).with_name("LectureSansKR-Regular.otf")
RANGES = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x17F),  # Latin with accents; × ÷ · ± ² ³ ° µ
    (0x391, 0x3C9),  # Greek
    (0x2010, 0x203B),  # dashes, quotation marks, … ′ ″ ‰ ※
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # ℃ ℓ ℝ №
    (0x2150, 0x215E),  # fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators: − ∂ ∇ ∞ √ ∑ ≤ ≥ ≈
    (0x2460, 0x2473),  # ① … ⑳
    (0x25A0, 0x25FF),  # ■ ▲ ● ◆
    (0x2605, 0x2606),  # ★ ☆
    (0x2713, 0x2717),  # ✓ ✗
    (0x3000, 0x3015),  # 、 。 「 」 【 】
    (0x3131, 0x3163),  # ㄱ … ㅣ
)


def syllables() -> set[int]:
    """Return the code points of the 2,350 Hangul syllables of KS X 1001."""
    rows, cells = range(0xB0, 0xC9), range(0xA1, 0xFF)
    return {ord(bytes((row, cell)).decode("euc_kr")) for row in rows for cell in cells}


def rename(font: TTFont) -> None:
    """Give the font a name of its own; the copyright and licence entries stay."""
    postscript = TARGET.stem
    names = {1: FAMILY, 3: f"2.004;{postscript}", 4: FAMILY, 6: postscript}
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())
    compact = font["CFF "].cff
    compact.fontNames = [postscript]
    compact.topDictIndex[0].FullName = FAMILY
    compact.topDictIndex[0].FamilyName = FAMILY


def main(wheel: Path) -> None:
    """Read the wheel's font and write the subset beside this file."""
    with zipfile.ZipFile(wheel) as archive:
        font = TTFont(io.BytesIO(archive.read(SOURCE)), recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=["kern"], name_IDs=["*"])
    subsetter = subset.Subsetter(options)
    ranges = {code for first, last in RANGES for code in range(first, last + 1)}
    subsetter.populate(unicodes=syllables() | ranges)
    subsetter.subset(font)
    rename(font)
    font.save(TARGET)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
