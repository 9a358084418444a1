"""Signing in on the real database: who gets in, who waits, what ends a session, what is logged."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher

from bot import accounts
from bot.errors import AccountRefused
from bot.front_door import FrontDoor
from bot.passwords import Passwords
from bot.staff_ports import AccountState, Faults, SignInAttempt, SignInRefusal, Staff
from storage import staff as stored_staff
from storage.errors import DatabaseFull
from surveys.roles import Role
from tests.bot.conftest import World

EMAIL, NAME, PASSWORD = "sam@council.example", "Sam", "three random words"
BOTH = (Role.ADMINISTRATOR, Role.OFFICER)


@dataclass
class Desk:
    """A front door, and an authenticator app for each account."""

    world: World
    door: FrontDoor
    keys: dict[str, str]

    def add(self, email: str = EMAIL, roles: tuple[Role, ...] = BOTH) -> str:
        wanted = accounts.NewAccount(email, NAME, roles)
        vault = self.world.vault
        return self.world.writer.one(lambda db, now: accounts.add(db, now, vault, wanted, "test"))

    async def ready(self, email: str = EMAIL, roles: tuple[Role, ...] = BOTH) -> Staff:
        """An account that is set up; the next code is a new one."""
        link = self.add(email, roles)
        return await self.sets_up(link, email)

    async def sets_up(self, link: str, email: str = EMAIL) -> Staff:
        page = await self.door.set_up_page(link)
        assert page
        self.keys[email] = page.key
        session = await self.door.set_up(link, PASSWORD, self.code(email))
        assert isinstance(session, str)
        who = await self.door.who(session, active=True)
        assert who
        self.world.clock.forward(minutes=1)
        return who

    def code(self, email: str = EMAIL) -> str:
        return pyotp.TOTP(self.keys[email]).at(self.world.clock.now)

    async def signs_in(
        self, password: str = PASSWORD, code: str | None = None, email: str = EMAIL, at: str = "::1"
    ) -> str | SignInRefusal:
        typed = self.code() if code is None else code
        return await self.door.sign_in(SignInAttempt(email, password, typed, at))

    async def session(self) -> str:
        secret = await self.signs_in()
        assert not isinstance(secret, SignInRefusal)
        self.world.clock.forward(minutes=1)
        return secret

    def log(self) -> list[tuple[Any, ...]]:
        return self.world.rows("SELECT actor, action, detail FROM audit ORDER BY id")


@pytest.fixture
def desk(world: World) -> Desk:
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    door = FrontDoor(
        world.intake, world.reader, world.vault, world.clock, council_name="Council", hasher=cheap
    )
    return Desk(world, door, {})


async def test_who_is_let_in_has_a_name_and_roles(desk: Desk) -> None:
    made = await desk.ready()
    secret = await desk.signs_in(email=" SAM@Council.example")
    assert isinstance(secret, str)
    assert await desk.door.who(secret, active=True) == made
    assert (made.name, made.roles) == (NAME, (Role.OFFICER, Role.ADMINISTRATOR))
    assert (made.actor, "signed in", "") in desk.log()
    assert made.actor == f"account {made.account_id}"


async def test_wrong_used_or_unknown_all_look_the_same(desk: Desk) -> None:
    await desk.ready()
    right = desk.code()
    other = f"{(int(right) + 1) % 1_000_000:06}"
    assert await desk.signs_in("another password") is SignInRefusal.WRONG
    assert await desk.signs_in(code=other) is SignInRefusal.WRONG
    assert await desk.signs_in(email="nobody@council.example") is SignInRefusal.WRONG
    assert isinstance(await desk.signs_in(code=right), str)
    assert await desk.signs_in(code=right) is SignInRefusal.WRONG


async def test_a_code_lets_in_only_one_of_two_at_the_same_moment(desk: Desk) -> None:
    await desk.ready()
    outcomes = await asyncio.gather(*(desk.signs_in() for _ in range(4)))
    assert sum(isinstance(each, SignInRefusal) for each in outcomes) == 3


async def test_five_failures_lock_even_what_is_right_for_twice_as_long_each_time(
    desk: Desk,
) -> None:
    made = await desk.ready()
    for _ in range(5):
        assert await desk.signs_in("wrong") is SignInRefusal.WRONG
    assert await desk.signs_in() is SignInRefusal.WRONG
    desk.world.clock.forward(seconds=61)
    assert await desk.signs_in("wrong") is SignInRefusal.WRONG
    desk.world.clock.forward(seconds=61)
    assert await desk.signs_in() is SignInRefusal.WRONG
    desk.world.clock.forward(seconds=60)
    assert isinstance(await desk.signs_in(), str)
    log = desk.log()
    assert [detail for actor, action, detail in log if action == "account locked"] == [
        "1 minutes",
        "2 minutes",
    ]
    assert (made.actor, "sign-in failed", "wrong password") in log
    assert (made.actor, "sign-in failed", "locked") in log


async def test_guessing_in_parallel_gains_nothing(desk: Desk) -> None:
    await desk.ready()
    tries = [desk.signs_in("wrong", at=str(n)) for n in range(8)]
    await asyncio.gather(*tries)
    failed = desk.world.rows("SELECT failures FROM account")
    assert failed == [(5,)]


async def test_an_unknown_address_costs_as_much_and_one_network_is_slowed(desk: Desk) -> None:
    await desk.ready()
    for number in range(20):
        email = f"nobody{number}@council.example"
        assert await desk.signs_in("x", email=email, at="203.0.113.9") is SignInRefusal.WRONG
    assert await desk.signs_in(at="203.0.113.9") is SignInRefusal.TOO_MANY
    assert isinstance(await desk.signs_in(at="203.0.113.10"), str)


async def test_a_session_ends_after_half_an_hour_unused(desk: Desk) -> None:
    await desk.ready()
    secret = await desk.session()
    for _ in range(3):
        desk.world.clock.forward(minutes=28)
        assert await desk.door.who(secret, active=True)
    desk.world.clock.forward(minutes=15)
    assert await desk.door.who(secret, active=False)
    desk.world.clock.forward(minutes=15)
    assert await desk.door.who(secret, active=True) is None


async def test_a_session_ends_after_eight_hours_of_use(desk: Desk) -> None:
    await desk.ready()
    secret = await desk.session()
    for _ in range(23):
        desk.world.clock.forward(minutes=20)
        assert await desk.door.who(secret, active=True)
    desk.world.clock.forward(minutes=20)
    assert await desk.door.who(secret, active=True) is None
    # The next to sign in sweeps it away.
    await desk.session()
    assert desk.world.rows("SELECT count(*) FROM staff_session") == [(1,)]


async def test_signing_out_ends_one_session_and_a_link_another_kind_opens_none(
    desk: Desk,
) -> None:
    await desk.ready()
    one, two = await desk.session(), await desk.session()
    await desk.door.sign_out(one)
    assert await desk.door.who(one, active=True) is None
    assert await desk.door.who(two, active=True)
    link = desk.add("other@council.example")
    assert await desk.door.exchange(link) is None
    assert await desk.door.who(link, active=True) is None


async def test_a_set_up_link_works_once_and_for_three_days(desk: Desk) -> None:
    link = desk.add()
    for _ in range(2):
        first, second = [await desk.door.set_up_page(link) for _ in range(2)]
        assert first == second
    assert await desk.signs_in(PASSWORD, "123456") is SignInRefusal.WRONG
    await desk.sets_up(link)
    assert await desk.door.set_up_page(link) is None
    assert await desk.door.set_up(link, PASSWORD, desk.code()) is None
    late = desk.add("late@council.example")
    desk.world.clock.forward(days=3)
    assert await desk.door.set_up_page(late) is None
    assert await desk.door.set_up(late, PASSWORD, "123456") is None


async def test_a_set_up_with_faults_spends_nothing_and_names_them_all(desk: Desk) -> None:
    link = desk.add()
    faults = await desk.door.set_up(link, "short", "12")
    assert isinstance(faults, Faults)
    assert set(faults.by_field) == {"password", "code"}
    faults = await desk.door.set_up(link, "sam@council.example", "12")
    assert isinstance(faults, Faults)
    assert "e-mail" in faults.by_field["password"]
    await desk.sets_up(link)


async def test_a_new_link_ends_the_old_one_and_resets_a_lock(desk: Desk) -> None:
    made = await desk.ready()
    session = await desk.session()
    for _ in range(5):
        await desk.signs_in("wrong")
    old = await desk.door.send_link(made, made.account_id)
    new = await desk.door.send_link(made, made.account_id)
    assert await desk.door.set_up_page(old) is None
    assert await desk.door.who(session, active=True)
    await desk.sets_up(new)
    assert await desk.door.who(session, active=True) is None
    assert isinstance(await desk.signs_in(), str)


async def test_roles_changed_end_sessions_and_are_logged_with_who_did_it(desk: Desk) -> None:
    admin = await desk.ready("admin@council.example")
    made = await desk.ready()
    session = await desk.session()
    await desk.door.change_roles(admin, made.account_id, (Role.ANALYST,))
    assert await desk.door.who(session, active=True) is None
    assert (
        admin.actor,
        "roles changed",
        "from officer, administrator to analyst",
    ) in desk.log()
    again = await desk.door.who(await desk.session(), active=True)
    assert again
    assert again.roles == (Role.ANALYST,)


async def test_a_deactivated_account_is_out_until_it_is_set_up_anew(desk: Desk) -> None:
    admin = await desk.ready("admin@council.example")
    made = await desk.ready()
    session, link = await desk.session(), await desk.door.send_link(admin, made.account_id)
    await desk.door.deactivate(admin, made.account_id)
    assert await desk.door.who(session, active=True) is None
    assert await desk.door.set_up_page(link) is None
    assert await desk.signs_in() is SignInRefusal.WRONG
    states = {row.email: row.state for row in await desk.door.everybody()}
    assert states[EMAIL] is AccountState.DEACTIVATED
    link = await desk.door.send_link(admin, made.account_id)
    assert await desk.signs_in() is SignInRefusal.WRONG
    await desk.sets_up(link)
    assert isinstance(await desk.signs_in(), str)


async def test_the_last_administrator_stays(desk: Desk) -> None:
    admin = await desk.ready()
    # Whoever has not set up an account yet cannot let anybody in.
    desk.add("waiting@council.example")
    with pytest.raises(AccountRefused, match="only administrator"):
        await desk.door.change_roles(admin, admin.account_id, (Role.OFFICER,))
    with pytest.raises(AccountRefused, match="only administrator"):
        await desk.door.deactivate(admin, admin.account_id)
    await desk.ready("other@council.example")
    await desk.door.deactivate(admin, admin.account_id)
    assert desk.world.rows("SELECT count(*) FROM failure") == [(0,)]


async def test_a_changed_password_ends_every_other_session(desk: Desk) -> None:
    made = await desk.ready()
    before = await desk.session()
    after = await desk.door.change_password(made, PASSWORD, "another three words")
    assert isinstance(after, str)
    assert await desk.door.who(before, active=True) is None
    assert await desk.door.who(after, active=True) == made
    assert await desk.signs_in() is SignInRefusal.WRONG
    assert isinstance(await desk.signs_in("another three words"), str)
    assert (made.actor, "password changed", "") in desk.log()


async def test_guessing_the_current_password_locks_too(desk: Desk) -> None:
    made = await desk.ready()
    for _ in range(5):
        faults = await desk.door.change_password(made, "a guess", "another three words")
        assert isinstance(faults, Faults)
        assert set(faults.by_field) == {"current"}
    assert isinstance(await desk.door.change_password(made, PASSWORD, "another one two"), Faults)
    weak = await desk.door.change_password(made, PASSWORD, "short")
    assert weak == await desk.door.change_password(made, "a guess", "short")


@pytest.mark.parametrize(
    ("email", "name", "roles", "field"),
    [
        ("nonsense", "N", BOTH, "email"),
        (EMAIL.upper(), "N", BOTH, "email"),
        ("n@council.example", " ", BOTH, "name"),
        ("n@council.example", "N", (), "roles"),
    ],
)
async def test_a_faulty_account_is_refused_with_its_field(
    desk: Desk, email: str, name: str, roles: tuple[Role, ...], field: str
) -> None:
    admin = await desk.ready()
    with pytest.raises(AccountRefused) as refused:
        await desk.door.add(admin, email, name, roles)
    assert refused.value.field == field
    assert len(await desk.door.everybody()) == 1


async def test_nothing_that_identifies_or_opens_is_in_the_database_in_clear(desk: Desk) -> None:
    link = desk.add()
    page = await desk.door.set_up_page(link)
    assert page
    await desk.sets_up(link)
    session = await desk.session()
    other = desk.add("waiting@council.example")
    dump = "\n".join(desk.world.reader.conn.iterdump())
    for secret in (EMAIL, "waiting@", PASSWORD, page.key, link, session, other):
        assert secret not in dump


async def test_a_demonstration_is_opened_by_its_link_once_and_for_half_an_hour(
    desk: Desk,
) -> None:
    with pytest.raises(AccountRefused, match="sendvoice staff add"):
        desk.world.writer.one(accounts.sign_in_link)
    for _ in range(2):
        desk.world.writer.one(lambda db, now: accounts.add_demonstration(db, now, desk.world.vault))
    link, late = [desk.world.writer.one(accounts.sign_in_link) for _ in range(2)]
    assert await desk.door.has_sign_in_link(link)
    secret = await desk.door.exchange(link)
    assert secret
    who = await desk.door.who(secret, active=True)
    assert who
    assert who.roles == tuple(Role)
    assert await desk.door.exchange(link) is None
    assert isinstance(await desk.door.change_password(who, "", "three random words"), Faults)
    desk.world.clock.now += timedelta(minutes=30)
    assert await desk.door.exchange(late) is None


async def test_a_full_disk_keeps_nobody_who_is_signed_in_from_the_pages(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await desk.ready()
    secret = await desk.session()

    def full(*_: object) -> None:
        raise DatabaseFull

    monkeypatch.setattr(stored_staff, "touch_session", full)
    assert await desk.door.who(secret, active=True) == made
