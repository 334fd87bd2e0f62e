import type { Migration } from './migration.ts'

/**
 * A scanned page is a ciphertext file named by its hash; this row says whose it is. Before its dossier is sealed it
 * belongs to a person (keyed hash), afterwards to a dossier; never to both.
 */
export const pages: Migration = {
  version: 30,
  name: 'pages',
  sql: `
CREATE TABLE page (
  content_hash TEXT PRIMARY KEY CHECK (length(content_hash) = 64),
  position INTEGER NOT NULL,
  kept_running_ms INTEGER NOT NULL,
  -- Until it is sealed into a dossier; null when no card said who scanned it.
  person_hash TEXT,
  -- Of the JPEG inside: goes into the sealed dossier and is forgotten here.
  capture_hash TEXT,
  intake_id TEXT REFERENCES dossier (intake_id),
  CHECK (intake_id IS NULL OR (person_hash IS NULL AND capture_hash IS NULL)),
  CHECK (intake_id IS NOT NULL OR capture_hash IS NOT NULL)
) STRICT;
CREATE INDEX page_of_dossier ON page (intake_id, position);
`,
}
