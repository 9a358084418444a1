"""A letter as an e-mail: plain words, and the same with a button."""

from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from bot.letter import Letter

_BLOCK = (
    "font-family:Arial,Helvetica,sans-serif;font-size:18px;line-height:1.4;color:#0b0c0c;"
    "max-width:600px;margin:0 auto;padding:20px"
)
# Every server takes seven bits; not every one says whether it takes eight.
_POLICY = policy.SMTP.clone(cte_type="7bit")
_BUTTON = (
    "display:inline-block;padding:12px 20px;background:#00703c;color:#ffffff;"
    "font-weight:bold;text-decoration:none"
)


def email(letter: Letter, sender: str, to: str, now: datetime, message_id: str) -> EmailMessage:
    """The e-mail, in both parts. Nothing in it is fetched from anywhere."""
    message = EmailMessage(_POLICY)
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
    # Readers that drop the page's own tags keep those of the block inside it.
    way = f'lang="{escape(letter.language)}" dir="{letter.direction}"'
    return (
        f'<!doctype html><html {way}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(letter.subject)}</title></head>"
        f'<body style="margin:0;background:#ffffff"><div {way} style="{_BLOCK}">'
        f"{before}{button}{after}</div></body></html>"
    )
