import { type Connection, inTransaction } from './connection.ts'

/** Numbered, forward only; `user_version` counts those applied. */
const migrations: readonly string[] = [
  `
  CREATE TABLE kiosks (
    kiosk_id TEXT PRIMARY KEY,
    unit_code TEXT NOT NULL,
    place TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    last_contact_at TEXT
  ) STRICT;

  CREATE TABLE epochs (
    kiosk_id TEXT NOT NULL REFERENCES kiosks,
    epoch INTEGER NOT NULL,
    instance TEXT NOT NULL,
    started_at TEXT NOT NULL,
    slip_key_id TEXT NOT NULL,
    slip_public_key TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    PRIMARY KEY (kiosk_id, epoch)
  ) STRICT;

  CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    kiosk_id TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    lane TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    bytes BLOB NOT NULL,
    receipt TEXT NOT NULL,
    FOREIGN KEY (kiosk_id, epoch) REFERENCES epochs
  ) STRICT;
  CREATE INDEX messages_by_lane ON messages (kiosk_id, lane);
  CREATE INDEX messages_by_kind ON messages (kiosk_id, kind);
  CREATE TRIGGER messages_stay BEFORE DELETE ON messages
    BEGIN SELECT RAISE(ABORT, 'a receipt was given for this message'); END;
  CREATE TRIGGER messages_never_change BEFORE UPDATE ON messages
    BEGIN SELECT RAISE(ABORT, 'a receipt was given for this message'); END;

  CREATE TABLE dossiers (
    intake_id TEXT PRIMARY KEY,
    message_key TEXT NOT NULL UNIQUE REFERENCES messages (key),
    kiosk_id TEXT NOT NULL REFERENCES kiosks,
    bag_code TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    compartment INTEGER NOT NULL,
    deposited_at TEXT NOT NULL,
    clock_synchronised INTEGER NOT NULL,
    phone_confirmed INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    sealed TEXT NOT NULL,
    received_at TEXT NOT NULL,
    slip_printed_at TEXT,
    collected_at TEXT,
    bag_missing_at TEXT,
    disputed_at TEXT,
    status INTEGER NOT NULL DEFAULT 1,
    dossier_code TEXT UNIQUE,
    accepted_at TEXT,
    accepted_by TEXT,
    -- Before an officer accepts, nothing carries an official code or a status above 1.
    CHECK (
      (accepted_at IS NULL AND accepted_by IS NULL AND dossier_code IS NULL AND status = 1)
      OR (accepted_at IS NOT NULL AND accepted_by IS NOT NULL AND dossier_code IS NOT NULL
          AND status BETWEEN 2 AND 10)
    )
  ) STRICT;
  CREATE INDEX dossiers_by_bag ON dossiers (bag_code);

  CREATE TABLE official_counters (
    unit_code TEXT NOT NULL,
    day TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (unit_code, day)
  ) STRICT;

  CREATE TABLE results (
    result_id TEXT PRIMARY KEY,
    kiosk_id TEXT NOT NULL REFERENCES kiosks,
    intake_id TEXT REFERENCES dossiers,
    dossier_code TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    assurance TEXT NOT NULL,
    phone_confirmed INTEGER NOT NULL,
    size TEXT NOT NULL,
    keep_days INTEGER NOT NULL,
    sealed_phone TEXT,
    state TEXT NOT NULL CHECK (state IN ('announced', 'stocked', 'taken', 'expired', 'refused')),
    right_id TEXT,
    last_day TEXT,
    announced_at TEXT NOT NULL,
    announced_by TEXT NOT NULL,
    stocked_at TEXT,
    taken_at TEXT
  ) STRICT;
  CREATE UNIQUE INDEX one_result_under_way ON results (dossier_code)
    WHERE state IN ('announced', 'stocked');

  CREATE TABLE feed_items (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    kiosk_id TEXT REFERENCES kiosks,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX feed_items_by_kind ON feed_items (kind, cursor);

  CREATE TABLE feed_refusals (
    kiosk_id TEXT NOT NULL REFERENCES kiosks,
    cursor INTEGER NOT NULL REFERENCES feed_items,
    code TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (kiosk_id, cursor)
  ) STRICT;

  CREATE TABLE staff_grants (
    grant_id TEXT PRIMARY KEY,
    staff_id TEXT NOT NULL,
    display_name TEXT NOT NULL,
    role TEXT NOT NULL,
    not_before TEXT NOT NULL,
    not_after TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    revoked_at TEXT,
    revoked_by TEXT
  ) STRICT;

  CREATE TABLE users (
    name TEXT PRIMARY KEY,
    display_name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    locked_until TEXT
  ) STRICT;

  CREATE TABLE sms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kiosk_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    sealed TEXT NOT NULL
  ) STRICT;

  CREATE TABLE notices (
    message_key TEXT PRIMARY KEY REFERENCES messages (key),
    state TEXT NOT NULL CHECK (state IN ('pending', 'queued', 'failed')),
    failure TEXT,
    sms_id INTEGER UNIQUE REFERENCES sms,
    settled_at TEXT
  ) STRICT;
  CREATE INDEX notices_pending ON notices (state) WHERE state = 'pending';

  CREATE TABLE access_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    user TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER access_log_stays BEFORE DELETE ON access_log
    BEGIN SELECT RAISE(ABORT, 'the access log only grows'); END;
  CREATE TRIGGER access_log_never_changes BEFORE UPDATE ON access_log
    BEGIN SELECT RAISE(ABORT, 'the access log only grows'); END;
  `,
  `
  CREATE TABLE pages (
    kiosk_id TEXT NOT NULL REFERENCES kiosks,
    content_hash TEXT NOT NULL,
    bytes BLOB NOT NULL,
    received_at TEXT NOT NULL,
    receipt TEXT NOT NULL,
    PRIMARY KEY (kiosk_id, content_hash)
  ) STRICT;
  CREATE TRIGGER pages_stay BEFORE DELETE ON pages
    BEGIN SELECT RAISE(ABORT, 'a receipt was given for this page'); END;
  CREATE TRIGGER pages_never_change BEFORE UPDATE ON pages
    BEGIN SELECT RAISE(ABORT, 'a receipt was given for this page'); END;
  `,
  `
  CREATE TABLE identity (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    province_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    age_recipient TEXT NOT NULL,
    claimed_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE sessions (
    id_hash TEXT PRIMARY KEY,
    user_name TEXT NOT NULL REFERENCES users,
    csrf_token TEXT NOT NULL,
    started_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE phone_code_requests (
    kiosk_id TEXT NOT NULL REFERENCES kiosks,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX phone_code_requests_by_kiosk ON phone_code_requests (kiosk_id);
  `,
  `
  CREATE TABLE dossier_ends (
    intake_id TEXT PRIMARY KEY REFERENCES dossiers,
    how TEXT NOT NULL CHECK (how IN ('refused', 'withdrawn')),
    ended_at TEXT NOT NULL,
    ended_by TEXT NOT NULL
  ) STRICT;
  ALTER TABLE results ADD COLUMN what TEXT NOT NULL DEFAULT 'result'
    CHECK (what IN ('result', 'papers'));
  `,
  `
  CREATE TABLE heartbeats (
    kiosk_id TEXT PRIMARY KEY REFERENCES kiosks,
    received_at TEXT NOT NULL,
    content TEXT NOT NULL
  ) STRICT;

  CREATE TABLE audit_heads (
    kiosk_id TEXT NOT NULL REFERENCES kiosks,
    epoch INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    hash TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (kiosk_id, epoch)
  ) STRICT;

  CREATE TABLE kiosk_alarms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kiosk_id TEXT NOT NULL REFERENCES kiosks,
    kind TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seen INTEGER,
    told INTEGER,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    times INTEGER NOT NULL,
    settled_at TEXT,
    settled_by TEXT
  ) STRICT;
  CREATE UNIQUE INDEX kiosk_alarms_open ON kiosk_alarms (kiosk_id, kind, epoch)
    WHERE settled_at IS NULL;
  `,
  `
  CREATE TABLE official_systems (
    adapter TEXT PRIMARY KEY,
    -- The last item of the feed of statuses that has been looked at.
    cursor INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    paused_until TEXT,
    problem TEXT,
    problem_at TEXT,
    answered_at TEXT
  ) STRICT;

  CREATE TABLE official_deliveries (
    adapter TEXT NOT NULL REFERENCES official_systems,
    intake_id TEXT NOT NULL REFERENCES dossiers,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'parked', 'delivered')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL,
    claim TEXT,
    claimed_until TEXT,
    memory TEXT NOT NULL DEFAULT '{}',
    official_code TEXT,
    problem TEXT,
    sealed_answer TEXT,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (adapter, intake_id)
  ) STRICT;
  CREATE INDEX official_deliveries_due ON official_deliveries (adapter, next_try_at)
    WHERE state IN ('pending', 'sending');

  CREATE TABLE official_steps (
    adapter TEXT NOT NULL,
    cursor INTEGER NOT NULL REFERENCES feed_items,
    intake_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    at TEXT NOT NULL,
    delivered_at TEXT,
    PRIMARY KEY (adapter, cursor),
    FOREIGN KEY (adapter, intake_id) REFERENCES official_deliveries
  ) STRICT;
  CREATE INDEX official_steps_by_dossier ON official_steps (adapter, intake_id);
  -- Nothing is brought to an official system before an officer has accepted it.
  CREATE TRIGGER official_deliveries_accepted BEFORE INSERT ON official_deliveries
    WHEN NOT EXISTS (
      SELECT 1 FROM dossiers WHERE intake_id = NEW.intake_id AND accepted_at IS NOT NULL
    )
    BEGIN SELECT RAISE(ABORT, 'no officer has accepted this dossier'); END;
  `,
  `
  CREATE TABLE sms_sendings (
    sms_id INTEGER PRIMARY KEY REFERENCES sms,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain')),
    -- The same for every try: the carrier knows a message by it.
    request_id TEXT,
    -- Tries of which nobody knows whether they reached the carrier.
    unanswered INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try_at TEXT NOT NULL,
    claim TEXT,
    claimed_until TEXT,
    problem TEXT,
    changed_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX sms_sendings_due ON sms_sendings (next_try_at) WHERE state IN ('pending', 'sending');
  `,
  `
  CREATE TABLE erasures (
    intake_id TEXT PRIMARY KEY REFERENCES dossiers,
    erased_at TEXT NOT NULL,
    erased_by TEXT NOT NULL
  ) STRICT;
  -- Their content may be emptied in the end; what the receipt says of it stays.
  DROP TRIGGER messages_never_change;
  CREATE TRIGGER messages_never_change BEFORE UPDATE ON messages
    WHEN NOT (length(NEW.bytes) = 0
      AND NEW.id IS OLD.id AND NEW.key IS OLD.key AND NEW.kiosk_id IS OLD.kiosk_id
      AND NEW.epoch IS OLD.epoch AND NEW.sequence IS OLD.sequence AND NEW.lane IS OLD.lane
      AND NEW.kind IS OLD.kind AND NEW.at IS OLD.at AND NEW.received_at IS OLD.received_at
      AND NEW.body_hash IS OLD.body_hash AND NEW.receipt IS OLD.receipt)
    BEGIN SELECT RAISE(ABORT, 'a receipt was given for this message'); END;
  DROP TRIGGER pages_never_change;
  CREATE TRIGGER pages_never_change BEFORE UPDATE ON pages
    WHEN NOT (length(NEW.bytes) = 0
      AND NEW.kiosk_id IS OLD.kiosk_id AND NEW.content_hash IS OLD.content_hash AND NEW.received_at IS OLD.received_at
      AND NEW.receipt IS OLD.receipt)
    BEGIN SELECT RAISE(ABORT, 'a receipt was given for this page'); END;
  `,
  `
  CREATE INDEX messages_by_epoch ON messages (kiosk_id, epoch);
  `,
]

/** Brings the schema up to date; a store written by newer software is refused, never touched. */
export function migrate(db: Connection): void {
  inTransaction(db, () => {
    const applied = Number(db.pragma('user_version', { simple: true }))
    if (applied > migrations.length) {
      throw new Error(`store has schema ${applied}, this software knows ${migrations.length}`)
    }
    for (const migration of migrations.slice(applied)) db.exec(migration)
    if (applied < migrations.length) db.pragma(`user_version = ${migrations.length}`)
  })
}
