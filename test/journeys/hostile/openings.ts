import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { World } from '../../support/world.ts'

interface Compartment {
  readonly number: number
  readonly kind: 'drop' | 'result'
  readonly board: number
  readonly lock: number
}

/** Pulses that the locks received, by the number on the door, from the physical log. */
export function pulsesByDoor(world: World): ReadonlyMap<number, number> {
  const { compartments } = JSON.parse(readFileSync(world.configFile, 'utf8')) as {
    compartments: readonly Compartment[]
  }
  const pulses = new Map<number, number>()
  for (const { event, board, lock } of world.lockerLog()) {
    if (event !== 'pulse') continue
    const door = compartments.find((one) => one.board === board && one.lock === lock)
    if (!door) throw new Error(`a pulse for lock ${lock} of board ${board}, which has no door`)
    pulses.set(door.number, (pulses.get(door.number) ?? 0) + 1)
  }
  return pulses
}

export function allPulses(world: World): number {
  return [...pulsesByDoor(world).values()].reduce((total, count) => total + count, 0)
}

export const openingEvents: ReadonlySet<string> = new Set([
  'dossier.unlock',
  'collection.unlock',
  'result.assigned',
  'compartment.emptyingUnlock',
  'result.returnUnlock',
  'compartment.lookUnlock',
])

/** Openings on record, by the number on the door: each is written before its pulse. */
export function openingsOnRecord(world: World): ReadonlyMap<number, number> {
  const openings = new Map<number, number>()
  for (const { event, details } of auditOf(world)) {
    if (!openingEvents.has(event)) continue
    const { compartment } = JSON.parse(details) as { compartment: number }
    openings.set(compartment, (openings.get(compartment) ?? 0) + 1)
  }
  return openings
}

export function auditOf(world: World): readonly { event: string; details: string }[] {
  const db = new Sqlite(join(world.folder, 'kiosk', 'kiosk.sqlite'), { readonly: true })
  try {
    return db
      .prepare<[], { event: string; details: string }>(
        'SELECT event, details FROM audit ORDER BY sequence',
      )
      .all()
  } finally {
    db.close()
  }
}
