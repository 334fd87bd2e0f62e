import type { Migration } from './migration.ts'

/** Who handed in with the controls in reach gets the result out of a door in reach. */
export const lowDoors: Migration = {
  version: 80,
  name: 'low doors',
  sql: `
ALTER TABLE dossier ADD COLUMN low_door INTEGER NOT NULL DEFAULT 0 CHECK (low_door IN (0, 1));
`,
}
