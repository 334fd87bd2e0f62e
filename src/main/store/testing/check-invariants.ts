import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect } from 'vitest'
import { databaseFileName } from '../connection.ts'
import { sampleIntakeId } from './sample.ts'

/** States of the test's own model that mean the province must know, or must not. */
const held: readonly string[] = ['deposited', 'slipped']

/**
 * Read from the file by a connection of its own, and told against what the test knows of each dossier (by
 * number), never by the store's own methods.
 */
export function checkInvariants(folder: string, dossiers: ReadonlyMap<number, string>): void {
  const db = new Sqlite(join(folder, databaseFileName), { readonly: true })
  const column = (sql: string, ...values: unknown[]) =>
    db
      .prepare(sql)
      .pluck()
      .all(...values)
  try {
    const live = `state IN ('sealed', 'deposited', 'slipped', 'unknown')`
    const twice = (from: string, by: string, where: string) =>
      column(`SELECT ${by} FROM ${from} WHERE ${where} GROUP BY ${by} HAVING count(*) > 1`)
    expect(twice('dossier', 'bag_code', `state <> 'abandoned'`)).toEqual([])
    const users = `(SELECT compartment FROM dossier WHERE ${live}
      UNION ALL SELECT compartment FROM result WHERE state IN ('assigned', 'stocked', 'expired'))`
    expect(twice(users, 'compartment', '1')).toEqual([])

    // Both directions of "who lies where" agree.
    expect(
      column(`SELECT d.intake_id FROM dossier d LEFT JOIN compartment c ON c.number = d.compartment
        WHERE d.${live} AND c.intake_id IS NOT d.intake_id`),
    ).toEqual([])
    expect(
      column(`SELECT number FROM compartment c WHERE intake_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM dossier d WHERE d.intake_id = c.intake_id AND d.compartment = c.number
          AND d.${live})`),
    ).toEqual([])

    // Lanes are ordered: nothing is acknowledged behind something that is not.
    expect(
      column(`SELECT newer.sequence FROM outbox newer JOIN outbox older
        ON older.lane = newer.lane AND older.sequence < newer.sequence
        WHERE newer.state = 'acknowledged' AND older.state <> 'acknowledged'`),
    ).toEqual([])

    for (const [number, state] of dossiers) {
      const deposits = column(
        `SELECT sequence FROM outbox WHERE kind = 'dossierDeposited' AND lane = ?`,
        sampleIntakeId(number),
      )
      if (held.includes(state)) expect(deposits).toHaveLength(1)
      if (['sealed', 'unlocked', 'abandoned', 'unknown'].includes(state)) {
        expect(deposits).toHaveLength(0)
      }
      // It is the first thing that the province hears in its lane.
      const first = column(
        'SELECT min(sequence) FROM outbox WHERE lane = ?',
        sampleIntakeId(number),
      )
      if (deposits.length > 0) expect(first).toEqual(deposits)
    }
  } finally {
    db.close()
  }
}
