import type { Migration } from './migration.ts'

/** What the province was last told of clock and disk, as long as it is not well: a restart does not forget it. */
export const toldConditions: Migration = {
  version: 130,
  name: 'told conditions',
  sql: `
CREATE TABLE told_condition (
  device TEXT PRIMARY KEY,
  reason TEXT NOT NULL
) STRICT;
`,
}
