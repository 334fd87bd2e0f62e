import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fsyncFolder } from './fsync-folder.ts'

/** Makes the folder if needed, for its owner only (0700), and its name durable. */
export function privateFolder(folder: string): void {
  const created = mkdirSync(folder, { recursive: true, mode: 0o700 })
  // The umask may have taken bits away, an administrator may have added some.
  chmodSync(folder, 0o700)
  if (created === undefined) return
  for (let at = folder; at.length >= created.length; at = dirname(at)) {
    fsyncFolder(dirname(at))
    if (dirname(at) === at) break
  }
}
