"""A letter as an e-mail: plain words, and the same with a button."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from bot.letter import Letter

_BODY = "font-family:Arial,Helvetica,sans-serif;font-size:18px;line-height:1.4;color:#0b0c0c"
_BUTTON = (
    "display:inline-block;padding:12px 20px;background:#00703c;color:#ffffff;"
    "font-weight:bold;text-decoration:none"
)


def email(letter: Letter, sender: str, to: str, now: datetime, message_id: str) -> EmailMessage:
    """The e-mail, in both parts. Nothing in it is fetched from anywhere."""
    message = EmailMessage()
    message["Subject"] = letter.subject
    message["From"] = sender
    message["To"] = to
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.plain)
    message.add_alternative(_page(letter), subtype="html")
    # Setting the content takes away every header that describes it.
    message["Content-Language"] = letter.language
    return message


def _page(letter: Letter) -> str:
    before, after = (
        "".join(f'<p style="margin:0 0 16px">{escape(words)}</p>' for words in paragraphs)
        for paragraphs in (letter.before, letter.after)
    )
    button = (
        f'<p style="margin:24px 0"><a href="{escape(letter.link)}" style="{_BUTTON}">'
        f"{escape(letter.link_words)}</a></p>"
        f'<p style="margin:0 0 16px;word-break:break-all" dir="ltr">{escape(letter.link)}</p>'
    )
    return (
        f'<!doctype html><html lang="{escape(letter.language)}" dir="{letter.direction}"><head>'
        f'<meta charset="utf-8"><title>{escape(letter.subject)}</title></head>'
        f'<body style="{_BODY};max-width:600px;margin:0 auto;padding:20px">'
        f"{before}{button}{after}</body></html>"
    )
