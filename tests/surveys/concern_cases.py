"""Invented comments with the tier that a safeguarding lead would want for each.

The rules have been fitted to this list, so what they find in it is better than what they
will find in new words: of the last 30 comments about risk added here, the rules had found
21 urgent and 25 to be read first or sooner before they were changed for them. Nobody but a
person who reads every comment finds the rest.
"""

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
my son says life isnt worth it and he would rather be dead
She cut herself again last night
I am frightened of my husband, he throws things at the kids
The respite worker smacked my lad round the head
My ex keeps saying he'll find us and hurt us
he's been sleeping on the streets since he was kicked out
She disclosed that grandad puts his hand in her pants
My boy keeps climbing on the roof saying he will jump
someone put a knife to his throat on the bus
mum locks us out all night with nothing to eat
He has tried to hang himself twice
dad gets drunk and batters my mum
she said she wished she had never been born
I'm going to end it if this carries on
Boys made her touch them behind the sports hall
The escort twisted his arm until he screamed
He didnt come home last night
they don't feed him when he is at his dads
a boy strangled her in class and teacher laughed
I want to die
I don't know why his dad hits him but he does
He was kicked in the stomach by a bigger lad and the TA watched
Nobody listens to me, my husband punches me
he tried to strangle himself with his tie
She posted that she will be gone by Friday and everyone will be happier
Mum's boyfriend comes into my room at night
We have not had gas or food since Saturday
he was found with a blade in his bag
my child is being abused by a member of staff
He told me a teacher had pulled his hair and smacked his legs
The bus escort puts her hand over his mouth
She has been cutting
I've thought about driving into a wall with both of us in the car
they are making him carry drugs
He said he would burn us in our beds
My son disappeared on Tuesday and police are looking for him
she drinks hand sanitiser because she wants to be dead
I'm afraid to go home because of what my dad does
a boy from year 10 forced himself on her
The children sleep on the floor and there's never any food
My ex turned up and smashed the door in, the kids hid under the bed
He keeps writing about how he would do it
I'm worried I might hurt my own child
dad whips him with a belt
she had finger marks round her throat
He told the doctor he hears voices telling him to stab people
She has been paid to send pictures of herself to a man
my partner controls everything and I am scared what he'll do next
Teacher lost it and hit three of them
He ran out of school and nearly got hit by a car
my nan hits me with a slipper
she doesn't want to wake up in the morning
He left home on Friday with a bag and has not been seen
My mum is drunk every day and I cook for my brothers
I took too many tablets on Sunday
I am hurting myself
he gets beaten up on the bus
Son has attempted suicide twice
They strapped her down and she couldn't breathe
uncle made him watch porn
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
    ("pl", "Córka powiedziała, że nie chce już żyć"),
    ("pl", "Mąż mnie bije i boję się o dzieci"),
    ("pl", "Syn próbował się powiesić"),
    ("pl", "Nie wiem co robić, ojciec bije syna pasem"),
    ("pl", "Nauczycielka szarpała go za ramię"),
    ("pl", "Ktoś ją dotykał w szatni"),
    ("pl", "Dzieci są głodne, w lodówce nic nie ma"),
    ("ar", "زوجي يهددني كل يوم"),
    ("ar", "ابنتي تقول إنها تريد الموت"),
    ("ar", "المرافق في الحافلة صفع ابني"),
    ("ar", "لا أعرف ماذا أفعل، والده يضربه"),
    ("ar", "ابني يجرح يديه بالشفرة"),
    ("ar", "أخاف على أطفالي من زوجي"),
    ("ar", "أحدهم لمس ابنتي في الحمام"),
    ("pl", "Syn powiedział że chce się zabić"),
    ("pl", "Partner mnie pobił w sobotę"),
    ("pl", "Córka uciekła z domu"),
    ("pl", "W szkole ktoś przyniósł broń"),
    ("pl", "Boję się męża"),
    ("ar", "أبي يضرب أمي"),
    ("ar", "ابني حاول قتل نفسه"),
    ("ar", "لا نملك طعاما منذ يومين"),
    ("ar", "السائق تحرش بابنتي"),
    ("ar", "ابنتي مفقودة منذ أمس"),
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
she's covered in bruises
He's frightened of one of the dinner ladies
I'm at the end of my tether
he was shut in a cupboard for being noisy
They tie him to his chair
They laugh at her and call her a freak every day
He hasn't been to school since January
I think the older lads are giving him weed
he keeps wetting the bed since changing school
She is losing hope
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
The council keeps losing our paperwork.
My biggest worry is what happens after year 11.
I wish there were more clubs near us.
The nurse visits each week and explains everything clearly.
We were promised a laptop and it never came.
She has made two friends this year.
Nobody tells us when staff leave.
The doctor said to wait another six months.
Toilets are dirty and the lift is broken.
The teaching assistant left and was not replaced.
It is exhausting chasing people for answers.
Could somebody please ring me back about the panel decision?
He gets cross when routines change.
They cut his hours from 25 to 15.
We drive forty miles a day.
There is nothing to do in the summer.
the head teacher is lovely
I cannot fault them.
My daughter can't cope in a class of thirty
He is bright but behind in reading since lockdown
We feel left out of decisions
School ran a great open day and we want more of them
CAMHS waiting list is two years
Our social worker has been very good
I had to fight for every hour of support
The tribunal took a year and cost us thousands
She loves swimming and the teacher makes it fun
He needs help with his handwriting and spelling
Pushing for a plan took all my energy
They never told us there was a local offer
The school nurse missed two appointments
We have been passed from pillar to post
Staff are run off their feet
Ring me back please, I have left six messages
She is happy there and feels safe
We want an occupational therapist
He missed the trip because no ramp was booked
Emails go unanswered for weeks
The plan copied another child's name
I would like training on sleep
Great team, thank you so much
The taxi firm changed and he does not like new people
More staff who sign
I was told one thing by the school and another by the council
It took three goes to get the funding agreed
Speech therapy stopped in year three
He gets bored because the work is too easy
Better links with the college
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
