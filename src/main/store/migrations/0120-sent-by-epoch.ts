import type { Migration } from './migration.ts'

/** How many messages of each epoch have receipts is compared with what the province holds, once a minute. */
export const sentByEpoch: Migration = {
  version: 120,
  name: 'sent by epoch',
  sql: `
CREATE INDEX outbox_acknowledged ON outbox (epoch, sequence) WHERE state = 'acknowledged';
`,
}
