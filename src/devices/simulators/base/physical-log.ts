import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { PhysicalEvent } from '../control.ts'

export interface PhysicalLog {
  append(event: string, detail?: Readonly<Record<string, unknown>>): PhysicalEvent
  close(): void
}

/** All events of a physical log, oldest first. Empty when the file does not exist yet. */
export function readPhysicalLog(path: string): readonly PhysicalEvent[] {
  return completeLines(path).map((line) => JSON.parse(line) as PhysicalEvent)
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** A line without its line feed is one that a killed simulator did not finish, or is being written now. */
function completeLines(path: string): readonly string[] {
  return textOf(path)
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
}

/** What happened in the world, one JSON object a line; the sequence goes on over restarts. */
export function openPhysicalLog(path: string, now: () => Date = () => new Date()): PhysicalLog {
  let sequence = readPhysicalLog(path).at(-1)?.sequence ?? 0
  const text = textOf(path)
  const file = openSync(path, 'a')
  if (text !== '' && !text.endsWith('\n')) writeSync(file, '\n')
  return {
    append(event, detail = {}) {
      sequence += 1
      const entry: PhysicalEvent = { sequence, at: now().toISOString(), event, ...detail }
      // Synchronous: a test that sees an effect on the wire finds it in the log.
      writeSync(file, `${JSON.stringify(entry)}\n`)
      return entry
    },
    close: () => closeSync(file),
  }
}
