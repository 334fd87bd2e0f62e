import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * Whether a process besides us and our children (socat) has the terminal behind this link open. A real hidraw
 * device drops the reports that nobody listens to; a PTY would keep them for the next one who opens it.
 */
export function isListenedTo(link: string): boolean {
  const terminal = orUndefined(() => readlinkSync(link))
  if (terminal === undefined) return false
  return namesIn('/proc').some(
    (id) =>
      /^\d+$/.test(id) &&
      namesIn(`/proc/${id}/fd`).some(
        (file) => orUndefined(() => readlinkSync(`/proc/${id}/fd/${file}`)) === terminal,
      ) &&
      !isOurs(id),
  )
}

function isOurs(id: string): boolean {
  const us = String(process.pid)
  const status = orUndefined(() => readFileSync(`/proc/${id}/status`, 'utf8'))
  return id === us || /^PPid:\s*(\d+)$/m.exec(status ?? '')?.[1] === us
}

function namesIn(folder: string): readonly string[] {
  return orUndefined(() => readdirSync(folder)) ?? []
}

/** Processes end while we look, and others are not ours to look into. */
function orUndefined<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
