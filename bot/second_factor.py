"""Six-digit codes of an authenticator app (RFC 6238, 30 seconds a step)."""

import re
from datetime import datetime

import pyotp
import segno
from pyotp.exceptions import OTPVerificationError

WINDOW = 1
"""Steps before and after this one that are taken too: clocks differ."""

_CODE = re.compile(r"[0-9]{6}")


def new_key() -> str:
    """A random key of 160 bits, in base32."""
    return pyotp.random_base32()


def step_of(key: str, code: str, now: datetime, last_step: int = 0) -> int | None:
    """The step whose code this is, later than the last one used; `None` where it is wrong."""
    typed = re.sub(r"\s", "", code)
    if not _CODE.fullmatch(typed):
        return None
    try:
        step = pyotp.TOTP(key).verify_and_get_timecode(typed, for_time=now, valid_window=WINDOW)
    except OTPVerificationError:
        return None
    return step if step > last_step else None


def address(key: str, email: str, council_name: str) -> str:
    """The `otpauth:` address that an authenticator app reads."""
    issuer = f"SEND Voice {council_name}".replace(":", " ")
    return pyotp.TOTP(key).provisioning_uri(name=email, issuer_name=issuer)


def qr(text: str) -> str:
    """The text as a QR code: an inline SVG of any size, dark on white on every screen."""
    made = segno.make_qr(text, error="m")
    return made.svg_inline(omitsize=True, border=4, dark="#000", light="#fff")
