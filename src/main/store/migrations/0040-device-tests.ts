import type { Migration } from './migration.ts'

/** The last test of each device, as a person at the machine ran it. */
export const deviceTests: Migration = {
  version: 40,
  name: 'device tests',
  sql: `
CREATE TABLE device_test (
  device TEXT PRIMARY KEY,
  test TEXT NOT NULL,
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('good', 'bad')),
  detail TEXT NOT NULL,
  staff_id TEXT NOT NULL
) STRICT;
`,
}
