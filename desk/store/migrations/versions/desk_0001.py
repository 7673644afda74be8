"""The first schema: journal, own tables, search, mirror, and what is this desk's alone.

Small rows live in WITHOUT ROWID tables; heads, bodies and dossiers do not, because rows longer than a quarter of a page
would each drag an overflow page along there. `heads_about` lets the lamp count dossiers without reading heads; it is
over the expression, because SQLite never answers from an index alone once a generated column is asked for.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JOURNAL = """
CREATE TABLE heads (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    head TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature BLOB,
    kind TEXT NOT NULL GENERATED ALWAYS AS (json_extract(head, '$.kind')) STORED,
    dossier TEXT GENERATED ALWAYS AS (json_extract(head, '$.dossier')) STORED,
    time TEXT NOT NULL GENERATED ALWAYS AS (json_extract(head, '$.time')) STORED,
    PRIMARY KEY (epoch, seq),
    CHECK (json_extract(head, '$.epoch') = epoch AND json_extract(head, '$.seq') = seq),
    CHECK (length(hash) = 64 AND (signature IS NULL OR length(signature) = 64))
);
CREATE INDEX heads_by_dossier ON heads (dossier, epoch, seq) WHERE dossier IS NOT NULL;
CREATE INDEX heads_about ON heads (epoch, seq, json_extract(head, '$.dossier'));
CREATE TABLE bodies (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    salt BLOB CHECK (salt IS NULL OR length(salt) = 32),
    PRIMARY KEY (epoch, seq),
    CONSTRAINT bodies_of_head FOREIGN KEY (epoch, seq) REFERENCES heads (epoch, seq)
);
CREATE TABLE salts (
    dossier TEXT NOT NULL PRIMARY KEY,
    salt BLOB NOT NULL CHECK (length(salt) = 32)
) WITHOUT ROWID;
CREATE TABLE erasures (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    commitment TEXT NOT NULL,
    by_epoch INTEGER NOT NULL,
    by_seq INTEGER NOT NULL,
    PRIMARY KEY (epoch, seq),
    CONSTRAINT erasures_of_head FOREIGN KEY (epoch, seq) REFERENCES heads (epoch, seq)
) WITHOUT ROWID
"""

# INSERT OR REPLACE deletes without asking delete triggers unless recursive triggers are on: refused on the way in.
JOURNAL_GUARDS = (
    """
CREATE TRIGGER heads_follow BEFORE INSERT ON heads
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM heads WHERE epoch = NEW.epoch), 0)
  OR (NEW.seq > 1 AND json_extract(NEW.head, '$.previous') IS NOT
      (SELECT hash FROM heads WHERE epoch = NEW.epoch AND seq = NEW.seq - 1))
BEGIN SELECT RAISE(ABORT, 'journal: a head follows the one before it'); END
""",
    """
CREATE TRIGGER heads_stay BEFORE UPDATE ON heads
BEGIN SELECT RAISE(ABORT, 'journal: a head is never changed'); END
""",
    """
CREATE TRIGGER heads_are_kept BEFORE DELETE ON heads
BEGIN SELECT RAISE(ABORT, 'journal: a head is never deleted'); END
""",
    """
CREATE TRIGGER bodies_once BEFORE INSERT ON bodies
WHEN EXISTS (SELECT 1 FROM bodies WHERE epoch = NEW.epoch AND seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM erasures WHERE epoch = NEW.epoch AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'journal: a body is written once'); END
""",
    """
CREATE TRIGGER bodies_stay BEFORE UPDATE ON bodies
BEGIN SELECT RAISE(ABORT, 'journal: a body is never changed'); END
""",
    """
CREATE TRIGGER bodies_are_kept BEFORE DELETE ON bodies
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE epoch = OLD.epoch AND seq = OLD.seq)
BEGIN SELECT RAISE(ABORT, 'journal: no erasing entry names this body'); END
""",
    """
CREATE TRIGGER salts_once BEFORE INSERT ON salts
WHEN EXISTS (SELECT 1 FROM salts WHERE dossier = NEW.dossier)
BEGIN SELECT RAISE(ABORT, 'journal: a salt is written once'); END
""",
    """
CREATE TRIGGER salts_stay BEFORE UPDATE ON salts
BEGIN SELECT RAISE(ABORT, 'journal: a salt is never changed'); END
""",
    """
CREATE TRIGGER salts_are_kept BEFORE DELETE ON salts
WHEN NOT EXISTS (
        SELECT 1 FROM erasures e JOIN heads h ON h.epoch = e.epoch AND h.seq = e.seq WHERE h.dossier = OLD.dossier)
  OR EXISTS (
        SELECT 1 FROM heads h JOIN bodies b ON b.epoch = h.epoch AND b.seq = h.seq
        WHERE h.dossier = OLD.dossier AND b.salt IS NULL)
BEGIN SELECT RAISE(ABORT, 'journal: no erasing entry names all that this salt binds'); END
""",
    """
CREATE TRIGGER erasures_are_proven BEFORE INSERT ON erasures
WHEN NOT EXISTS (
    SELECT 1 FROM heads h JOIN bodies b ON b.epoch = h.epoch AND b.seq = h.seq, json_each(b.body, '$.erased') named
    WHERE h.epoch = NEW.by_epoch AND h.seq = NEW.by_seq AND h.kind = 'bodies_erased'
      AND json_extract(named.value, '$.epoch') = NEW.epoch AND json_extract(named.value, '$.seq') = NEW.seq
      AND json_extract(named.value, '$.commitment') = NEW.commitment)
  OR NOT EXISTS (
    SELECT 1 FROM heads h JOIN heads e ON e.dossier = h.dossier
    WHERE h.epoch = NEW.epoch AND h.seq = NEW.seq AND h.kind <> 'bodies_erased'
      AND json_extract(h.head, '$.commitment') = NEW.commitment
      AND e.epoch = NEW.by_epoch AND e.seq = NEW.by_seq)
BEGIN SELECT RAISE(ABORT, 'journal: an erasure names its entry and its commitment'); END
""",
    """
CREATE TRIGGER erasures_stay BEFORE UPDATE ON erasures
BEGIN SELECT RAISE(ABORT, 'journal: an erasure is never changed'); END
""",
    """
CREATE TRIGGER erasures_are_kept BEFORE DELETE ON erasures
BEGIN SELECT RAISE(ABORT, 'journal: an erasure is never deleted'); END
""",
)

OWN = """
CREATE TABLE dossiers (
    id INTEGER NOT NULL PRIMARY KEY,
    dossier TEXT NOT NULL UNIQUE,
    client_id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE,
    provisional BOOLEAN NOT NULL,
    procedure TEXT NOT NULL,
    procedure_name TEXT NOT NULL,
    procedure_version TEXT NOT NULL,
    case_code TEXT,
    catalogue TEXT NOT NULL,
    channel TEXT NOT NULL,
    received_at TEXT NOT NULL,
    due_at TEXT,
    time_limit TEXT NOT NULL,
    receiving_agency TEXT NOT NULL,
    resolving_agency TEXT NOT NULL,
    return_by TEXT NOT NULL,
    register_book TEXT NOT NULL,
    register_line INTEGER NOT NULL,
    requirements TEXT NOT NULL,
    fees TEXT NOT NULL,
    fee INTEGER NOT NULL,
    recovered BOOLEAN NOT NULL,
    voided_at TEXT,
    erased BOOLEAN NOT NULL,
    full_name TEXT,
    applicant TEXT,
    owner TEXT,
    note TEXT
);
CREATE INDEX dossiers_by_due ON dossiers (due_at);
CREATE TABLE payments (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    dossier TEXT NOT NULL,
    at TEXT NOT NULL,
    clerk TEXT,
    total INTEGER NOT NULL,
    fees TEXT NOT NULL,
    PRIMARY KEY (epoch, seq)
) WITHOUT ROWID;
CREATE INDEX payments_by_dossier ON payments (dossier);
CREATE TABLE slips (
    slip TEXT NOT NULL PRIMARY KEY,
    dossier TEXT NOT NULL,
    issue INTEGER NOT NULL,
    form TEXT NOT NULL,
    code TEXT NOT NULL,
    clerk TEXT,
    at TEXT NOT NULL,
    outcome TEXT
) WITHOUT ROWID;
CREATE INDEX slips_by_dossier ON slips (dossier, issue);
CREATE TABLE epochs (
    epoch INTEGER NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    parent TEXT
);
CREATE TABLE sign_ins (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    clerk TEXT NOT NULL,
    at TEXT NOT NULL,
    way TEXT NOT NULL,
    left_at TEXT,
    left_because TEXT,
    PRIMARY KEY (epoch, seq)
) WITHOUT ROWID
"""

SEARCH = """
CREATE TABLE searchable (
    id INTEGER NOT NULL PRIMARY KEY,
    mine BOOLEAN NOT NULL,
    words TEXT NOT NULL
);
CREATE TABLE numbers (
    reversed TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (reversed, id)
) WITHOUT ROWID;
CREATE INDEX numbers_by_id ON numbers (id);
CREATE TABLE vocabulary (word TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE full_text USING fts5 (
    words, content = 'searchable', content_rowid = 'id', detail = none, columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0"
);
INSERT INTO full_text (full_text, rank) VALUES ('secure-delete', 1)
"""

SEARCH_KEEPERS = (
    """
CREATE TRIGGER searchable_come AFTER INSERT ON searchable BEGIN
    INSERT INTO full_text (rowid, words) VALUES (NEW.id, NEW.words);
    INSERT INTO vocabulary (word)
        SELECT value FROM json_each('["' || replace(NEW.words, ' ', '","') || '"]') WHERE value <> ''
        ON CONFLICT DO NOTHING;
END
""",
    """
CREATE TRIGGER searchable_change AFTER UPDATE OF words ON searchable WHEN NEW.words <> OLD.words BEGIN
    INSERT INTO full_text (full_text, rowid, words) VALUES ('delete', OLD.id, OLD.words);
    INSERT INTO full_text (rowid, words) VALUES (NEW.id, NEW.words);
    INSERT INTO vocabulary (word)
        SELECT value FROM json_each('["' || replace(NEW.words, ' ', '","') || '"]') WHERE value <> ''
        ON CONFLICT DO NOTHING;
END
""",
    """
CREATE TRIGGER searchable_go AFTER DELETE ON searchable BEGIN
    INSERT INTO full_text (full_text, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END
""",
)

MIRROR = """
CREATE TABLE feed (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    n INTEGER NOT NULL,
    incarnation TEXT NOT NULL,
    kind_version INTEGER NOT NULL,
    deleted BOOLEAN NOT NULL,
    data TEXT,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE feed_refused (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    n INTEGER NOT NULL,
    incarnation TEXT NOT NULL,
    data TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE TABLE verdicts (
    epoch INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    n INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    dossier TEXT,
    field TEXT,
    vi TEXT NOT NULL,
    en TEXT NOT NULL,
    PRIMARY KEY (epoch, first)
) WITHOUT ROWID;
CREATE INDEX verdicts_by_word ON verdicts (verdict, epoch, first);
CREATE INDEX verdicts_by_dossier ON verdicts (dossier);
CREATE INDEX verdicts_by_n ON verdicts (epoch, n);
CREATE TABLE statuses (
    dossier TEXT NOT NULL PRIMARY KEY,
    status INTEGER NOT NULL,
    at TEXT NOT NULL,
    due_at TEXT,
    "by" TEXT NOT NULL,
    note TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX statuses_by_status ON statuses (status, at);
CREATE TABLE numbered (
    dossier TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE
) WITHOUT ROWID;
CREATE TABLE siblings (
    id INTEGER NOT NULL PRIMARY KEY,
    dossier TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL,
    voided BOOLEAN NOT NULL,
    said TEXT NOT NULL
);
CREATE INDEX ix_siblings_code ON siblings (code)
"""

ALONE = """
CREATE TABLE identity (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    desk TEXT NOT NULL,
    url TEXT NOT NULL,
    root TEXT NOT NULL,
    province TEXT NOT NULL,
    signing_key BLOB NOT NULL,
    sealing_key BLOB NOT NULL,
    first_supervisor TEXT NOT NULL
);
CREATE TABLE certificates (
    epoch INTEGER NOT NULL PRIMARY KEY,
    certificate TEXT NOT NULL
);
CREATE TABLE contact (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    incarnation TEXT,
    cursor TEXT NOT NULL,
    "offset" INTEGER,
    heard_at TEXT
);
INSERT INTO contact (one, cursor) VALUES (1, '');
CREATE TABLE held (
    epoch INTEGER NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
);
CREATE TABLE wanted (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (epoch, seq)
) WITHOUT ROWID;
CREATE TABLE counters (
    epoch INTEGER NOT NULL,
    series TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (epoch, series)
) WITHOUT ROWID;
CREATE TABLE pins (
    clerk TEXT NOT NULL PRIMARY KEY,
    proof TEXT,
    failed INTEGER NOT NULL,
    wait_until TEXT,
    code_used TEXT
) WITHOUT ROWID;
CREATE TABLE drafts (
    clerk TEXT NOT NULL PRIMARY KEY,
    draft TEXT NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE prints (
    slip TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID
"""

COUNTER_GUARDS = (
    """
CREATE TRIGGER counters_grow BEFORE UPDATE ON counters
WHEN NEW.n <= OLD.n OR NEW.epoch <> OLD.epoch OR NEW.series <> OLD.series
BEGIN SELECT RAISE(ABORT, 'counter: a number is never given twice'); END
""",
    """
CREATE TRIGGER counters_are_kept BEFORE DELETE ON counters
BEGIN SELECT RAISE(ABORT, 'counter: a series is never forgotten'); END
""",
)


def upgrade() -> None:
    for script in (JOURNAL, OWN, SEARCH, MIRROR, ALONE):
        for statement in script.split(";\n"):
            op.execute(statement)
    for statement in (*JOURNAL_GUARDS, *SEARCH_KEEPERS, *COUNTER_GUARDS):
        op.execute(statement)
