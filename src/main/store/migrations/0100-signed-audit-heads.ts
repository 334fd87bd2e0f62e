import type { Migration } from './migration.ts'

/** Signatures over rows of the audit chain, each of which stands for all rows before it. */
export const signedAuditHeads: Migration = {
  version: 100,
  name: 'signed audit heads',
  sql: `
CREATE TABLE audit_head (
  sequence INTEGER PRIMARY KEY REFERENCES audit (sequence),
  hash TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  at TEXT NOT NULL,
  key_id TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_head_never_changes BEFORE UPDATE ON audit_head
  BEGIN SELECT RAISE(ABORT, 'signed audit heads never change'); END;
CREATE TRIGGER audit_head_never_shrinks BEFORE DELETE ON audit_head
  BEGIN SELECT RAISE(ABORT, 'signed audit heads are never deleted'); END;
`,
}
