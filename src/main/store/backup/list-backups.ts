import { readdirSync } from 'node:fs'
import { type BackupName, parseBackupName } from './backup-name.ts'

/** The newest first, by the machine's running time. A folder that is not there holds none. */
export function listBackups(folder: string): readonly BackupName[] {
  return namesIn(folder)
    .map(parseBackupName)
    .filter((backup) => backup !== undefined)
    .sort((a, b) => b.runningMs - a.runningMs || b.at.getTime() - a.at.getTime())
}

export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
