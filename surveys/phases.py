"""The words of the field that every questionnaire, release and indicator shares."""

from enum import StrEnum


class Phase(StrEnum):
    """The child's phase of education: the codes of every `phase` question."""

    EARLY_YEARS = "early_years"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    POST_16 = "post_16"


class Setting(StrEnum):
    """The kind of place the child is taught in: the codes of every `setting` question."""

    MAINSTREAM = "mainstream"
    UNIT_OR_ARP = "unit_or_arp"
    SPECIAL = "special"
    ALTERNATIVE = "alternative"
    HOME = "home"
    NONE = "none"


class Provision(StrEnum):
    """The kind of SEN help the child has: the codes of every `provision` question."""

    SEN_SUPPORT = "sen_support"
    EHCP = "ehcp"
    APPLYING = "applying"
    NOT_SURE = "not_sure"


class Moment(StrEnum):
    """Which side of a move a question, or a round, stands on."""

    BEFORE = "before"
    AFTER = "after"
    BOTH = "both"


PROFILE_KEYS = ("phase", "setting", "provision")
"""The keys of the three profile questions that open every questionnaire."""

PHASE_NAMES = {
    Phase.EARLY_YEARS: "Early years",
    Phase.PRIMARY: "Primary",
    Phase.SECONDARY: "Secondary",
    Phase.POST_16: "Post-16",
}
SETTING_NAMES = {
    Setting.MAINSTREAM: "Mainstream",
    Setting.UNIT_OR_ARP: "Unit or resourced provision",
    Setting.SPECIAL: "Special",
    Setting.ALTERNATIVE: "Alternative provision",
    Setting.HOME: "Taught at home",
    Setting.NONE: "No setting at the moment",
}
PROVISION_NAMES = {
    Provision.SEN_SUPPORT: "SEN support",
    Provision.EHCP: "EHC plan",
    Provision.APPLYING: "Applying for a plan",
    Provision.NOT_SURE: "Not sure",
}
