"""Invented comments with the tier that a safeguarding lead would want for each."""

from dataclasses import dataclass

from surveys.concern import Tier


@dataclass(frozen=True)
class Case:
    """One comment. `tier` is the least that the rules may give it."""

    tier: Tier
    language: str
    text: str


_URGENT_EN = """
He told me last night that he doesn't want to be here any more.
She says everyone would be better off without her.
My daughter keeps saying she wants to die when I take her in.
he said he is going to kill himself if he has to go back
I found a note. I think she is sucidal and nobody rings me back.
She took a load of paracetamol on Sunday and CAMHS sent us home.
My son cuts his arms after every school day.
She has been self-harming since September.
He bangs his head on the wall until it bleeds and hurts himself.
Honestly I don't want to live like this. I have thought about ending it all.
I can't go on. There is no point in living.
Her dad hits her when he has been drinking.
The taxi escort slapped him twice and told him to keep quiet.
A TA grabbed my boy by the neck in the corridor.
my husband beats me in front of the kids
My stepdad hurts my brother and I am writing this on mum's phone
He was punched by a member of staff.
the teacher hit my chld with a ruler
Someone at the respite centre is hurting my child.
She was dragged across the floor by two adults and her arm is swollen.
My partner strangled me last week and the children saw.
She told the nurse that her uncle touches her private parts.
I think my son was sexually abused at his old placement.
An older pupil made her undress in the toilets.
A man online is grooming my daughter, he wants nude pictures.
My child was raped and school did nothing.
We are not safe at home.
I don't feel safe in my own house because of my ex.
She is terrified of going home to her father.
Please help us, we are in danger.
There is no food in the house and no heating.
The kids have not eaten since yesterday.
He is left alone all night while his mum is out.
The children next door are starving, nobody feeds them.
Her father threatened to burn the house down with us in it.
He says he will kill my mum if I tell anybody.
My ex is threatening me and my children every day.
He took a knife to school because of the bullies.
There are weapons in the house and he is only nine.
My son ran away from school on Monday and was found by the river.
She has gone missing again, three nights this month.
I do not know where my daughter is. Nobody from school called.
He never hit her before, but now he does it every week.
I'm scared my husband will kill us
He tried to jump out of the window in the taxi
They pin him down and kick him, he has told us twice.
my carer is abusing me
Domestic violence is why we moved and now he found us.
He wants to go to sleep and never wake up.
i h8 my life i wanna die
Killl me now he says every morning and he means it.
He swallowed bleach in the science block.
The driver shouts and then thumps the children at the back.
My brother gets battered by dad every weekend
"""

_URGENT_OTHER = (
    ("pl", "Syn mówi, że nie chce żyć."),
    ("pl", "Corka mowi ze chce umrzec."),
    ("pl", "Mój mąż bije mnie i dzieci."),
    ("pl", "Nauczyciel uderzył mojego syna w twarz."),
    ("pl", "Ona się tnie, pocięła sobie ręce."),
    ("pl", "Wujek dotyka ją w miejsca intymne."),
    ("pl", "Nie jesteśmy bezpieczni w domu."),
    ("pl", "Nie mamy co jeść, dzieci są głodne, nie ma jedzenia."),
    ("pl", "Były partner grozi nam śmiercią."),
    ("pl", "Syn uciekł ze szkoły i zaginął na całą noc."),
    ("pl", "Przyniósł nóż do szkoły."),
    ("pl", "Powiedział, że się zabije."),
    ("ar", "ابني يقول إنه يريد أن يموت."),
    ("ar", "زوجي يضربني أمام الأطفال."),
    ("ar", "المعلم ضرب ابني على وجهه."),
    ("ar", "ابنتي تؤذي نفسها كل ليلة."),
    ("ar", "نحن لسنا بأمان في البيت."),
    ("ar", "تعرضت ابنتي للتحرش في الحافلة."),
    ("ar", "لا يوجد طعام في البيت."),
    ("ar", "والده يهددنا بالقتل."),
    ("ar", "هرب ابني من المدرسة ولا نعرف أين هو."),
    ("ar", "أحضر سكينا إلى المدرسة."),
    ("ar", "حاول ابني الانتحار الشهر الماضي."),
    ("en", "ابني يريد أن يقتل نفسه"),
    ("ar", "My son says he wants to kill himself"),
)

_FIRST_EN = """
She is scared to go to school every single day.
He came home with bruises and nobody could tell me why.
They locked him in a small room on his own for an hour.
He has been restrained nine times this term.
I can't cope any more.
We are at breaking point as a family.
She was sent home with an injury and no accident form.
He has been absent for eleven weeks and no one has visited.
The bullying gets worse and they call him names on the bus.
I think he is drinking and taking drugs with the older ones.
Marks on his wrists again this Friday.
She flinches when the assistant comes near her.
He cries every night before school.
He says there is a secret he must keep with the driver.
He stopped eating and has lost a lot of weight.
The staff have never hit him but I watch them.
Nobody has hurt her, I just want that written down.
They isolate him in a booth most afternoons.
I feel like I am drowning and nobody listens.
She won't leave her room and has not been in school for months.
His one to one holds him down when he is upset.
We had to call an ambulance in May.
They treat him like an animal.
She hates herself.
I am scard of what hapens on that bus
"""

_FIRST_OTHER = (
    ("pl", "Boi się chodzić do szkoły."),
    ("pl", "Wrócił do domu z siniakami."),
    ("pl", "Zamykają go samego w pokoju."),
    ("pl", "Nie daję już rady."),
    ("pl", "Dzieci go wyzywają i dokuczają mu codziennie."),
    ("pl", "Nikt go nie bije, ale jest smutny."),
    ("ar", "ابنتي تخاف من المدرسة."),
    ("ar", "عاد إلى البيت وعليه كدمات."),
    ("ar", "يتعرض للتنمر كل يوم."),
    ("ar", "لم أعد أستطيع التحمل."),
    ("ar", "يحبسونه في غرفة صغيرة."),
    ("en", ""),
    ("en", " \u200b\n"),
    ("en", "…!!! 👍"),
    ("en", "\ufffd\ufffd\ufffd"),
    ("ur", "All fine here."),
    ("en", "Copilul meu are nevoie de mult mai mult sprijin"),
    ("en", "Моему ребёнку нужна помощь"),
)

HARMLESS_EN = """
The clubs are great for killing time before pickup.
He is dying to go back on Monday.
Staff always hit the targets in her plan.
He beats his record at swimming every week.
The drama group gave her a shot of confidence.
The trip killed two birds with one stone.
It would not hurt to send a letter now and then.
Term kicks off with a picnic, which we love.
She has shot up and needs a bigger chair.
He kicks the ball about with his friends now.
The new reading scheme was a big hit.
Funding cuts hit the budget but staff do their best.
We hit a wall with the paperwork.
Cutting costs is all the council thinks about.
They punch above their weight for a small school.
My heart beats faster when I see how well he reads.
"""

_PLAIN_EN = """
The plan took fourteen months and nobody said sorry.
I would like more speech therapy.
Nothing, everything is good.
The school does not reply to my emails.
Transport is late most mornings.
Teachers need more training in autism.
We waited two years for a diagnosis.
Communication between the school and the council is poor.
The SENCO is brilliant and always rings back.
My case worker has changed four times.
The annual review was cancelled without telling us.
More places at the special school would help.
He needs a quiet space at lunchtime.
I want the reports in plain words.
The forms are too long and hard to read.
There is not enough support after sixteen.
Please answer the phone.
My daughter loves her new class.
The website is out of date.
We had to go to tribunal to get the placement.
The school says there is no money.
Nobody explained what the plan means.
Waiting lists are far too long.
I am tired of filling in forms.
She missed two sessions because the therapist left.
Help came only after we complained.
More activities in the holidays please.
Everyone is friendly but nothing changes.
He is happy and making progress.
The bus picks him up on time and the driver is kind.
I do not think the targets in the plan are being met.
Ok
No
"""

_PLAIN_OTHER = (
    ("pl", "Za długo czekamy na diagnozę."),
    ("pl", "Szkoła nie odpowiada na wiadomości."),
    ("pl", "Wszystko jest dobrze, dziękuję."),
    ("pl", "Potrzebujemy więcej zajęć z logopedą."),
    ("pl", "Autobus jest często spóźniony."),
    ("pl", "Nauczyciele są bardzo mili."),
    ("ar", "المدرسة جيدة جدا وشكرا لكم."),
    ("ar", "ننتظر التقييم منذ سنتين."),
    ("ar", "نريد المزيد من جلسات النطق."),
    ("ar", "الحافلة تتأخر دائما."),
    ("ar", "لا أحد يرد على رسائلي في المدرسة."),
    ("ar", "ابني سعيد في صفه الجديد."),
)


def _of(tier: Tier, english: str, others: tuple[tuple[str, str], ...] = ()) -> tuple[Case, ...]:
    told = tuple(Case(tier, "en", line) for line in english.strip().splitlines())
    return told + tuple(Case(tier, language, text) for language, text in others)


URGENT = _of(Tier.URGENT, _URGENT_EN, _URGENT_OTHER)
READ_FIRST = _of(Tier.READ_FIRST, _FIRST_EN, _FIRST_OTHER)
HARMLESS = _of(Tier.NONE, HARMLESS_EN)
PLAIN = _of(Tier.NONE, _PLAIN_EN, _PLAIN_OTHER)
