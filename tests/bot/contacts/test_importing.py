"""A list of families is looked at, kept, and kept again without a change."""

import io
from functools import partial

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # it has no types

from bot.contacts import importing, opting_out
from bot.contacts.importing import Preview, phase_counts
from bot.contacts.sheets import read_sheet
from bot.errors import ContactsRefused
from storage import contacts
from surveys.contacts import Contact
from surveys.invitations import Child
from tests.bot.conftest import World

LIST = """\
Name,Email,Mobile,Phase,School
A Parent,a@example.com,07911 123001,Primary,St Hild
A Parent,A@EXAMPLE.com,,Secondary,Rye Hills

B Parent,b@example.com,07911 123002,Primary,St Hild
B Parent,b@example.com,07911 123002,Primary,St Hild
C Parent,not an email,,Primary,
"""


def look(world: World, text: str = LIST, name: str = "list.csv") -> Preview:
    return importing.preview(world.reader, world.vault, read_sheet(text.encode(), name))


def keep(world: World, seen: Preview) -> None:
    world.writer.one(partial(importing.keep, seen=seen, actor="test"))


def held(world: World) -> list[Contact]:
    return [each.contact for each in contacts.everything(world.reader, world.vault)]


def test_every_row_is_accounted_for(world: World) -> None:
    seen = look(world)
    assert (seen.rows, seen.blank_rows, seen.new, seen.changed, seen.unchanged) == (5, 1, 2, 0, 0)
    assert [str(each) for each in seen.duplicates] == ["row 6: The same as row 5: counted once."]
    assert [each.row for each in seen.refused] == [7]
    assert seen.ignored == ("School",)
    assert phase_counts(seen)[1:3] == [("Primary", 2), ("Secondary", 1)]


def test_looking_keeps_nothing(world: World) -> None:
    look(world)
    assert held(world) == []


def test_rows_of_one_family_are_joined(world: World) -> None:
    keep(world, look(world))
    family = next(each for each in held(world) if each.email == "a@example.com")
    assert family.children == (Child("primary"), Child("secondary"))
    assert family.phone == "+447911123001"


def test_the_same_list_again_changes_nothing(world: World) -> None:
    keep(world, look(world))
    before = world.rows("SELECT * FROM contact")
    again = look(world)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    keep(world, again)
    assert world.rows("SELECT * FROM contact") == before


def test_a_later_list_changes_what_it_says_and_takes_nothing_away(world: World) -> None:
    keep(world, look(world))
    seen = look(world, "Email,Phase\na@example.com,Post-16\n")
    assert (seen.new, seen.changed) == (0, 1)
    keep(world, seen)
    family = next(each for each in held(world) if each.email == "a@example.com")
    assert family.phone == "+447911123001"
    assert family.children == (Child("post_16"),)


def test_who_opted_out_stays_out(world: World) -> None:
    keep(world, look(world))
    (one, _) = contacts.everything(world.reader, world.vault)
    world.writer.one(lambda db, now: contacts.opt_out(db, one.id, now))
    keep(world, look(world, LIST.replace("A Parent", "Another Name")))
    assert [each.opted_out for each in contacts.everything(world.reader, world.vault)].count(
        True
    ) == 1


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("F1,a@b.uk,07911123001\nF1,a@b.uk,07911123002", "row 3: It is of the family of row 2"),
        (
            "F1,a@b.uk,\nF2,,07911123002\n,a@b.uk,07911123002",
            "row 4: It joins two families, of rows 2 and 3",
        ),
    ],
)
def test_rows_that_disagree_about_an_address_are_refused(
    world: World, rows: str, fault: str
) -> None:
    seen = look(world, f"Reference,Email,Phone\n{rows}\n")
    assert fault in str(seen.refused[0])


def test_one_row_over_two_held_families_is_refused(world: World) -> None:
    keep(world, look(world, "Email,Phone\na@b.uk,\n,07911123002\n"))
    seen = look(world, "Email,Phone\na@b.uk,07911123002\n")
    assert "different families that are held already" in str(seen.refused[0])
    assert not seen.changes


def test_what_changed_since_it_was_seen_is_refused_whole(world: World) -> None:
    seen = look(world)
    keep(world, look(world, "Email\nb@example.com\n"))
    with pytest.raises(ContactsRefused, match="changed meanwhile"):
        keep(world, seen)
    assert [each.email for each in held(world)] == ["b@example.com"]


def test_a_stale_change_is_refused(world: World) -> None:
    keep(world, look(world))
    first = look(world, "Email,Phase\na@example.com,Post-16\n")
    keep(world, look(world, "Email,Phase\na@example.com,Primary\n"))
    with pytest.raises(ContactsRefused, match="changed meanwhile"):
        keep(world, first)


@pytest.mark.parametrize("known_by", ["A@example.com ", "07911 123001"])
def test_a_family_that_told_staff_is_not_asked_again(world: World, known_by: str) -> None:
    keep(world, look(world))
    world.writer.one(partial(opting_out.opt_out, vault=world.vault, address=known_by, actor="test"))
    out = [
        each.contact.email
        for each in contacts.everything(world.reader, world.vault)
        if each.opted_out
    ]
    assert out == ["a@example.com"]


def test_nobody_is_opted_out_by_an_address_nobody_has(world: World) -> None:
    with pytest.raises(ContactsRefused, match="No family"):
        world.writer.one(
            partial(opting_out.opt_out, vault=world.vault, address="no@example.com", actor="test")
        )


def test_nothing_of_a_family_lies_open_in_the_database(world: World) -> None:
    keep(world, look(world))
    lying = str(world.rows("SELECT * FROM contact"))
    for detail in ("a@example.com", "123001", "A Parent"):
        assert detail not in lying


def test_a_workbook_is_read_like_a_csv_file(world: World) -> None:
    book = Workbook()
    book.active.append(["Email", "Mobile", "Phase"])
    book.active.append(["a@example.com", 7911123001, "Primary"])
    book.active.append([None, None, None])
    data = io.BytesIO()
    book.save(data)
    seen = importing.preview(world.reader, world.vault, read_sheet(data.getvalue(), "list.xlsx"))
    keep(world, seen)
    assert held(world)[0].phone == "+447911123001"


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"PK\x03\x04nothing", "list.xlsx", "not a readable Excel workbook"),
        (b"PK\x03\x04nothing", "list.csv", "Excel"),
        (b"\n\n", "list.csv", "empty"),
        (b",,\n", "list.csv", "no rows"),
        (b"Email,email\n", "list.csv", "twice"),
        (b'Email\n"a@b.uk', "list.csv", "breaks off"),
        (b"x" * 20_000_001, "list.csv", "over 20 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused(data: bytes, name: str, message: str) -> None:
    with pytest.raises(ContactsRefused, match=message):
        read_sheet(data, name)


def test_semicolons_and_windows_letters_are_read(world: World) -> None:
    data = "Name;Email\nZoë;z@example.com\n".encode("cp1252")
    seen = importing.preview(world.reader, world.vault, read_sheet(data, "list.csv"))
    keep(world, seen)
    assert held(world)[0].name == "Zoë"


@pytest.mark.parametrize("parted", [",", ";"])
def test_titles_above_the_headings_are_passed_over(world: World, parted: str) -> None:
    lines = ["SEND families, autumn", "", "Printed 1 September", "Parent name,Contact Email,Mob."]
    text = "\n".join([*lines, "A Parent,a@example.com,07911 123001", ""])
    seen = look(world, text.replace(",", parted))
    assert (seen.heading_row, seen.above, seen.rows, seen.new) == (4, 2, 1, 1)
    keep(world, seen)
    assert held(world)[0].phone == "+447911123001"


def test_a_row_of_a_family_is_never_taken_for_headings() -> None:
    rows = "Wer,Wohin,Wie\nA Parent,a@example.com,email\nB Parent,1 High Street,email\n"
    sheet = read_sheet(rows.encode(), "list.csv")
    assert (sheet.headings, sheet.heading_row, sheet.above) == (("Wer", "Wohin", "Wie"), 1, 0)
    assert len(sheet.rows) == 2


def test_a_title_over_headings_nobody_knows_leaves_them_to_be_chosen() -> None:
    sheet = read_sheet(b"My list,\nWer,Wohin\nA Parent,a@example.com\n", "list.csv")
    assert (sheet.headings, sheet.heading_row, sheet.above) == (("Wer", "Wohin"), 2, 1)


def test_headings_are_not_looked_for_for_ever() -> None:
    text = "\n".join([*(f"Line {number},x" for number in range(20)), "Email,Mobile"])
    assert read_sheet(text.encode(), "list.csv").heading_row == 1


def test_several_faults_of_a_row_are_one_row(world: World) -> None:
    seen = look(world, "Email,Mobile,Phase\nx,y,z\na@b.uk,,z\nc@d.uk,12,\n")
    assert (len(seen.refused), seen.refused_rows, seen.new) == (4, 2, 1)
    assert [each.row for each in seen.notes] == [4]
