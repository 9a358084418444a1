"""The survey as a python-telegram-bot application: ConversationHandler and PicklePersistence.

As the library's `persistentconversationbot` example has it: answers in `user_data`, the
state returned by each handler, the persistence given to the builder.
"""

import time
import warnings
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    ExtBot,
    PicklePersistence,
)
from telegram.request import BaseRequest
from telegram.warnings import PTBUserWarning

from surveys.model import Question, Questionnaire

ASKING = 0
Context = ContextTypes.DEFAULT_TYPE
Store = PicklePersistence[Any, Any, Any]
App = Application[Any, Any, Any, Any, Any, Any]


class HandlerBot:
    """Asks the questions that have choices, one after another."""

    def __init__(self, form: Questionnaire, *, flush_each: bool = False) -> None:
        self._questions = [each for each in form.questions if each.choices]
        self._flush_each = flush_each

    def application(self, path: Path, token: str, wire: BaseRequest | None = None) -> App:
        """The application, its conversations kept in the file at `path`."""
        # Its FAQ says of this warning that it may be ignored where it is understood.
        warnings.filterwarnings("ignore", ".*CallbackQueryHandler", PTBUserWarning)
        builder = ApplicationBuilder().token(token).persistence(PicklePersistence(path))
        if wire is not None:
            builder = builder.request(wire).get_updates_request(wire)
        app = builder.build()
        app.add_handler(
            ConversationHandler(
                entry_points=[CommandHandler("start", self._start)],
                states={ASKING: [CallbackQueryHandler(self._answer)]},
                fallbacks=[CommandHandler("start", self._start)],
                name="survey",
                persistent=True,
            )
        )
        return app

    async def _start(self, update: Update, context: Context) -> int:
        assert context.user_data is not None
        context.user_data["answers"] = {}
        await self._ask(update, self._questions[0])
        return ASKING

    async def _answer(self, update: Update, context: Context) -> int:
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        assert context.user_data is not None
        await query.answer()
        key, code = query.data.split(".")
        context.user_data["answers"][key] = code
        answered = context.user_data["answers"]
        left = [each for each in self._questions if each.key not in answered]
        if self._flush_each:
            await context.application.update_persistence()
        if not left:
            assert update.effective_chat is not None
            await update.effective_chat.send_message("Thank you. Your answers are sent.")
            return ConversationHandler.END
        await self._ask(update, left[0])
        return ASKING

    async def _ask(self, update: Update, question: Question) -> None:
        rows = [
            [
                InlineKeyboardButton(
                    choice.labels["en"], callback_data=f"{question.key}.{choice.code}"
                )
            ]
            for choice in question.choices
        ]
        assert update.effective_chat is not None
        await update.effective_chat.send_message(
            f"<b>{question.labels['en']}</b>",
            parse_mode="HTML",
            reply_markup=InlineKeyboardMarkup(rows),
        )


async def fill(path: Path, count: int) -> Store:
    """A file with this many conversations of eighteen answers each."""
    store = PicklePersistence(path, on_flush=True)
    store.set_bot(ExtBot("1:none"))
    await _read(store)
    answers = {f"c{number}": "4" for number in range(18)}
    for user in range(count):
        await store.update_user_data(user, {"answers": dict(answers)})
        await store.update_conversation("survey", (user, user), ASKING)
    await store.flush()
    store = PicklePersistence(path)
    store.set_bot(ExtBot("1:none"))
    await _read(store)
    return store


async def _read(store: Store) -> None:
    """What an application reads when it starts."""
    await store.get_user_data()
    await store.get_chat_data()
    await store.get_bot_data()
    await store.get_callback_data()
    await store.get_conversations("survey")


async def kept(path: Path, first: int) -> int:
    """How many answers of the users from number `first` on are in the file."""
    store = PicklePersistence[Any, Any, Any](path)
    data = await store.get_user_data()
    return sum(len(kept["answers"]) for user, kept in data.items() if user >= first)


async def flush_seconds(path: Path, count: int, changed: int) -> float:
    """Seconds to keep `changed` conversations among `count`, as the application does it."""
    store = await fill(path, count)
    began = time.perf_counter()
    for user in range(changed):
        await store.update_user_data(user, {"answers": {"c1": "5"}})
        await store.update_conversation("survey", (user, user), ASKING + 1)
    return time.perf_counter() - began
