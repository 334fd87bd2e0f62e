import type { Migration } from './migration.ts'

/** States are checked by the tables themselves: a typing error in a query must not become a fact. */
export const initial: Migration = {
  version: 10,
  name: 'initial',
  sql: `
CREATE TABLE kiosk (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  kiosk_id TEXT NOT NULL,
  last_sequence INTEGER NOT NULL,
  running_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE epoch (
  epoch INTEGER PRIMARY KEY CHECK (epoch >= 1),
  instance TEXT NOT NULL UNIQUE,
  started_at TEXT NOT NULL,
  registered_at TEXT,
  last_intake_number INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE compartment (
  number INTEGER PRIMARY KEY CHECK (number >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('drop', 'result')),
  configured INTEGER NOT NULL CHECK (configured IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('empty', 'reserved', 'occupied', 'emptying', 'assigned',
    'stocked', 'opening', 'opened', 'expired', 'suspect', 'unknown')),
  intake_id TEXT UNIQUE REFERENCES dossier (intake_id),
  result_id TEXT UNIQUE REFERENCES result (result_id),
  reason TEXT,
  -- While an officer has it open: what it was, to go back to.
  state_before_emptying TEXT,
  CHECK (intake_id IS NULL OR result_id IS NULL),
  CHECK (state <> 'empty' OR (intake_id IS NULL AND result_id IS NULL AND reason IS NULL)),
  CHECK (state NOT IN ('reserved', 'occupied') OR intake_id IS NOT NULL),
  CHECK (state NOT IN ('assigned', 'stocked', 'opening', 'opened', 'expired')
    OR result_id IS NOT NULL)
) STRICT;

CREATE TABLE dossier (
  intake_id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('sealed', 'deposited', 'slipped', 'collected', 'reconciled',
    'disputed', 'abandoned', 'unknown')),
  bag_code TEXT NOT NULL,
  procedure_code TEXT NOT NULL,
  compartment INTEGER REFERENCES compartment (number),
  content_hash TEXT NOT NULL,
  sealed TEXT NOT NULL,
  sms_sealed TEXT,
  phone_confirmed INTEGER NOT NULL CHECK (phone_confirmed IN (0, 1)),
  language TEXT NOT NULL,
  facts TEXT NOT NULL,
  applicant_id_hash TEXT,
  owner_id_hash TEXT,
  secret_hash TEXT,
  sealed_at TEXT NOT NULL,
  clock_synchronised INTEGER NOT NULL CHECK (clock_synchronised IN (0, 1)),
  unlock_sent INTEGER NOT NULL DEFAULT 0 CHECK (unlock_sent IN (0, 1)),
  deposited_at TEXT,
  slip_copies INTEGER NOT NULL DEFAULT 0,
  slip_seen_copy INTEGER NOT NULL DEFAULT 0,
  sms_queued INTEGER NOT NULL DEFAULT 0 CHECK (sms_queued IN (0, 1)),
  ended_at TEXT,
  reason TEXT,
  -- Down from the province: national code 1-10, or an unknown one as it came.
  province_status INTEGER,
  province_status_at TEXT,
  dossier_code TEXT
) STRICT;
-- A bag code is single-use; only an abandoned dossier gives it back.
CREATE UNIQUE INDEX dossier_bag ON dossier (bag_code) WHERE state <> 'abandoned';
CREATE UNIQUE INDEX dossier_live_compartment ON dossier (compartment)
  WHERE state IN ('sealed', 'deposited', 'slipped', 'unknown');
CREATE INDEX dossier_unfinished ON dossier (state) WHERE state IN ('sealed', 'deposited');

CREATE TABLE result (
  number INTEGER PRIMARY KEY,
  result_id TEXT NOT NULL UNIQUE,
  dossier_code TEXT NOT NULL,
  intake_id TEXT REFERENCES dossier (intake_id),
  procedure_code TEXT NOT NULL,
  assurance TEXT NOT NULL CHECK (assurance IN ('code', 'codeAndProof', 'officerOnly')),
  phone_confirmed INTEGER NOT NULL CHECK (phone_confirmed IN (0, 1)),
  size TEXT NOT NULL CHECK (size IN ('small', 'large')),
  keep_days INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('announced', 'assigned', 'stocked', 'taken', 'expired',
    'withdrawn')),
  compartment INTEGER REFERENCES compartment (number)
) STRICT;
CREATE UNIQUE INDEX result_live_compartment ON result (compartment)
  WHERE state IN ('assigned', 'stocked', 'expired');
CREATE INDEX result_dossier_code ON result (dossier_code);
CREATE INDEX result_intake ON result (intake_id);
CREATE INDEX result_announced ON result (state) WHERE state = 'announced';

-- "right" is a word of SQL.
CREATE TABLE collection_right (
  number INTEGER PRIMARY KEY,
  right_id TEXT NOT NULL UNIQUE,
  result_id TEXT NOT NULL REFERENCES result (result_id),
  compartment INTEGER NOT NULL REFERENCES compartment (number),
  state TEXT NOT NULL CHECK (state IN ('valid', 'consumed', 'expired', 'revoked', 'locked')),
  -- Whether a pulse may have been sent whose end nobody has seen yet.
  door TEXT NOT NULL DEFAULT 'closed' CHECK (door IN ('closed', 'opening', 'opened')),
  code_hash TEXT NOT NULL,
  qr_hash TEXT NOT NULL UNIQUE,
  expires_at TEXT NOT NULL
) STRICT;
-- Two valid rights with the same digits would open a stranger's door.
CREATE UNIQUE INDEX right_valid_code ON collection_right (code_hash) WHERE state = 'valid';
CREATE INDEX right_code ON collection_right (code_hash);
CREATE UNIQUE INDEX right_valid_result ON collection_right (result_id) WHERE state = 'valid';
CREATE INDEX right_result ON collection_right (result_id);
CREATE INDEX right_door ON collection_right (door) WHERE door <> 'closed';

CREATE TABLE opening (
  number INTEGER PRIMARY KEY,
  right_id TEXT NOT NULL REFERENCES collection_right (right_id),
  begun_at TEXT NOT NULL,
  opened_at TEXT,
  outcome TEXT CHECK (outcome IN ('taken', 'notTaken', 'unknown', 'repeated'))
) STRICT;
CREATE INDEX opening_open ON opening (right_id) WHERE outcome IS NULL;

CREATE TABLE try (
  number INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  at_running_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX try_scope ON try (scope, at_running_ms);

CREATE TABLE staff_grant (
  number INTEGER PRIMARY KEY,
  grant_id TEXT NOT NULL UNIQUE,
  staff_id TEXT NOT NULL,
  display_name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('officer', 'operator', 'technician')),
  badge_hash TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  not_before TEXT NOT NULL,
  not_after TEXT NOT NULL,
  key_id TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE INDEX staff_grant_badge ON staff_grant (badge_hash);

-- Kept for good: a revocation may arrive before the grant that it takes away.
CREATE TABLE revoked_grant (
  grant_id TEXT PRIMARY KEY
) STRICT;

CREATE TABLE outbox (
  sequence INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  epoch INTEGER NOT NULL REFERENCES epoch (epoch),
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'acknowledged', 'parked',
    'deliveredByHand')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at_ms INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  answer TEXT,
  receipt TEXT,
  acknowledged_at TEXT,
  CHECK (state <> 'acknowledged' OR receipt IS NOT NULL)
) STRICT;
CREATE INDEX outbox_open ON outbox (lane, sequence)
  WHERE state IN ('pending', 'sending', 'parked');
CREATE INDEX outbox_due ON outbox (sequence) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_state ON outbox (state);

CREATE TABLE feed_cursor (
  kind TEXT PRIMARY KEY,
  cursor INTEGER NOT NULL
) STRICT;

CREATE TABLE feed_refusal (
  kind TEXT NOT NULL,
  cursor INTEGER NOT NULL,
  code TEXT NOT NULL,
  refused_at TEXT NOT NULL,
  told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
  PRIMARY KEY (kind, cursor)
) STRICT;

CREATE TABLE catalogue_override (
  procedure_code TEXT PRIMARY KEY,
  take_in TEXT NOT NULL CHECK (take_in IN ('paper', 'scanOnly', 'no')),
  hand_out INTEGER NOT NULL CHECK (hand_out IN (0, 1))
) STRICT;

CREATE TABLE text_override (
  key TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (key, language)
) STRICT;

CREATE TABLE hours_override (
  weekday INTEGER PRIMARY KEY CHECK (weekday BETWEEN 1 AND 7),
  ranges TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  event TEXT NOT NULL,
  details TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit rows never change'); END;
CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
`,
}
