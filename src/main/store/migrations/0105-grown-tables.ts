import type { Migration } from './migration.ts'

/** Years of dossiers, messages and rights must not be read through while somebody waits. */
export const grownTables: Migration = {
  version: 105,
  name: 'grown tables',
  sql: `
CREATE INDEX dossier_any_bag ON dossier (bag_code);
CREATE INDEX dossier_held ON dossier (coalesce(ended_at, sealed_at)) WHERE sealed <> '';
CREATE INDEX outbox_lane ON outbox (lane, sequence);
CREATE INDEX outbox_sealed_sent ON outbox (acknowledged_at)
  WHERE state = 'acknowledged' AND json_extract(payload, '$.body.sealed') <> '';
CREATE INDEX result_state ON result (state);
CREATE INDEX right_valid ON collection_right (number)
  WHERE state = 'valid' AND door = 'closed';
DROP INDEX right_door;
CREATE INDEX right_open_door ON collection_right (number) WHERE door <> 'closed';
DROP INDEX result_announced;
`,
}
