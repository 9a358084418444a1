"""English words of concern. Tuned to miss nothing: when in doubt, a comment is raised."""

from surveys.concern_rules import Rule, Words

_WHO = (
    "me/him/her/them/us/my/our/himself/herself/themselves/themself/myself/son/sons/daughter/"
    "daughters/child/children/kid/kids/boy/girl/sister/brother/baby/mum/mam/mom/pupil/pupils"
)
_ADULT = (
    "dad/father/stepdad/stepfather/mum/mam/mom/mother/stepmum/partner/husband/wife/ex/boyfriend/"
    "girlfriend/uncle/aunt/grandad/nan/teacher/teachers/ta/tas/assistant/staff/carer/carers/"
    "driver/escort/tutor/coach/adult/adults/man/parent/parents/grown/grownup/headteacher/head"
)
_HIT = (
    "hit/hits/hiting/hitting/beat/beats/beating/beaten/slap/slaps/slapped/slapping/punch/punches/"
    "punched/punching/kick/kicks/kicked/kicking/hurt/hurts/hurting/smack/smacks/smacked/smacking/"
    "choke/chokes/choked/choking/strangle/strangles/strangled/strangling/thump/thumps/thumped/"
    "whack/whacked/burn/burns/burned/burnt/attack/attacks/attacked/attacking/assault/assaults/"
    "assaulted/assaulting/headbutt/headbutted/batter/batters/battered/batterd/stab/stabbed"
)
_NOT = "never/not/isnt/wasnt/doesnt/dont/didnt/hasnt/havent/nobody/noone/without"
_SELF = "himself/herself/themselves/themself/myself/themselfs/hisself/itself"

HARMLESS = Rule(
    "harmless words",
    (
        "kill/killing/killed/kills time",
        "kill/killing/killed/kills two birds",
        "dying/die/died to go/see/get/know/try/start/meet/be/play/tell/read/learn",
        "dying for a/some/the",
        "never say die",
        "die/dying … laughing",
        "hit/hits/hitting … target/targets/milestone/milestones/ground/nail/deadline/deadlines",
        "hit/hits/hitting … goal/goals/jackpot/button/brick/buffers/wall",
        "hit it off",
        "big/huge/massive/smash hit",
        "hit and/or miss",
        "hit with/by … letter/letters/fee/fees/bill/bills/bureaucracy/paperwork/cuts/costs/covid",
        "beat/beats/beating/beaten … record/records/score/scores/odds/queue/traffic/best/average",
        "beat/beats/beating/beaten about/around the bush",
        "beat/beats/beating … level/levels/game/time/clock/drum/drums",
        "off the beaten track",
        "heart beat/beats/beating",
        "shot of/in … confidence/arm",
        "shot/shoots/shooting up",
        "long/big/best/good/great/another shot",
        "kick/kicks/kicked/kicking off/in/start/started",
        "kick/kicks/kicked/kicking … ball/balls/football/goal/backside/bum/teeth/pants",
        "get/gets/got/getting … kick out of",
        "kickboxing",
        "punch/punches/punching above … weight",
        "wouldnt/doesnt/didnt/wont/not hurt to",
        "burn/burns/burning off",
        "cut/cuts/cutting … funding/budget/budgets/hours/costs/service/services/corners/down/back",
        "threat/threats of/to … closure/close/cuts/funding/jobs",
        "attack/attacks on … funding/services/rights",
        "asthma/panic/heart attack/attacks",
        "burn/burnt/burned/burning out",
        "heart burn",
        "over my dead body",
        "dead/deadly/drop dead … good/easy/end/ends/line/simple/proud/slow",
        "drink/drinks/drinking water/milk/juice/squash/tea/coffee/enough/more",
    ),
)

SOFTENED = (
    Rule(
        "violence denied",
        (
            f"{_NOT} … {_HIT}",
            f"stop/stops/stopped/stopping {_HIT}",
            f"no … {_HIT}",
        ),
    ),
    Rule(
        "pressure on a family",
        (
            "threat* … exclu*/expel*/fine/fines/fined/court/tribunal/legal/prosecut*/off/suspen*",
            "fine/court/exclusion/legal threat*",
        ),
    ),
    Rule(
        "worn out",
        (
            "killing/kills me/us",
            "to death",
            "sick/tired/bored/scared/worried/frightened to death",
        ),
    ),
)

STANDS = (
    Rule(
        "violence for the first time",
        (f"never … {_HIT} … before/until/till/but/now", f"{_NOT} stop/stops … {_HIT}"),
    ),
    Rule("killed by words", ("scared/frightened/worried/think/thinks … will/going kill",)),
)

URGENT = (
    Rule(
        "suicide",
        (
            "suicid*",
            "kill/kills/killing/killed/kil/end/ends/ending/hang/hangs/hanging/hanged/drown/"
            f"drowning/shoot/starve/starving {_SELF}",
            "end/ends/ending/take/takes/taking/took his/her/their/my life/lives",
            "end/ends/ending/take/takes/taking/took his/her/their/my own life/lives",
            "end/ending it all",
            "end it now/tonight",
            "want/wants/wanted/wanting/wanna/wish/wishes/wished/rather … die/dead/dying",
            "want/wants/wanted/wish/wishes/hope … not … alive/wake/exist/born",
            "dont/doesnt/didnt/not/never want/wants/wanted to … live/alive/exist/wake",
            "dont/doesnt/didnt/not/never want/wants/wanted to be here/alive/around",
            "dont/doesnt/not wanna be here/live/alive",
            "not/no … want/wants … be here",
            "better off … dead/without me/him/her",
            "be/is/am/are better dead",
            "no/nothing … reason/point … live/living/alive",
            "nothing to live for",
            "wish/wishes/wished … never … born",
            "cant/cannot/can not … go on/live … anymore/any/like",
            "cant/cannot go on",
            "cant/cannot … live … more/anymore/this",
            "overdose*",
            "took/taken/taking/swallow* … tablets/pills/paracetamol/bleach",
            "jump/jumps/jumped/jumping … bridge/window/roof/train/cliff/traffic",
            "walk/walks/ran/run/runs … in front of … car/cars/train/bus/traffic",
            "noose/ligature/ligatures",
            "goodbye/suicide letter/note",
            "said goodbye … forever",
        ),
    ),
    Rule(
        "self-harm",
        (
            "self harm*",
            "selfharm*",
            "sh ing",
            f"hurt/hurts/hurting/harm/harms/harming/harmed/cut/cuts/cutting/burn/burns/burning/"
            f"bite/bites/biting/punch/punches/punching/hit/hits/hitting/stab/stabs/scratch*/"
            f"bang/bangs/banging/injur*/strangl*/chok*/damag* {_SELF}",
            "cut/cuts/cutting … arm/arms/wrist/wrists/leg/legs/thighs/skin",
            "bang/bangs/banging/banged his/her/their/my head",
            "pull/pulls/pulling … hair out",
        ),
    ),
    Rule(
        "killing",
        (
            "kill/kills/killing/killed/kil",
            "murder/murders/murdered/murdering",
            "dead by",
            "found dead",
        ),
    ),
    Rule(
        "hit or hurt",
        (
            f"{_HIT} … {_WHO}",
            f"{_ADULT} … {_HIT}",
            f"{_HIT} by/from … {_ADULT}",
            f"{_HIT} by",
            f"{_WHO} … is/was/were/been/being/gets/got/getting … {_HIT}",
            f"he/she/they/who {_HIT}",
            "grab/grabs/grabbed/shake/shakes/shook/shaken/drag/drags/dragged/throw/throws/threw/"
            f"shove/shoves/shoved/push/pushes/pushed/pin/pins/pinned … {_WHO}",
            "domestic violence/abuse",
            "violent … to/towards/with/at/home/partner/husband/dad/ex/man",
            "physical/physically/emotional/emotionally abuse/abused/abusive/abusing",
            "abuse/abuses/abused/abusing … me/him/her/them/us/my/our/child/children/son/daughter",
            "child abuse",
            "being/been/was/were/is/get/gets/getting abused",
            "black eye",
            "fist/fists/belt … on/to/with",
            "put/puts … hands/hand on/around/round … me/him/her/neck/throat",
            "hands round/around … neck/throat",
            "acid/boiling … thrown/threw/poured",
            "forced marriage",
            "fgm",
            "honour/honor based/killing",
        ),
    ),
    Rule(
        "sexual abuse",
        (
            "rape/rapes/raped/raping/rapist",
            "sexual/sexually/sexualy abus*/assault*/touch*/harass*/exploit*/attack*",
            "sexual harm/violence/contact/act/acts/things/messages/photos/pictures",
            "molest*",
            "groom/groomed/grooming",
            "paedo*",
            "pedo*",
            "touch/touches/touched/touching … private/privates/inappropriate*/bottom/bum/sexually/"
            "willy/vagina/penis/places/down/there",
            "inappropriate* touch*",
            "touched/touching/touches me/him/her/them/my/our",
            "naked/nude/nudes/undress*/topless",
            "made/makes/make/forced … have sex/undress/strip/touch",
            "sex with",
            "indecent*/incest",
            "exposed himself/herself",
            "county lines",
            "traffick*",
            "exploited",
        ),
    ),
    Rule(
        "not safe",
        (
            "not/isnt/arent/aint/never/dont/doesnt … safe … home/house/here/dad/mum/him/her/ex/them",
            "unsafe … home/house/dad/mum/ex/him/her/parents",
            "i/we am/are/im/were not safe",
            "im/were not safe",
            "he/she/they/hes/shes/theyre/child/son/daughter/children/kids/i/we is/am/are/isnt/arent/"
            "not … safe",
            "hes/shes/theyre/im not safe",
            "feel/feels/feeling/felt unsafe … home/house",
            "scared/afraid/frightened/terrified/petrified … of/to … go home/dad/father/stepdad/mum/"
            "mother/partner/husband/ex/boyfriend/uncle/home/house/teacher/ta/carer/driver",
            "scared/afraid/frightened/terrified for … life/lives/safety",
            "fear/fears/feared for … life/lives/safety",
            "in danger",
            "at risk of … harm/death/abuse",
            "life at risk",
            "fleeing/flee/fled",
            "refuge",
            "help me/us please",
            "please help … hurt/hurting/scared/danger/dying",
            "call/called/calling 999",
            "police … called/came/house/home",
        ),
    ),
    Rule(
        "neglect",
        (
            "no/without/any food … home/house/us/kids/children/him/her/me/days/left/eat/cupboard",
            "no food",
            "nothing/not enough/hardly anything to eat",
            "not/hasnt/havent/isnt/not been … eaten/eating/fed … days/day/all/since/week/home",
            "starving/starved/starve … him/her/me/us/kids/children/child/son/daughter/we/them/hes",
            "are/is/am/were starving",
            "not/never/isnt/arent … fed/feeding",
            "left/leaves/leave … alone/home … all/night/days/hours/himself/herself/own/weekend",
            "home alone",
            "no heating/electric/electricity/water/bed/beds",
            "sleeping rough/outside/car/street",
            "homeless",
            "neglected/neglecting/neglects/neglectful",
            "child neglect",
            "neglect … home/parent/parents/dad/mum/child",
            "abandoned",
        ),
    ),
    Rule(
        "threats",
        (
            f"threat*/threten*/threatn* … {_WHO}/to/with",
            f"{_WHO} … threatened/threatend",
            "said/says/saying … will/going/would … hurt/hit/kill/beat/get/find … me/him/her/us/my",
            "going to/gonna/will … hurt/hit/beat/get/find … me/him/her/us/my",
            "death threat/threats",
            "blackmail*",
        ),
    ),
    Rule(
        "weapon",
        (
            "weapon/weapons/gun/guns/knife/knives/knifes/machete/machetes/blade/blades/razor/"
            "razors/stab/stabs/stabbed/stabbing/stabbings/shotgun/bomb/bombs",
            "shot/shoot/shooting/shoots",
            "set fire to",
            "set … on fire",
        ),
    ),
    Rule(
        "missing",
        (
            "run/runs/ran/running/runing away/off … home/school/night/hours/us/me/again/road/days",
            "run/runs/ran/running/runing away",
            "runaway",
            "gone/goes/went/go/going/been/reported/is/hes/shes missing … since/days/hours/night/"
            "home/again/police/for/from",
            "gone/goes/went/go/going/reported missing",
            "is/hes/shes missing",
            "missing from home/care",
            "missing person",
            "dont/do not/doesnt know where … is/hes/shes/are",
            "not/didnt/hasnt come/came/been home",
            "taken/kidnap*/snatched/abduct* … by/him/her/my/child/son/daughter",
            "kidnap*",
            "abduct*",
            "absconded/absconds/absconding",
        ),
    ),
)

READ_FIRST = (
    Rule(
        "a word of violence",
        (
            _HIT,
            "bitten/shoved/violent/violence/abuse/abused/abusive/abuser/threat*/bleed*/blood/"
            "dying/die/dies/died/dead/death/harm/harmed/harming/unsafe/danger/dangerous/neglect*/"
            "assault*/attack*/aggressive",
        ),
    ),
    Rule(
        "afraid",
        (
            "scared/scard/afraid/frightened/terrified/petrified/fear/fears/fearful",
            "wont/refuses/refusing/refuse/refused/cant … school/go/leave … room/house/bed/school",
            "cries/crying/cry/sobbing/screams/screaming … every/night/day/school/morning/sleep",
            "nightmares/nightmare/flinch*/cower*/hides/hiding/wetting/wets/soiling",
            "not/isnt/wasnt/dont/doesnt … safe",
            "school refus*",
        ),
    ),
    Rule(
        "marks on the body",
        (
            "bruis*/brusie*/bruse*/marks/injur*/scar/scars/scratches/wound*/swollen/burns/cuts on",
            "cuts/mark … arm/arms/leg/legs/face/neck/back/body",
            "sent/came/comes/come home … hurt/injur*/bruis*/bleeding/marks/wet/dirty",
            "broke/broken/fractur* … arm/leg/nose/wrist/finger/tooth/bone",
        ),
    ),
    Rule(
        "shut away or held",
        (
            "locked/lock/locks/locking/shut/trapped … in/inside/room/cupboard/out/up",
            "restrain*/restrian*/seclu*/isolat*/pinned/handcuff*",
            "held/hold/holding … down/floor",
            "tied … up/to/chair",
            "padded/calm/calming/isolation room/booth",
        ),
    ),
    Rule(
        "drink or drugs",
        (
            "drunk/drugs/drug/alcohol/alcoholic/vodka/cannabis/weed/cocaine/heroin/spice/ketamine/"
            "vape/vapes/vaping/vaped/dealer/addict*/drinking",
            "drug dealing",
            "is/gets/getting/always high",
        ),
    ),
    Rule(
        "bullied",
        (
            "bully*/bulli*/bulled/racist/racism",
            "picked/pick/picking/picks on",
            "call/calls/called/calling … names",
            "spat/spit/spits … at/on",
        ),
    ),
    Rule(
        "cannot cope",
        (
            "cant/cannot/not/couldnt/struggling/unable … cope/coping/manage/handle",
            "cant/cannot … take/do … more/anymore/longer",
            "cant/cannot … anymore/go on/carry",
            "breaking point",
            "at/reached/past/on … end of/my/our … tether/rope/edge",
            "my/our wits end",
            "end of my/our tether",
            "broken/breakdown/desperate/desperation/hopeless/crisis/despair*/suffering",
            "rock bottom",
            "at the edge",
            "on the edge",
            "give/given/giving up … life/everything/hope/him/her/all",
            "depress*",
            "mental health",
            "camhs",
            "no one/nobody … help/helps/helping/listens/cares/believes",
            "hate/hates/hated … life/himself/herself/myself/themselves/living",
            "worthless/burden/useless … feel/feels/i/he/she",
            "feels/feel … worthless/burden/useless/alone/trapped",
            "we/i/he/she/they need/needs help now/urgently/please/today",
            "help me/us",
            "urgent/urgently/emergency",
        ),
    ),
    Rule(
        "eating and care",
        (
            "not/wont/isnt/stopped/refuses/doesnt … eat/eating/drink/sleep/sleeping/wash/washing",
            "hungry/starv*/anorexi*/bulimi*/malnourish*/underweight/foodbank",
            "food bank/banks",
            "losing/lost … weight",
            "filthy/unwashed/infested/mould/eviction/evicted/homeless*",
            "eating disorder",
        ),
    ),
    Rule(
        "away from school",
        (
            "absent/off/missed/missing/out of/not been/hasnt been … weeks/months/year/years",
            "not/hasnt/havent/wont/no … school … weeks/months/year/years/since",
            "out of school/education",
            "part time timetable",
        ),
    ),
    Rule(
        "somebody to ask about",
        (
            "safeguarding/police/injunction/abuser/hospital/ambulance",
            "social services/worker/workers/care",
            "court order",
            "a and e",
            "crisis team",
            "inappropriate*/secret/secrets/uncomfortable/online … stranger/man/men/messages/touch",
            "asked/told/tells … keep … secret",
            "older man/men/boy/boys/boyfriend",
            "stranger/strangers/predator*/stalk*/follow/follows/followed … him/her/me/home",
            "controlling/coercive/shouts/shouting/screams/yells … at/me/him/her/us/them/my",
            "treat/treats/treated … like … animal/dog/dirt",
        ),
    ),
)

MENDED = {
    "kil": "kill", "kiling": "killing", "kils": "kills", "hitt": "hit", "hting": "hitting",
    "hrut": "hurt", "hurst": "hurts", "hurtin": "hurting", "huring": "hurting", "beet": "beat",
    "beated": "beaten", "beeting": "beating", "beatin": "beating", "raipd": "raped",
    "rapped": "raped", "nife": "knife", "knif": "knife", "abusd": "abused", "absue": "abuse",
    "abussed": "abused", "abbuse": "abuse", "sucide": "suicide", "sucidal": "suicidal",
    "suside": "suicide", "susidal": "suicidal", "suiside": "suicide", "suacide": "suicide",
    "scarred": "scared", "scard": "scared", "sacred": "scared", "scaird": "scared",
    "dieing": "dying", "dyin": "dying", "dosnt": "doesnt", "dosent": "doesnt",
    "doesent": "doesnt", "wnat": "want", "wnats": "wants", "wonts": "wants", "wanst": "wants",
    "locket": "locked", "lokced": "locked", "runing": "running", "mising": "missing",
    "missin": "missing", "bulied": "bullied", "buly": "bully", "bullyed": "bullied",
    "slaped": "slapped", "kiked": "kicked", "kickd": "kicked", "puched": "punched",
    "smaked": "smacked", "chocked": "choked", "chokd": "choked", "himselve": "himself",
    "him self": "himself", "her self": "herself", "my self": "myself", "hisself": "himself",
    "cuting": "cutting", "treatened": "threatened", "threatend": "threatened", "saf": "safe",
    "sefe": "safe", "dide": "died", "hart": "hurt", "hurted": "hurt", "ded": "dead",
    "no where": "nowhere", "teecher": "teacher", "techer": "teacher", "teh": "the",
}  # fmt: skip

STURDY = (
    "suicide", "suicidal", "overdose", "strangled", "sexually", "molested", "restrained",
    "threatened", "threatening", "bruises", "bruised", "frightened", "terrified", "neglected",
    "assaulted", "attacked", "punched", "smacked", "slapped", "herself", "himself", "murder",
    "weapon", "drowning", "kidnapped", "homeless", "bullied", "bullying", "domestic", "violence",
    "violent", "groomed", "alcohol", "missing", "hitting", "killing", "hurting", "knife",
)  # fmt: skip

FAMILIAR = frozenset(
    "the a an and to of is it in my we he she they i you for not no on was are be with have has"
    " but that at this our his her their me us him them so as if more all very good school help"
    " send great nothing thank thanks need needs from get do dont too what when who how".split()
)

ENGLISH = Words(HARMLESS, SOFTENED, STANDS, URGENT, READ_FIRST, MENDED, STURDY, FAMILIAR)
