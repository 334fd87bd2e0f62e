import type { Migration } from './migration.ts'

/** What waits for its owner: a finished result, or the papers of a dossier that was refused or withdrawn. */
export const papersGoingBack: Migration = {
  version: 70,
  name: 'papers going back',
  sql: `
ALTER TABLE result ADD COLUMN what TEXT NOT NULL DEFAULT 'result'
  CHECK (what IN ('result', 'papers'));
`,
}
