import type { Migration } from './migration.ts'

/** Bags in pieces and paper in millimetres, counted down from the last filling; no row until the first. */
export const supplies: Migration = {
  version: 50,
  name: 'supplies',
  sql: `
CREATE TABLE supply (
  supply TEXT PRIMARY KEY CHECK (supply IN ('bags', 'paper')),
  left_units INTEGER NOT NULL CHECK (left_units >= 0),
  filled_at TEXT NOT NULL,
  staff_id TEXT NOT NULL
) STRICT;
`,
}
