"""The privacy notice: one text file a language, dated and numbered, that a council may replace."""
