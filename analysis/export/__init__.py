"""Files for analysts: metrics, responses and the codebook, as CSV that opens everywhere."""

from analysis.export.codebook import codebook_csv
from analysis.export.metrics import metrics_csv
from analysis.export.responses import responses_csv

__all__ = ["codebook_csv", "metrics_csv", "responses_csv"]
