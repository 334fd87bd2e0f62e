import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditOf } from '../journeys/hostile/openings.ts'
import { startCore } from '../support/core-client.ts'
import { atDoor } from '../support/fault-bench.ts'
import { eventually } from '../support/journeys.ts'
import { coreEntry, type Machine, startMachine } from '../support/machine.ts'

describe('core that crashes over what a device says', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startMachine()
  })
  afterAll(() => machine?.stop())

  it('starts without that device after three crashes, says so, and serves what is left', async () => {
    const { core } = machine
    // A door that opens by itself is marked when the frame that tells of it comes: now that crashes, again and again.
    const db = new Sqlite(join(machine.folder, 'kiosk', 'kiosk.sqlite'))
    db.exec(
      `CREATE TRIGGER broken BEFORE UPDATE ON compartment WHEN new.state = 'suspect'
       BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END`,
    )
    db.close()
    await atDoor(machine, 'openDoor', 3)

    await core.started(4)
    const withoutLocker = JSON.stringify([
      { service: 'intake', available: false, reasons: ['SUSPECTED_CRASH'] },
      { service: 'collection', available: false, reasons: ['SUSPECTED_CRASH'] },
    ])
    await core.until(
      ({ services }) => JSON.stringify(services) === withoutLocker,
      'the machine to say what it lacks, and nothing else',
    )
    expect(core.deaths()).toBe(3)
    expect(core.current().screen.name).toBe('idle')
    expect(auditOf(machine).at(-1)).toMatchObject({ details: expect.stringContaining('locker') })
    await eventually(async () =>
      (await machine.province.messages()).some(
        ({ kind, bytes }) => kind === 'fault' && String(bytes).includes('SUSPECTED_CRASH'),
      ),
    )
    // The reader is not suspect: what is held to it is understood.
    await machine.hold('not a code that anybody knows')
    await core.until(
      ({ screen }) => screen.name === 'idle' && screen.problem === 'unreadable',
      'the reader to be listened to',
    )
    expect(core.deaths()).toBe(3)
  })

  it('takes it in again: the remedy of SUSPECTED_CRASH', async () => {
    // "Read the log, mend it, restart core."
    const db = new Sqlite(join(machine.folder, 'kiosk', 'kiosk.sqlite'))
    db.exec('DROP TRIGGER broken')
    db.close()
    await machine.core.stop()
    const core = startCore({
      entry: coreEntry,
      args: ['--config', machine.configFile],
      environment: machine.environment,
    })
    try {
      await core.until(({ services }) => services.every(({ available }) => available), 'all of it')
    } finally {
      await core.stop()
    }
  })
})
