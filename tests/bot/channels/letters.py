"""One letter to send, for the channels that carry letters."""

from datetime import UTC, datetime

from bot.letter import House
from bot.ports import Outgoing
from surveys.catalogue import shipped
from surveys.records import Round, RoundStatus

HOUSE = House("Council of Łąka", "https://survey.example.gov.uk", "send@example.gov.uk")
TOKEN = "tokenTOKEN0123456789xyz"
LINK = f"{HOUSE.public_url}/c/{TOKEN}"


def a_letter(address: str, *, language: str = "en", number: int = 7) -> Outgoing:
    """An invitation to a round of the parental confidence survey."""
    form = shipped()[0]
    a_round = Round(
        id="r",
        name="Spring",
        questionnaire_key=form.key,
        questionnaire_hash=form.hash,
        status=RoundStatus.OPEN,
        opens_at=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
        closes_at=datetime(2027, 3, 28, 22, 59, tzinfo=UTC),
    )
    return Outgoing(
        id=number,
        address=address,
        message_key="invitation",
        language=language,
        arguments={"token": TOKEN},
        questionnaire=form,
        round=a_round,
    )
