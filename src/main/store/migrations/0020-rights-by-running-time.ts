import type { Migration } from './migration.ts'

/**
 * A right ends when the machine has run for so long, not when its wall clock says a date: a clock that jumps
 * must neither take a right away nor bring one back. `expires_at` stays for what people read.
 */
export const rightsByRunningTime: Migration = {
  version: 20,
  name: 'rights by running time',
  sql: `
ALTER TABLE collection_right ADD COLUMN expires_running_ms INTEGER NOT NULL DEFAULT 0;
UPDATE collection_right SET expires_running_ms = (SELECT running_ms FROM kiosk)
  + max(0, CAST((julianday(expires_at) - julianday('now')) * 86400000 AS INTEGER));
`,
}
