import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diskFaultOf } from '../../store/disk-fault.ts'
import { takeExclusiveLock } from '../../store/exclusive-lock.ts'
import { privateFolder } from '../../store/private-folder.ts'

export type DataLockResult =
  | { readonly ok: true; release(): void }
  | {
      readonly ok: false
      readonly code: 'DATA_FOLDER_IN_USE'
      readonly holderPid: number | null
      readonly message: string
    }

/**
 * One core a data folder. The operating system holds the lock and drops it with the process, also after
 * SIGKILL; the file beside it only says who holds it.
 */
export function takeDataLock(folder: string): DataLockResult {
  privateFolder(folder)
  const pidFile = join(folder, 'core.pid')
  const lock = takeExclusiveLock(join(folder, 'core.lock'))
  if (lock !== undefined) {
    try {
      writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 })
    } catch (error) {
      // The lock holds without it; a second core then cannot say whose it is.
      if (diskFaultOf(error) === undefined) throw error
    }
    return { ok: true, release: lock.release }
  }
  const holderPid = readPid(pidFile)
  const who = holderPid === null ? 'another process' : `process ${holderPid}`
  return {
    ok: false,
    code: 'DATA_FOLDER_IN_USE',
    holderPid,
    message: `The data folder ${folder} is in use by ${who}: one kiosk core a folder`,
  }
}

function readPid(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim())
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}
