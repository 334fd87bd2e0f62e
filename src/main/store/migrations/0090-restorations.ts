import type { Migration } from './migration.ts'

/** Each time a damaged database was set aside: what took its place, and how far the lost one had come. */
export const restorations: Migration = {
  version: 90,
  name: 'restorations',
  sql: `
CREATE TABLE restoration (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  damage TEXT NOT NULL CHECK (damage IN ('MISSING', 'DAMAGED', 'OLDER', 'OTHER')),
  source TEXT,
  set_aside TEXT,
  epoch INTEGER NOT NULL REFERENCES epoch (epoch),
  superseded_sequence INTEGER,
  superseded_hash TEXT
) STRICT;
`,
}
