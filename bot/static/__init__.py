"""Style, script and pictures of the pages. `govuk/` is GOV.UK Frontend without font and crest."""
