"""A disk that is full is a refusal in words, and leaves what stood there."""

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.export import Format

ROOT = Path(__file__).resolve().parents[2]
FULL = """
import resource, sys
from pathlib import Path
from bot.errors import FileRefused
from bot.export_files import put
from analysis.export import Export, Format
from tests.analysis.export.test_formats import small
import numpy, pandas, pyarrow.parquet, pyreadstat, xlsxwriter
form, out = Format(sys.argv[1]), Path(sys.argv[2])
export = small()
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    put(Export(export.table, export.about), form, out, lambda _: lambda *_: None)
except FileRefused as error:
    print(error)
"""


@pytest.mark.parametrize("form", list(Format))
def test_a_full_disk_is_told_and_the_old_file_stands(tmp_path: Path, form: Format) -> None:
    out = tmp_path / f"x.{form.value}"
    out.write_text("before")
    done = subprocess.run(
        [sys.executable, "-c", FULL, form.value, str(out)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith(f"{out} cannot be written: ")
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]
