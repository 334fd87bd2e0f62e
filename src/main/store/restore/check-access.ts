import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFileName } from '../connection.ts'
import { StoreFault } from '../store-fault.ts'

/** As the operating system has it; `undefined` where files have no owner. */
export const ownUserId: number | undefined = process.getuid?.()

/**
 * A disk that is mounted read-only and files of somebody else are no damage: nothing is restored over them. Throws
 * `StoreFault` REFUSED_OWNER or REFUSED_READ_ONLY with what to do. What does not exist yet is in order.
 */
export function checkAccess(folder: string, userId: number | undefined = ownUserId): void {
  const names = ['', databaseFileName, `${databaseFileName}-wal`, `${databaseFileName}-shm`]
  for (const path of names.map((name) => join(folder, name))) {
    if (!existsSync(path)) continue
    const owner = statSync(path).uid
    if (userId !== undefined && owner !== userId) {
      throw new StoreFault(
        'REFUSED_OWNER',
        `${path} belongs to user ${owner} and core runs as user ${userId}: start core as its own account, or give the folder back to it (chown -R)`,
      )
    }
    try {
      accessSync(path, constants.R_OK | constants.W_OK)
    } catch (error) {
      throw new StoreFault(
        'REFUSED_READ_ONLY',
        `${path} cannot be written: look whether its disk is mounted read-only (a failing one often is), or its mode was changed`,
        error,
      )
    }
  }
}
