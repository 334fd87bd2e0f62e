import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { failCalls } from '../../support/failing-calls.ts'
import { eventually } from '../../support/journeys.ts'
import type { Machine } from '../../support/machine.ts'
import { liveOneDay } from '../day.ts'

/** All by which a program changes a disk. */
export const changingCalls = [
  ...['openat', 'write', 'writev', 'pwrite64', 'pwritev', 'ftruncate', 'truncate', 'fallocate'],
  ...['fsync', 'fdatasync', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'mkdir'],
]

/** What core asks of its disk within one day, as `call file`, names that are never the same made one. */
export async function callsOfADay(machine: Machine): Promise<ReadonlySet<string>> {
  // Of a first start: room that is laid by, and done without where it cannot be.
  await eventually(async () => existsSync(join(machine.folder, 'kiosk', 'ballast', 'piece-31')))
  const tracing = await failCalls(machine.core.pid() ?? 0, { calls: changingCalls })
  await liveOneDay(machine)
  const seen = tracing.seen()
  await tracing.stop()
  return new Set(seen.flatMap((line) => callIn(line, machine.folder)))
}

function callIn(line: string, folder: string): readonly string[] {
  const call = /^\d+ +(\w+)\(/.exec(line)?.[1]
  const from = line.indexOf(`${folder}/`)
  if (call === undefined || from === -1) return []
  if (call === 'openat' && !/O_CREAT|O_WRONLY|O_RDWR|O_TRUNC/.test(line)) return []
  const path = /^[^">]*/.exec(line.slice(from + folder.length + 1))?.[0] ?? ''
  const file = path.replace(/[0-9a-f]{64}/, 'HASH').replace(/\.\d+\.tmp$/, '.PID.tmp')
  // What the test itself looks at, and what lies in memory.
  return /^(effects\.log|kill-at|scans\/)/.test(file) ? [] : [`${call} ${file}`]
}
