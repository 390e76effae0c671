"""What browsers call the extension."""

CHROMIUM_ID = "khkenaoejiinkggaccbabfjpenmaodki"
"""By the key in its manifest."""

FIREFOX_ID = "extension@productify-pro"
