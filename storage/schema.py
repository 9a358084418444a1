"""The statements of each step of `storage.migrations`, oldest first.

What a step has once applied is never edited: a change is another step.
"""

SURVEYS = """
CREATE TABLE questionnaire (
    hash TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
CREATE TABLE round (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    questionnaire_hash TEXT NOT NULL REFERENCES questionnaire (hash),
    status TEXT NOT NULL CHECK (status IN ('draft', 'open', 'closed')),
    opens_at TEXT NOT NULL,
    closes_at TEXT NOT NULL CHECK (closes_at > opens_at),
    moment TEXT NOT NULL CHECK (moment IN ('', 'before', 'after')),
    phases TEXT NOT NULL,
    linked INTEGER NOT NULL CHECK (linked IN (0, 1)),
    threshold INTEGER NOT NULL CHECK (threshold >= 0),
    demonstration INTEGER NOT NULL CHECK (demonstration IN (0, 1)),
    open_code TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    opened_at TEXT,
    closed_at TEXT
) STRICT;
CREATE TABLE release (
    round_id TEXT NOT NULL REFERENCES round (id),
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (round_id, number)
) STRICT, WITHOUT ROWID;
"""

WHAT = """
CREATE TABLE response (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES round (id),
    questionnaire_hash TEXT NOT NULL REFERENCES questionnaire (hash),
    mode TEXT NOT NULL,
    language TEXT NOT NULL,
    started_on TEXT NOT NULL,
    finished_on TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX response_round ON response (round_id);
CREATE TABLE answer (
    response_id TEXT NOT NULL REFERENCES response (id) ON DELETE CASCADE,
    question_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('answered', 'dont_know', 'does_not_apply', 'skipped', 'not_asked')
    ),
    value TEXT CHECK ((state = 'answered') = (value IS NOT NULL)),
    PRIMARY KEY (response_id, question_key)
) STRICT, WITHOUT ROWID;
"""

WHO = """
CREATE TABLE invitation (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES round (id),
    kind TEXT NOT NULL CHECK (kind IN ('personal', 'open')),
    generation INTEGER NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_round ON invitation (round_id);
CREATE TABLE session (
    invitation_id TEXT NOT NULL REFERENCES invitation (id) ON DELETE CASCADE,
    child_number INTEGER NOT NULL,
    run TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (invitation_id, child_number)
) STRICT, WITHOUT ROWID;
CREATE TABLE link (
    round_id TEXT NOT NULL REFERENCES round (id),
    invitation_id TEXT NOT NULL REFERENCES invitation (id) ON DELETE CASCADE,
    child_number INTEGER NOT NULL,
    response_id TEXT NOT NULL UNIQUE REFERENCES response (id) ON DELETE CASCADE,
    PRIMARY KEY (round_id, invitation_id, child_number)
) STRICT, WITHOUT ROWID;
CREATE TABLE chat (
    lookup TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    invitation_id TEXT NOT NULL REFERENCES invitation (id) ON DELETE CASCADE,
    status TEXT NOT NULL CHECK (status IN ('active', 'blocked')),
    linked_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_invitation ON chat (invitation_id);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    lookup TEXT NOT NULL,
    address TEXT NOT NULL,
    invitation_id TEXT REFERENCES invitation (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('prompt', 'invitation', 'reminder')),
    message_key TEXT NOT NULL,
    arguments TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'claimed', 'sent', 'failed', 'unknown')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_due ON outbox (status, due_at);
CREATE INDEX outbox_lookup ON outbox (lookup, id);
CREATE TABLE delivery (
    key TEXT PRIMARY KEY,
    received_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_received ON delivery (received_at);
CREATE TABLE failure (
    id INTEGER PRIMARY KEY,
    delivery_key TEXT,
    error TEXT NOT NULL,
    failed_at TEXT NOT NULL
) STRICT;
"""

INDICATORS = """
CREATE TABLE indicator_import (
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    area TEXT NOT NULL,
    reader TEXT NOT NULL,
    encoding TEXT NOT NULL,
    publisher TEXT NOT NULL,
    title TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    UNIQUE (sha256, area)
) STRICT;
CREATE TABLE indicator (
    import_id INTEGER NOT NULL REFERENCES indicator_import (id) ON DELETE CASCADE,
    series TEXT NOT NULL,
    measure TEXT NOT NULL,
    area_code TEXT NOT NULL,
    area_name TEXT NOT NULL,
    area_level TEXT NOT NULL,
    period TEXT NOT NULL,
    period_kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    value REAL,
    missing TEXT CHECK ((value IS NULL) = (missing IS NOT NULL)),
    numerator REAL,
    denominator REAL,
    note TEXT NOT NULL,
    PRIMARY KEY (import_id, series, area_code, period_kind, period)
) STRICT, WITHOUT ROWID;
"""

STAFF = """
CREATE TABLE staff_link (
    hash TEXT PRIMARY KEY,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE staff_session (
    hash TEXT PRIMARY KEY,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
"""

# A comment's row says nothing of when it was written but the day by which to read it,
# and its random id is of this wording: a changed comment has another.
COMMENTS = """
CREATE TABLE comment (
    response_id TEXT NOT NULL,
    question_key TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'read')),
    concern TEXT NOT NULL CHECK (concern IN ('none', 'read_first', 'urgent')),
    rules TEXT NOT NULL,
    due_on TEXT NOT NULL,
    PRIMARY KEY (response_id, question_key),
    FOREIGN KEY (response_id, question_key)
        REFERENCES answer (response_id, question_key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_waiting ON comment (due_on) WHERE status = 'waiting';
CREATE TABLE safeguarding_case (
    id TEXT PRIMARY KEY,
    response_id TEXT NOT NULL,
    question_key TEXT NOT NULL,
    rules TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    contact TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'acknowledged', 'closed'))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX safeguarding_case_once ON safeguarding_case (response_id, question_key)
    WHERE status <> 'closed';
"""

# Comments from before there was a queue wait too, read first and overdue.
COMMENTS_SO_FAR = """
INSERT INTO comment
SELECT answer.response_id, answer.question_key, lower(hex(randomblob(16))), 'waiting',
    'read_first', '["written before comments were queued"]', response.started_on
FROM answer
JOIN response ON response.id = answer.response_id
JOIN questionnaire ON questionnaire.hash = response.questionnaire_hash
JOIN json_each(questionnaire.body, '$.questions') AS question
    ON question.value ->> 'key' = answer.question_key
WHERE answer.state = 'answered' AND question.value ->> 'type' = 'text'
"""

# Words outside a question know people and no answers: they hang on the invitation alone,
# and lose it when their round is cut. People without an invitation are only counted.
ASIDES = """
CREATE TABLE aside (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES round (id),
    invitation_id TEXT REFERENCES invitation (id) ON DELETE CASCADE,
    words TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'read')),
    concern TEXT NOT NULL CHECK (concern IN ('read_first', 'urgent')),
    rules TEXT NOT NULL,
    due_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX aside_invitation ON aside (invitation_id);
CREATE INDEX aside_waiting ON aside (due_on) WHERE status = 'waiting';
CREATE TABLE stranger (
    day TEXT PRIMARY KEY,
    helped INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

# Nobody was known by name before, so links and sessions from then open nothing.
ACCOUNTS = """
DROP TABLE staff_session;
DROP TABLE staff_link;
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_lookup TEXT NOT NULL UNIQUE,
    roles TEXT NOT NULL,
    password TEXT,
    code_key TEXT CHECK ((password IS NULL) = (code_key IS NULL)),
    last_step INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    locked_until TEXT,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    demonstration INTEGER NOT NULL CHECK (demonstration IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE staff_link (
    hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('set_up', 'sign_in')),
    code_key TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_link_account ON staff_link (account_id);
CREATE TABLE staff_session (
    hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    expires_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_session_account ON staff_session (account_id);
"""

# A contact is a family: its addresses are sealed, and found by keyed hashes.
CONTACTS = """
CREATE TABLE contact (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL,
    reference_lookup TEXT UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_lookup TEXT UNIQUE,
    phone TEXT NOT NULL,
    phone_lookup TEXT UNIQUE,
    address TEXT NOT NULL,
    language TEXT NOT NULL,
    prefers TEXT NOT NULL CHECK (prefers IN ('', 'email', 'text', 'letter')),
    opted_out_at TEXT,
    added_at TEXT NOT NULL,
    version TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_child (
    contact_id TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    phase TEXT NOT NULL,
    setting TEXT NOT NULL,
    provision TEXT NOT NULL,
    PRIMARY KEY (contact_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_chat (
    lookup TEXT PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'blocked'))
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_chat_contact ON contact_chat (contact_id);
CREATE TABLE dead_address (
    lookup TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE approach (
    contact_id TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    round_id TEXT NOT NULL REFERENCES round (id),
    at TEXT NOT NULL,
    PRIMARY KEY (contact_id, round_id)
) STRICT, WITHOUT ROWID;
"""

SENDING = """
CREATE TABLE round_plan (
    round_id TEXT PRIMARY KEY REFERENCES round (id),
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE you_said (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES round (id),
    said TEXT NOT NULL,
    done TEXT NOT NULL,
    owner TEXT NOT NULL,
    due_on TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE invitation ADD COLUMN contact_id TEXT REFERENCES contact (id) ON DELETE SET NULL;
ALTER TABLE invitation ADD COLUMN earlier_id TEXT REFERENCES invitation (id) ON DELETE SET NULL;
ALTER TABLE invitation ADD COLUMN assisted TEXT NOT NULL DEFAULT '';
CREATE INDEX invitation_contact ON invitation (contact_id);
ALTER TABLE response ADD COLUMN series TEXT;
ALTER TABLE outbox ADD COLUMN slot TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX outbox_once ON outbox (invitation_id, kind, slot) WHERE kind <> 'prompt';
"""

# SQLite changes no CHECK of a table: the rows move into another. The chat of staff is a group,
# whose id stands in the settings file, so it is no secret of any family's.
ALERTS = """
CREATE TABLE outbox_anew (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    lookup TEXT NOT NULL,
    address TEXT NOT NULL,
    invitation_id TEXT REFERENCES invitation (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('prompt', 'invitation', 'reminder', 'alert')),
    message_key TEXT NOT NULL,
    arguments TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'claimed', 'sent', 'failed', 'unknown')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    slot TEXT NOT NULL DEFAULT '',
    receipt TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO outbox_anew SELECT id, channel, lookup, address, invitation_id, kind, message_key,
    arguments, status, attempts, due_at, reason, slot, receipt FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (status, due_at);
CREATE INDEX outbox_lookup ON outbox (lookup, id);
CREATE UNIQUE INDEX outbox_once ON outbox (invitation_id, kind, slot) WHERE kind <> 'prompt';
CREATE TABLE staff_chat (
    named TEXT PRIMARY KEY,
    moved_to TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


MERGES = """
CREATE TABLE mail_merge (
    id INTEGER PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES round (id),
    made_at TEXT NOT NULL,
    letters INTEGER NOT NULL
) STRICT;
ALTER TABLE outbox ADD COLUMN merge_id INTEGER REFERENCES mail_merge (id);
ALTER TABLE outbox ADD COLUMN merge_number INTEGER;
CREATE INDEX outbox_merge ON outbox (merge_id) WHERE merge_id IS NOT NULL;
"""

# A case outlives the words that opened it, so it knows its round by itself. Whoever closes it
# says what was done, which is sealed: it is about a child.
CASES = """
ALTER TABLE safeguarding_case ADD COLUMN round_id TEXT;
ALTER TABLE safeguarding_case ADD COLUMN acknowledged_at TEXT;
ALTER TABLE safeguarding_case ADD COLUMN acknowledged_by TEXT NOT NULL DEFAULT '';
ALTER TABLE safeguarding_case ADD COLUMN closed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE safeguarding_case ADD COLUMN note TEXT NOT NULL DEFAULT '';
UPDATE safeguarding_case SET round_id = coalesce(
    (SELECT round_id FROM response WHERE response.id = safeguarding_case.response_id),
    (SELECT round_id FROM aside WHERE aside.id = safeguarding_case.response_id)
);
"""
