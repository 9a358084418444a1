"""Makes the example's files again, runs the notebook over them, and keeps what it shows."""

from tests.example.making import DOCS, FOLDER, write
from tests.example.notebook import keep, load, run, save

NOTEBOOK = DOCS / "analysts.ipynb"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    write(FOLDER)
    notebook = load(NOTEBOOK)
    keep(notebook, run(notebook, DOCS))
    save(NOTEBOOK, notebook)
