"""The words that are commands, in each language, as `surveys.words.fold` gives them.

English words are commands in every language. Verbs are safer than nouns: "przerwa" and
"استراحة" are what a tired parent may wish for, so nouns that answer an open question are
in `ALSO_ANSWERS`. Words with another common meaning ("koniec", "تجاوز") are left out.
"""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "start": ("start",),
        "skip": ("skip",),
        "back": ("back",),
        "send": ("send",),
        "help": ("help",),
        "privacy": ("privacy",),
        "pause": ("pause",),
        "stop": ("stop",),
        "start messages": ("start messages", "start messages again"),
        "language": ("language", "languages", "change language"),
        "easyread": ("easyread", "easy read"),
        "mydata": ("mydata", "my data"),
        "erase": ("erase",),
        "erase everything": ("erase everything",),
    },
    "pl": {
        "start": ("zacznij", "zaczynaj", "zaczynam", "zaczynamy", "rozpocznij"),
        "skip": ("pomiń", "pomijam", "pomiń pytanie", "pomiń to pytanie"),
        "back": ("wstecz", "wróć", "cofnij", "poprzednie pytanie"),
        "send": ("wyślij", "wysyłam", "wyślij odpowiedzi", "wyślij moje odpowiedzi"),
        "help": ("pomoc", "pomocy"),
        "privacy": ("prywatność",),
        "pause": ("pauza", "przerwa", "przerwij", "wstrzymaj"),
        "stop": ("zatrzymaj", "przestań", "przestańcie", "zatrzymaj wiadomości", "wypisz mnie"),
        "start messages": ("wznów wiadomości",),
        "language": ("język", "języki", "zmień język", "zmiana języka"),
        "easyread": ("łatwy tekst", "tekst łatwy", "tekst łatwy do czytania", "etr"),
        "mydata": ("moje dane",),
        "erase": ("usuń", "skasuj", "usuń odpowiedzi", "usuń moje odpowiedzi", "usuń moje dane"),
        "erase everything": ("usuń wszystko", "skasuj wszystko"),
    },
    "ar": {
        "start": ("ابدأ", "ابدأوا", "ابدؤوا", "نبدأ", "لنبدأ"),
        "skip": ("تخط", "تخطي", "تخطوا", "تخط السؤال", "تخط هذا السؤال"),
        "back": ("رجوع", "الرجوع", "ارجع", "ارجعوا", "السؤال السابق"),
        "send": ("أرسل", "أرسلوا", "إرسال", "أرسل إجاباتي", "أرسلوا إجاباتي"),
        "help": ("مساعدة", "المساعدة", "ساعدوني", "ساعدني", "النجدة"),
        "privacy": ("خصوصية", "الخصوصية"),
        "pause": ("استراحة", "توقف مؤقت", "إيقاف مؤقت"),
        "stop": ("توقف", "توقفوا", "قف", "إيقاف", "أوقف الرسائل", "أوقفوا الرسائل"),
        "start messages": ("استأنفوا الرسائل", "استئناف الرسائل"),
        "language": ("لغة", "اللغة", "اللغات", "تغيير اللغة", "غير اللغة", "غيروا اللغة"),
        "easyread": ("قراءة سهلة", "القراءة السهلة", "نص سهل القراءة"),
        "mydata": ("بياناتي", "معلوماتي"),
        "erase": (
            "حذف",
            "احذف",
            "احذفوا",
            "امسح",
            "امسحوا",
            "احذف إجاباتي",
            "احذفوا إجاباتي",
            "احذف بياناتي",
            "احذفوا بياناتي",
        ),
        "erase everything": (
            "احذف كل شيء",
            "احذفوا كل شيء",
            "حذف كل شيء",
            "امسح كل شيء",
            "امسحوا كل شيء",
        ),
    },
}
"""By language and command."""

ALSO_ANSWERS = frozenset(
    {
        *("language", "languages", "easy read"),
        *("pomoc", "przerwa", "język", "języki", "łatwy tekst"),
        *("مساعدة", "المساعدة", "استراحة", "لغة", "اللغة", "اللغات"),
        *("قراءة سهلة", "القراءة السهلة"),
    }
)
"""Words that are an ordinary short answer to an open question, and there no command.

With a stroke before them ("/language") they are a command everywhere.
"""
