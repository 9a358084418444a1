"""Letters by GOV.UK Notify, as e-mail or text message."""

import logging

# Its client logs what Notify said of a refusal, which may quote an address.
logging.getLogger("notifications_python_client").setLevel(logging.ERROR)
