import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFileName } from '../connection.ts'
import { fsyncFolder } from '../fsync-folder.ts'
import { privateFolder } from '../private-folder.ts'
import type { Damage } from './examine-database.ts'

export function damagedFolderOf(dataFolder: string): string {
  return join(dataFolder, 'damaged')
}

/**
 * Moves the database as it was found, with its log, out of the way. Nothing is deleted: what it still holds is a
 * technician's to save. The log goes first: a database without its own log may be whole, one with another's is not.
 * @returns the folder's name; null when there was nothing
 */
export function setAside(dataFolder: string, damage: Damage, at: Date): string | null {
  const names = ['-wal', '-shm', ''].map((suffix) => `${databaseFileName}${suffix}`)
  const found = names.filter((name) => existsSync(join(dataFolder, name)))
  if (found.length === 0) return null
  const name = `${at.toISOString().replaceAll(/[-:.]/g, '')}-${damage.toLowerCase()}`
  const folder = join(damagedFolderOf(dataFolder), name)
  privateFolder(folder)
  for (const file of found) renameSync(join(dataFolder, file), join(folder, file))
  fsyncFolder(folder)
  fsyncFolder(dataFolder)
  return name
}
