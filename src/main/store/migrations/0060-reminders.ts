import type { Migration } from './migration.ts'

/** Whether the holder of a right was reminded, or never need be because it was valid for so short a time. */
export const reminders: Migration = {
  version: 60,
  name: 'reminders',
  sql: `
ALTER TABLE collection_right ADD COLUMN reminded INTEGER NOT NULL DEFAULT 0
  CHECK (reminded IN (0, 1));
`,
}
