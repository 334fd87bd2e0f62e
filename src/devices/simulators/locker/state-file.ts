import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { DoorState } from './bank.ts'

/** How the doors stood when the simulator ended; a real cabinet forgets nothing in a power cut either. */
export function readDoorStates(path: string | undefined): readonly DoorState[] {
  if (path === undefined) return []
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DoorState[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

export function writeDoorStates(path: string | undefined, states: readonly DoorState[]): void {
  if (path === undefined) return
  const next = `${path}.new`
  writeFileSync(next, JSON.stringify(states))
  renameSync(next, path)
}
