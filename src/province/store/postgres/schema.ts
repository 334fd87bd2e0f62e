/**
 * Numbered, forward only; the table `schema_version` counts those applied. The same tables as for SQLite: texts
 * compare byte by byte, numbers are wide enough for whatever the protocol lets through, and `rowid` is a column.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE kiosks (
    kiosk_id TEXT COLLATE "C" PRIMARY KEY,
    unit_code TEXT COLLATE "C" NOT NULL,
    place TEXT COLLATE "C" NOT NULL,
    token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    last_contact_at TEXT COLLATE "C"
  );

  CREATE TABLE epochs (
    kiosk_id TEXT COLLATE "C" NOT NULL REFERENCES kiosks,
    epoch BIGINT NOT NULL,
    instance TEXT COLLATE "C" NOT NULL,
    started_at TEXT COLLATE "C" NOT NULL,
    slip_key_id TEXT COLLATE "C" NOT NULL,
    slip_public_key TEXT COLLATE "C" NOT NULL,
    registered_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (kiosk_id, epoch)
  );

  CREATE TABLE messages (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key TEXT COLLATE "C" NOT NULL UNIQUE,
    kiosk_id TEXT COLLATE "C" NOT NULL,
    epoch BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    lane TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    received_at TEXT COLLATE "C" NOT NULL,
    body_hash TEXT COLLATE "C" NOT NULL,
    bytes BYTEA NOT NULL,
    receipt TEXT COLLATE "C" NOT NULL,
    FOREIGN KEY (kiosk_id, epoch) REFERENCES epochs
  );
  CREATE INDEX messages_by_lane ON messages (kiosk_id, lane);
  CREATE INDEX messages_by_kind ON messages (kiosk_id, kind);

  CREATE TABLE dossiers (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    intake_id TEXT COLLATE "C" PRIMARY KEY,
    message_key TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES messages (key),
    kiosk_id TEXT COLLATE "C" NOT NULL REFERENCES kiosks,
    bag_code TEXT COLLATE "C" NOT NULL,
    procedure_code TEXT COLLATE "C" NOT NULL,
    compartment BIGINT NOT NULL,
    deposited_at TEXT COLLATE "C" NOT NULL,
    clock_synchronised BIGINT NOT NULL,
    phone_confirmed BIGINT NOT NULL,
    content_hash TEXT COLLATE "C" NOT NULL,
    sealed TEXT COLLATE "C" NOT NULL,
    received_at TEXT COLLATE "C" NOT NULL,
    slip_printed_at TEXT COLLATE "C",
    collected_at TEXT COLLATE "C",
    bag_missing_at TEXT COLLATE "C",
    disputed_at TEXT COLLATE "C",
    status BIGINT NOT NULL DEFAULT 1,
    dossier_code TEXT COLLATE "C" UNIQUE,
    accepted_at TEXT COLLATE "C",
    accepted_by TEXT COLLATE "C",
    -- Before an officer accepts, nothing carries an official code or a status above 1.
    CHECK (
      (accepted_at IS NULL AND accepted_by IS NULL AND dossier_code IS NULL AND status = 1)
      OR (accepted_at IS NOT NULL AND accepted_by IS NOT NULL AND dossier_code IS NOT NULL
          AND status BETWEEN 2 AND 10)
    )
  );
  CREATE INDEX dossiers_by_bag ON dossiers (bag_code);

  CREATE TABLE official_counters (
    unit_code TEXT COLLATE "C" NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (unit_code, day)
  );

  CREATE TABLE results (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    result_id TEXT COLLATE "C" PRIMARY KEY,
    kiosk_id TEXT COLLATE "C" NOT NULL REFERENCES kiosks,
    intake_id TEXT COLLATE "C" REFERENCES dossiers,
    dossier_code TEXT COLLATE "C" NOT NULL,
    procedure_code TEXT COLLATE "C" NOT NULL,
    assurance TEXT COLLATE "C" NOT NULL,
    phone_confirmed BIGINT NOT NULL,
    size TEXT COLLATE "C" NOT NULL,
    keep_days BIGINT NOT NULL,
    sealed_phone TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('announced', 'stocked', 'taken', 'expired', 'refused')),
    right_id TEXT COLLATE "C",
    last_day TEXT COLLATE "C",
    announced_at TEXT COLLATE "C" NOT NULL,
    announced_by TEXT COLLATE "C" NOT NULL,
    stocked_at TEXT COLLATE "C",
    taken_at TEXT COLLATE "C"
  );
  CREATE UNIQUE INDEX one_result_under_way ON results (dossier_code)
    WHERE state IN ('announced', 'stocked');

  CREATE TABLE feed_items (
    cursor BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kiosk_id TEXT COLLATE "C" REFERENCES kiosks,
    kind TEXT COLLATE "C" NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL
  );
  CREATE INDEX feed_items_by_kind ON feed_items (kind, cursor);

  CREATE TABLE feed_refusals (
    kiosk_id TEXT COLLATE "C" NOT NULL REFERENCES kiosks,
    cursor BIGINT NOT NULL REFERENCES feed_items,
    code TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (kiosk_id, cursor)
  );

  CREATE TABLE staff_grants (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    grant_id TEXT COLLATE "C" PRIMARY KEY,
    staff_id TEXT COLLATE "C" NOT NULL,
    display_name TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    not_before TEXT COLLATE "C" NOT NULL,
    not_after TEXT COLLATE "C" NOT NULL,
    issued_at TEXT COLLATE "C" NOT NULL,
    issued_by TEXT COLLATE "C" NOT NULL,
    revoked_at TEXT COLLATE "C",
    revoked_by TEXT COLLATE "C"
  );

  CREATE TABLE users (
    name TEXT COLLATE "C" PRIMARY KEY,
    display_name TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    locked_until TEXT COLLATE "C"
  );

  CREATE TABLE sms (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at TEXT COLLATE "C" NOT NULL,
    kiosk_id TEXT COLLATE "C" NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    sealed TEXT COLLATE "C" NOT NULL
  );

  CREATE TABLE notices (
    message_key TEXT COLLATE "C" PRIMARY KEY REFERENCES messages (key),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'queued', 'failed')),
    failure TEXT COLLATE "C",
    sms_id BIGINT UNIQUE REFERENCES sms,
    settled_at TEXT COLLATE "C"
  );
  CREATE INDEX notices_pending ON notices (state) WHERE state = 'pending';

  CREATE TABLE access_log (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at TEXT COLLATE "C" NOT NULL,
    "user" TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL
  );

  CREATE TABLE pages (
    kiosk_id TEXT COLLATE "C" NOT NULL REFERENCES kiosks,
    content_hash TEXT COLLATE "C" NOT NULL,
    bytes BYTEA NOT NULL,
    received_at TEXT COLLATE "C" NOT NULL,
    receipt TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (kiosk_id, content_hash)
  );

  CREATE TABLE identity (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    province_id TEXT COLLATE "C" NOT NULL,
    key_id TEXT COLLATE "C" NOT NULL,
    age_recipient TEXT COLLATE "C" NOT NULL,
    claimed_at TEXT COLLATE "C" NOT NULL
  );

  CREATE TABLE sessions (
    id_hash TEXT COLLATE "C" PRIMARY KEY,
    user_name TEXT COLLATE "C" NOT NULL REFERENCES users,
    csrf_token TEXT COLLATE "C" NOT NULL,
    started_at TEXT COLLATE "C" NOT NULL,
    seen_at TEXT COLLATE "C" NOT NULL
  );

  CREATE TABLE phone_code_requests (
    kiosk_id TEXT COLLATE "C" NOT NULL REFERENCES kiosks,
    at TEXT COLLATE "C" NOT NULL
  );
  CREATE INDEX phone_code_requests_by_kiosk ON phone_code_requests (kiosk_id);

  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$;
  CREATE TRIGGER messages_stay BEFORE UPDATE OR DELETE ON messages
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER messages_stay_whole BEFORE TRUNCATE ON messages
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER pages_stay BEFORE UPDATE OR DELETE ON pages
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER pages_stay_whole BEFORE TRUNCATE ON pages
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER access_log_stay BEFORE UPDATE OR DELETE ON access_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER access_log_stay_whole BEFORE TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  `,
  `
  CREATE TABLE dossier_ends (
    intake_id TEXT COLLATE "C" PRIMARY KEY REFERENCES dossiers,
    how TEXT COLLATE "C" NOT NULL CHECK (how IN ('refused', 'withdrawn')),
    ended_at TEXT COLLATE "C" NOT NULL,
    ended_by TEXT COLLATE "C" NOT NULL
  );
  ALTER TABLE results ADD COLUMN what TEXT COLLATE "C" NOT NULL DEFAULT 'result'
    CHECK (what IN ('result', 'papers'));
  `,
  `
  CREATE TABLE heartbeats (
    kiosk_id TEXT COLLATE "C" PRIMARY KEY REFERENCES kiosks,
    received_at TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL
  );

  CREATE TABLE audit_heads (
    kiosk_id TEXT COLLATE "C" NOT NULL REFERENCES kiosks,
    epoch BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    seen_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (kiosk_id, epoch)
  );

  CREATE TABLE kiosk_alarms (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kiosk_id TEXT COLLATE "C" NOT NULL REFERENCES kiosks,
    kind TEXT COLLATE "C" NOT NULL,
    epoch BIGINT NOT NULL,
    seen BIGINT,
    told BIGINT,
    first_at TEXT COLLATE "C" NOT NULL,
    last_at TEXT COLLATE "C" NOT NULL,
    times BIGINT NOT NULL,
    settled_at TEXT COLLATE "C",
    settled_by TEXT COLLATE "C"
  );
  CREATE UNIQUE INDEX kiosk_alarms_open ON kiosk_alarms (kiosk_id, kind, epoch)
    WHERE settled_at IS NULL;
  `,
  // What is sealed does not compress. Messages never change, so that they may lie in their row as a whole.
  `
  ALTER TABLE messages ALTER COLUMN bytes SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160);
  ALTER TABLE dossiers ALTER COLUMN sealed SET STORAGE EXTERNAL;
  ALTER TABLE pages ALTER COLUMN bytes SET STORAGE EXTERNAL;
  `,
  `
  CREATE TABLE official_systems (
    adapter TEXT COLLATE "C" PRIMARY KEY,
    -- The last item of the feed of statuses that has been looked at.
    cursor BIGINT NOT NULL DEFAULT 0,
    failures BIGINT NOT NULL DEFAULT 0,
    paused_until TEXT COLLATE "C",
    problem TEXT COLLATE "C",
    problem_at TEXT COLLATE "C",
    answered_at TEXT COLLATE "C"
  );

  CREATE TABLE official_deliveries (
    adapter TEXT COLLATE "C" NOT NULL REFERENCES official_systems,
    intake_id TEXT COLLATE "C" NOT NULL REFERENCES dossiers,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'sending', 'parked', 'delivered')),
    attempts BIGINT NOT NULL DEFAULT 0,
    next_try_at TEXT COLLATE "C" NOT NULL,
    claim TEXT COLLATE "C",
    claimed_until TEXT COLLATE "C",
    memory TEXT COLLATE "C" NOT NULL DEFAULT '{}',
    official_code TEXT COLLATE "C",
    problem TEXT COLLATE "C",
    sealed_answer TEXT COLLATE "C",
    changed_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (adapter, intake_id)
  );
  CREATE INDEX official_deliveries_due ON official_deliveries (adapter, next_try_at)
    WHERE state IN ('pending', 'sending');

  CREATE TABLE official_steps (
    adapter TEXT COLLATE "C" NOT NULL,
    cursor BIGINT NOT NULL REFERENCES feed_items,
    intake_id TEXT COLLATE "C" NOT NULL,
    status BIGINT NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    delivered_at TEXT COLLATE "C",
    PRIMARY KEY (adapter, cursor),
    FOREIGN KEY (adapter, intake_id) REFERENCES official_deliveries
  );
  CREATE INDEX official_steps_by_dossier ON official_steps (adapter, intake_id);
  -- Nothing is brought to an official system before an officer has accepted it.
  CREATE FUNCTION refuse_unaccepted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT 1 FROM dossiers WHERE intake_id = NEW.intake_id AND accepted_at IS NOT NULL
      ) THEN
        RAISE EXCEPTION 'no officer has accepted this dossier';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER official_deliveries_accepted BEFORE INSERT ON official_deliveries
    FOR EACH ROW EXECUTE FUNCTION refuse_unaccepted();
  `,
  `
  CREATE TABLE sms_sendings (
    sms_id BIGINT PRIMARY KEY REFERENCES sms,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'uncertain')),
    -- The same for every try: the carrier knows a message by it.
    request_id TEXT COLLATE "C",
    -- Tries of which nobody knows whether they reached the carrier.
    unanswered BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_try_at TEXT COLLATE "C" NOT NULL,
    claim TEXT COLLATE "C",
    claimed_until TEXT COLLATE "C",
    problem TEXT COLLATE "C",
    changed_at TEXT COLLATE "C" NOT NULL
  );
  CREATE INDEX sms_sendings_due ON sms_sendings (next_try_at) WHERE state IN ('pending', 'sending');
  `,
  `
  CREATE TABLE erasures (
    intake_id TEXT COLLATE "C" PRIMARY KEY REFERENCES dossiers,
    erased_at TEXT COLLATE "C" NOT NULL,
    erased_by TEXT COLLATE "C" NOT NULL
  );
  -- Their content may be emptied in the end; what the receipt says of it stays.
  CREATE FUNCTION refuse_change_but_emptying() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND length(NEW.bytes) = 0
        AND (to_jsonb(NEW) - 'bytes') = (to_jsonb(OLD) - 'bytes')
      THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION '% only grows', TG_TABLE_NAME;
    END $$;
  DROP TRIGGER messages_stay ON messages;
  CREATE TRIGGER messages_stay BEFORE UPDATE OR DELETE ON messages
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_emptying();
  DROP TRIGGER pages_stay ON pages;
  CREATE TRIGGER pages_stay BEFORE UPDATE OR DELETE ON pages
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_emptying();
  `,
  `
  CREATE INDEX messages_by_epoch ON messages (kiosk_id, epoch);
  -- Given by the writer, who holds the lock.
  ALTER TABLE feed_items ALTER COLUMN cursor DROP IDENTITY;
  `,
]
