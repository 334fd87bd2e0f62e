import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { listBackups } from './list-backups.ts'

/**
 * Of these dossiers those whose deposit stands in every backup that a restore may take: none of them would have to
 * come from the journal. None, where a backup cannot be read just now.
 */
export function knownToBackups(
  folders: readonly string[],
  intakeIds: readonly string[],
): readonly string[] {
  let known = intakeIds
  try {
    for (const folder of folders) {
      for (const { name } of listBackups(folder)) known = knownTo(join(folder, name), known)
    }
    return known
  } catch {
    return []
  }
}

function knownTo(path: string, intakeIds: readonly string[]): readonly string[] {
  if (intakeIds.length === 0) return []
  const db = new Sqlite(path, { readonly: true, fileMustExist: true })
  try {
    const isDeposited = db.prepare<[string]>(
      `SELECT 1 FROM dossier WHERE intake_id = ? AND state <> 'sealed'`,
    )
    return intakeIds.filter((intakeId) => isDeposited.get(intakeId) !== undefined)
  } finally {
    db.close()
  }
}
