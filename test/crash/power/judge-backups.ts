import { join } from 'node:path'
import { listBackups } from '../../../src/main/store/backup/list-backups.ts'
import { readBackup } from '../../../src/main/store/backup/read-backup.ts'
import { backupFolderOf } from '../../../src/main/store/migrate.ts'
import { migrations } from '../../../src/main/store/migrations/migrations.ts'
import { diskFolders, type WorldEvent } from './world-event.ts'

const schemas = migrations.map(({ version }) => version)

/** What has a backup's name is one, and the last that counted as made, or a newer one, is on both paths. */
export function judgeBackups(folder: string, world: readonly WorldEvent[]): readonly string[] {
  const { data, secondBackups } = diskFolders(folder)
  const made = world.flatMap((one) => (one.event === 'backup' ? [one.runningMs] : [])).at(-1) ?? -1
  return [backupFolderOf(data), secondBackups].flatMap((at) => {
    const there = listBackups(at)
    const wrong = there.flatMap(({ name }) => {
      try {
        readBackup(join(at, name), schemas)
        return []
      } catch (error) {
        return [`a backup is not whole: ${String(error)}`]
      }
    })
    if ((there[0]?.runningMs ?? -1) < made) wrong.push(`a backup has gone: ${made}`)
    return wrong
  })
}
