"""Measure the page numbers of the bundled guide and keep them with the program: ``make pages``.

A computer without LibreOffice then still prints the measured numbers, as long as records and
texts are the bundled ones.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from guide_builder.build import HOME, build_guide

TARGET = HOME / "pages"


def main() -> int:
    """Rebuild with LibreOffice, then replace the shipped map by the measured one."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CASEGUIDE_CACHE"] = folder
        os.environ["CASEGUIDE_LAW_TEXTS"] = folder  # the bundled edition quotes no imported text
        built = build_guide(Path(folder) / "output", progress=print)
        if not built.measured:
            print("没有 LibreOffice，无法实测页码")
            return 1
        measured = list((Path(folder) / "pages").glob("*.json"))
        if not measured:
            print("随附的页码已是最新")
            return 0
        shutil.rmtree(TARGET, ignore_errors=True)
        TARGET.mkdir()
        for file in measured:
            (TARGET / file.name).write_bytes(file.read_bytes())
    print(f"已更新 {TARGET.relative_to(HOME.parent)}，共 {built.pages} 页")
    return 0


if __name__ == "__main__":
    sys.exit(main())
