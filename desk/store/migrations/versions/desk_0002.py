"""The second schema: what paper brings in, what repairs it, results handed over, and what the province has to tell.

One constant a subject; the tables of `desk_0001` stay as they were written, columns are added at their end.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PAPER = """
ALTER TABLE dossiers ADD COLUMN paper_book TEXT;
ALTER TABLE dossiers ADD COLUMN paper_number TEXT;
CREATE INDEX dossiers_by_paper ON dossiers (paper_number, paper_book) WHERE paper_number IS NOT NULL;
ALTER TABLE siblings ADD COLUMN paper_book TEXT;
ALTER TABLE siblings ADD COLUMN paper_number TEXT;
CREATE INDEX siblings_by_paper ON siblings (paper_number, paper_book) WHERE paper_number IS NOT NULL
"""

DEEDS = """
CREATE TABLE hand_overs (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    dossier TEXT NOT NULL,
    at TEXT NOT NULL,
    written_at TEXT NOT NULL,
    clerk TEXT,
    recipient TEXT NOT NULL,
    full_name TEXT,
    personal_id TEXT,
    note TEXT,
    PRIMARY KEY (epoch, seq)
);
CREATE INDEX hand_overs_by_dossier ON hand_overs (dossier);
CREATE TABLE corrections (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    dossier TEXT NOT NULL,
    corrects TEXT NOT NULL,
    note TEXT,
    PRIMARY KEY (epoch, seq)
);
CREATE INDEX corrections_by_dossier ON corrections (dossier);
CREATE TABLE clock_confirmations (
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    shown TEXT NOT NULL,
    last TEXT,
    "offset" INTEGER,
    clerk TEXT,
    PRIMARY KEY (epoch, seq)
);
CREATE TABLE notices_seen (
    notice TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    clerk TEXT
) WITHOUT ROWID
"""

NOTICES = """
CREATE TABLE notices (
    id TEXT NOT NULL PRIMARY KEY,
    matter TEXT NOT NULL,
    desk TEXT,
    dossier TEXT,
    at TEXT NOT NULL,
    vi TEXT NOT NULL,
    en TEXT NOT NULL,
    seen BOOLEAN NOT NULL
) WITHOUT ROWID
"""

LINES = """
ALTER TABLE epochs ADD COLUMN met TEXT;
CREATE TABLE foreign_lines (
    epoch INTEGER NOT NULL,
    hash TEXT NOT NULL,
    seq INTEGER NOT NULL,
    met_at TEXT NOT NULL,
    PRIMARY KEY (epoch, hash)
) WITHOUT ROWID;
CREATE TABLE incarnations (
    incarnation TEXT NOT NULL PRIMARY KEY,
    nth INTEGER NOT NULL UNIQUE
) WITHOUT ROWID;
CREATE TABLE provinces (
    serial INTEGER NOT NULL PRIMARY KEY,
    certificate TEXT NOT NULL
);
INSERT INTO provinces (serial, certificate)
    SELECT json_extract(json_extract(province, '$.payload'), '$.serial'), province FROM identity;
CREATE TABLE addresses (
    url TEXT NOT NULL PRIMARY KEY,
    nth INTEGER NOT NULL UNIQUE
) WITHOUT ROWID;
INSERT INTO addresses (url, nth) SELECT url, 1 FROM identity;
CREATE TABLE machine (
    feature TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE spoken_numbers (
    epoch INTEGER NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    heard_at TEXT NOT NULL
)
"""

# A desk writes at one end only: a new epoch begins behind the last head of the one before, and is a higher one.
LINE_GUARDS = (
    """
CREATE TRIGGER heads_continue BEFORE INSERT ON heads
WHEN NEW.seq = 1 AND (
     EXISTS (SELECT 1 FROM heads WHERE epoch > NEW.epoch)
  OR EXISTS (SELECT 1 FROM heads) AND json_extract(NEW.head, '$.previous') IS NOT
      (SELECT hash FROM heads ORDER BY epoch DESC, seq DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'journal: an epoch begins where the one before ended'); END
""",
)

# A row an item of the feed: lines of one epoch may be judged under several keys, and of two incarnations of the
# province the later one is right, whatever its items are numbered.
VERDICTS = """
INSERT INTO incarnations (incarnation, nth)
    SELECT incarnation, row_number() OVER (ORDER BY incarnation IS (SELECT incarnation FROM contact), incarnation)
    FROM (SELECT incarnation FROM feed UNION SELECT incarnation FROM contact WHERE incarnation IS NOT NULL);
CREATE TABLE judgements (
    key TEXT NOT NULL PRIMARY KEY,
    epoch INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    age INTEGER NOT NULL,
    n INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    dossier TEXT,
    field TEXT,
    vi TEXT NOT NULL,
    en TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO judgements
    SELECT desk || '/' || epoch || '/' || first, epoch, first, last, 1, n, verdict, dossier, field, vi, en
    FROM verdicts, identity;
UPDATE judgements SET age = (SELECT nth FROM feed JOIN incarnations USING (incarnation)
                             WHERE kind = 'verdict' AND feed.key = judgements.key)
    WHERE EXISTS (SELECT 1 FROM feed WHERE kind = 'verdict' AND feed.key = judgements.key);
DROP TABLE verdicts;
ALTER TABLE judgements RENAME TO verdicts;
CREATE INDEX verdicts_by_place ON verdicts (epoch, first);
CREATE INDEX verdicts_by_word ON verdicts (verdict, epoch, first);
CREATE INDEX verdicts_by_dossier ON verdicts (dossier);
CREATE INDEX verdicts_by_age ON verdicts (epoch, age, n)
"""

# Kinds and versions are understood now that were kept unread or set aside: the feed is read again from its start.
AGAIN = """
DELETE FROM feed WHERE kind IN ('address', 'attachment', 'notice');
UPDATE contact SET cursor = ''
"""

CARRIERS = """
ALTER TABLE contact ADD COLUMN province_time TEXT;
CREATE TABLE exports (
    parcel TEXT NOT NULL PRIMARY KEY,
    incarnation TEXT,
    cursor TEXT NOT NULL,
    left_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE attachments (
    attachment TEXT NOT NULL PRIMARY KEY,
    dossier TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    key TEXT NOT NULL,
    blob TEXT NOT NULL,
    sealed_size INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX attachments_by_dossier ON attachments (dossier);
CREATE TABLE buddy (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    folder TEXT,
    shared TEXT,
    done_at TEXT,
    trouble TEXT,
    since TEXT
)
"""


def upgrade() -> None:
    for script in (PAPER, DEEDS, NOTICES, LINES, VERDICTS, CARRIERS, AGAIN):
        for statement in script.split(";\n"):
            op.execute(statement)
    for statement in LINE_GUARDS:
        op.execute(statement)
