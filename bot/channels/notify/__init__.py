"""Letters by GOV.UK Notify, as e-mail or text message."""
