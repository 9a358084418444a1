"""Cells of a list, read with care and refused with their place."""

import pytest

from bot.contacts.columns import Field, guess, mapped
from bot.contacts.rows import Row, read_row
from bot.errors import ContactsRefused
from surveys.contacts import Contact
from surveys.invitations import Channel, Child

HEADINGS = (
    "Ref", "Parent name", "Email address", "Mobile", "Postal address", "Language",
    "Contact preference", "Phase", "Placement", "SEN status",
)  # fmt: skip
COLUMNS = guess(HEADINGS)


def read(**cells: str) -> Row | tuple[str, ...]:
    row = [""] * len(HEADINGS)
    for name, text in cells.items():
        row[COLUMNS[Field(name)]] = text
    found = read_row(7, row, COLUMNS, HEADINGS)
    return found if isinstance(found, Row) else tuple(str(fault) for fault in found)


def contact(**cells: str) -> Contact:
    row = read(**cells)
    assert isinstance(row, Row)
    return row.contact


def test_common_headings_are_understood() -> None:
    assert set(COLUMNS) == set(Field)


def test_a_whole_row() -> None:
    assert contact(
        reference="F12",
        name="A Parent",
        email="A.Parent@Example.gov.uk",
        phone="07911 123123",
        address="1 High Street",
        language="pl",
        prefers="Text message",
        phase="Post-16",
        setting="Unit or resourced provision",
        provision="ehcp",
    ) == Contact(
        "F12",
        "A Parent",
        "a.parent@example.gov.uk",
        "+447911123123",
        "1 High Street",
        "pl",
        Channel.TEXT,
        (Child("post_16", "unit_or_arp", "ehcp"),),
    )


@pytest.mark.parametrize(
    "written",
    ["07911 123123", "7911123123", "+44 7911 123123", "0044 7911 123123", "(07911)123-123"],
)
def test_a_mobile_number_is_one_number_however_it_is_written(written: str) -> None:
    assert contact(phone=written).phone == "+447911123123"


def test_a_landline_is_left_out_with_a_note() -> None:
    row = read(phone="01642 774774", email="a@example.com")
    assert isinstance(row, Row)
    assert row.contact.phone == ""
    (note,) = row.notes
    assert "row 7, column Mobile: It is not a mobile number" in str(note)


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"email": "no at sign"}, "row 7, column Email address: It is not an email address"),
        ({"email": "a@b"}, "not an email address"),
        ({"email": "a@example.com; b@example.com"}, "not an email address"),
        ({"phone": "123"}, "row 7, column Mobile: It is not a phone number"),
        ({"email": "a@b.uk", "phase": "nursery"}, "column Phase: It must be one of: Early years"),
        ({"email": "a@b.uk", "prefers": "fax"}, "column Contact preference: It must be email"),
        ({"email": "a@b.uk", "name": "x" * 501}, "column Parent name: It is over 500"),
        ({"name": "A Parent"}, "row 7: There is no way to reach this family"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_place(cells: dict[str, str], fault: str) -> None:
    faults = read(**cells)
    assert isinstance(faults, tuple)
    assert fault in faults[0]
    assert len(faults) == 1


def test_every_fault_of_a_row_is_told() -> None:
    faults = read(email="x", phone="y", phase="z")
    assert isinstance(faults, tuple)
    assert len(faults) == 3


def test_no_fault_quotes_a_contact_detail() -> None:
    faults = read(email="secret@", phone="0791112312")
    assert isinstance(faults, tuple)
    assert "secret" not in str(faults)
    assert "0791112312" not in str(faults)


def test_a_person_says_which_column_is_which() -> None:
    columns = mapped(("Who", "Where"), {Field.EMAIL: "where"})
    assert columns == {Field.EMAIL: 1}
    assert mapped(HEADINGS, {Field.PHONE: ""}).keys() == set(Field) - {Field.PHONE}


@pytest.mark.parametrize(
    ("headings", "chosen", "message"),
    [
        (("Who",), {}, "nobody could be reached"),
        (("Email",), {Field.PHONE: "Mob"}, "There is no column 'Mob'"),
    ],
)
def test_columns_that_cannot_be_are_refused(
    headings: tuple[str, ...], chosen: dict[Field, str], message: str
) -> None:
    with pytest.raises(ContactsRefused, match=message):
        mapped(headings, chosen)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Contact Email", Field.EMAIL),
        ("E-Mail (parent)", Field.EMAIL),
        ("Mob.", Field.PHONE),
        ("Parent/Carer Mob No", Field.PHONE),
        ("Tel no.", Field.PHONE),
        ("Home Addr", Field.ADDRESS),
        ("Family Ref No", Field.REFERENCE),
        ("Carer's Name", Field.NAME),
        ("Lang. spoken", Field.LANGUAGE),
    ],
)
def test_headings_as_people_write_them_are_guessed(heading: str, field: Field) -> None:
    assert guess(("Extra", heading)) == {field: 1}


@pytest.mark.parametrize(
    "heading",
    [
        "School email", "SENCO mobile", "Child's name", "Pupil ref", "Emergency contact tel",
        "Parent 2 email", "Address line 1", "Addr 1", "Social worker phone", "Case officer email",
        "Old mobile", "Emailed on", "Email consent", "Preferred phone time", "First name", "Notes",
    ],
)  # fmt: skip
def test_a_heading_that_may_be_somebody_else_s_is_never_guessed(heading: str) -> None:
    assert guess((heading,)) == {}


def test_a_mobile_goes_before_another_telephone_and_a_plain_heading_before_a_guess() -> None:
    assert guess(("Telephone", "Mob.")) == {Field.PHONE: 1}
    assert guess(("Contact email", "Email")) == {Field.EMAIL: 1}


def test_a_bad_mobile_is_left_out_where_the_family_can_be_reached_otherwise() -> None:
    for way in ({"email": "a@b.uk"}, {"address": "1 High Street"}):
        row = read(phone="123", **way)
        assert isinstance(row, Row)
        assert row.contact.phone == ""
        [note] = row.notes
        assert str(note).startswith("row 7, column Mobile: It is not a phone number")
        assert str(note).endswith("Left out; the family is kept.")


@pytest.mark.parametrize("written", ["07700 900000", "+447700900999"])
def test_a_number_kept_for_invented_people_is_kept_with_a_note(written: str) -> None:
    row = read(phone=written)
    assert isinstance(row, Row)
    assert row.contact.phone.startswith("+4477009009" if "999" in written else "+447700900")
    assert "it reaches nobody" in str(row.notes[0])


def test_the_numbers_beside_those_have_no_note() -> None:
    for written in ("07700 899999", "07700 901000"):
        row = read(phone=written)
        assert not isinstance(row, Row) or row.notes == (), written


@pytest.mark.parametrize(
    ("headings", "named"),
    [
        (("Email",), "Fill in email."),
        (("Email", "Mobile"), "Fill in email or phone."),
        (("Email", "Mobile", "Address"), "Fill in email, phone or address."),
    ],
)
def test_a_family_nobody_can_reach_is_told_by_the_columns_there_are(
    headings: tuple[str, ...], named: str
) -> None:
    found = read_row(2, [""] * len(headings), guess(headings), headings)
    assert isinstance(found, tuple)
    assert str(found[0]).endswith(named)
