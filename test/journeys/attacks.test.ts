import { generateKeyPairSync, sign } from 'node:crypto'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FeedItem, type FeedKind, staffGrantText } from '../../src/contract/province/feed.ts'
import { openSqliteStore } from '../../src/province/store/sqlite/open-sqlite-store.ts'
import {
  announceResult,
  atDoor,
  badgeIn,
  collectionSms,
  compartmentRow,
  dossierRow,
  fillInByHand,
  idleAndWell,
  paper,
  printed,
  rightState,
  startBench,
  stockResults,
} from '../support/fault-bench.ts'
import {
  deposit,
  eventually,
  finish,
  openDeposit,
  openDoor,
  signOut,
  stock,
} from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { signInOfficer } from '../support/officer.ts'
import { cards } from '../support/people.ts'
import { demoKiosk, demoOfficer, webManager } from '../support/province.ts'
import { allPulses } from './hostile/openings.ts'

/** What the province sends down, as its own store would publish it. */
async function publish<K extends FeedKind>(machine: Machine, kind: K, item: FeedItem<K>) {
  const store = openSqliteStore(machine.province.dataFolder)
  try {
    await store.feed.publish(kind, demoKiosk.id, item, new Date().toISOString())
  } finally {
    await store.close()
  }
}

function kioskDatabase<T>(machine: Machine, work: (db: Sqlite.Database) => T): T {
  const db = new Sqlite(join(machine.folder, 'kiosk', 'kiosk.sqlite'))
  try {
    return work(db)
  } finally {
    db.close()
  }
}

const rightIdOf = (machine: Machine, dossierCode: string): string =>
  kioskDatabase(machine, (db) =>
    String(
      db
        .prepare<[string], string>(
          `SELECT right_id FROM collection_right JOIN result USING (result_id)
           WHERE dossier_code = ? ORDER BY collection_right.number DESC`,
        )
        .pluck()
        .get(dossierCode),
    ),
  )

describe('attacks on what a door needs', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startBench()
  })
  afterAll(() => machine?.stop())

  /** Held to the reader, and core has done with it what it will. */
  async function handled(text: string): Promise<void> {
    const readings = () =>
      machine.effects().filter((effect) => /^after.*frame:reader:read:reading$/.test(effect)).length
    const before = readings()
    await machine.hold(text)
    await eventually(async () => readings() > before)
  }

  async function revoke(dossierCode: string): Promise<void> {
    const id = rightIdOf(machine, dossierCode)
    await publish(machine, 'revocations', { what: 'collectionRight', id })
    await eventually(async () => rightState(machine, dossierCode) === 'revoked')
  }

  it('a right revoked while its door is closed again opens no second time', async () => {
    const { core } = machine
    const [result] = await stockResults(machine, 1)
    if (!result) throw new Error('nothing stocked')
    await machine.hold(result.qr)
    const compartment = await openDoor(machine, 'collectDoor')
    await machine.closeDoor(compartment)
    await core.until(
      ({ screen }) => screen.name === 'collectNotTaken' && screen.canOpenAgain,
      'the offer to open again',
    )
    const before = allPulses(machine)
    await revoke(result.dossierCode)
    await core.until(
      ({ screen }) => screen.name === 'collectNotTaken' && !screen.canOpenAgain,
      'the offer to be taken back',
    )
    await core.touch('collection.openAgain')
    expect(allPulses(machine)).toBe(before)
    expect(core.deaths()).toBe(0)
    await core.touch('collection.finish')
    await idleAndWell(machine)
    await machine.hold(result.qr)
    expect(await core.screen('collectRefused')).toMatchObject({ refusal: 'officerOnly' })
    await core.touch('collection.finish')
    expect(allPulses(machine)).toBe(before)
  })

  it('a right revoked while its door stands open ends with what the hand did', async () => {
    const { core } = machine
    const [result] = await stockResults(machine, 1)
    if (!result) throw new Error('nothing stocked')
    await machine.hold(result.qr)
    const compartment = await openDoor(machine, 'collectDoor')
    await revoke(result.dossierCode)
    await machine.takeItem(compartment)
    await machine.closeDoor(compartment)
    await core.screen('collectDone')
    expect(rightState(machine, result.dossierCode)).toBe('consumed')
    expect(compartmentRow(machine, compartment)).toEqual({ state: 'empty', reason: null })
    await core.touch('collection.finish')
    await idleAndWell(machine)
  })

  it('a door forced after "still inside" is not opened again, and core lives', async () => {
    const { core } = machine
    const [result] = await stockResults(machine, 1)
    if (!result) throw new Error('nothing stocked')
    await machine.hold(result.qr)
    const compartment = await openDoor(machine, 'collectDoor')
    await machine.closeDoor(compartment)
    await core.screen('collectNotTaken')
    await atDoor(machine, 'openDoor', compartment)
    await eventually(async () => compartmentRow(machine, compartment).state === 'suspect')
    const before = allPulses(machine)
    await core.touch('collection.openAgain')
    expect(allPulses(machine)).toBe(before)
    await machine.closeDoor(compartment)
    await core.touch('collection.finish')
    await idleAndWell(machine)
    expect(core.deaths()).toBe(0)
  })

  it('the same QR twice while its door opens is one opening; afterwards it opens nothing', async () => {
    const { core } = machine
    const [result] = await stockResults(machine, 1)
    if (!result) throw new Error('nothing stocked')
    const before = allPulses(machine)
    for (let count = 0; count < 3; count += 1) await handled(result.qr)
    const compartment = await openDoor(machine, 'collectDoor')
    await handled(result.qr)
    await handled(demoOfficer.badge)
    await machine.takeItem(compartment)
    await machine.closeDoor(compartment)
    await core.screen('collectDone')
    await handled(result.qr)
    await core.touch('collection.finish')
    await core.screen('idle')
    await machine.hold(result.qr)
    expect(await core.screen('collectRefused')).toMatchObject({ refusal: 'alreadyTaken' })
    await core.touch('collection.finish')
    await core.screen('idle')
    expect(allPulses(machine)).toBe(before + 1)
  })

  it("an officer's badge means nothing in a citizen's session, and neither does a foreign bag", async () => {
    const { core } = machine
    await idleAndWell(machine)
    await core.touch('session.start', { journey: 'intake' })
    await core.screen('notice')
    await machine.hold(demoOfficer.badge)
    await core.touch('intake.acceptNotice')
    await core.screen('identify')
    // The reader's codes come in order: once the card is read, so was the badge.
    await machine.hold(cards.an)
    await core.until(({ screen, role }) => screen.name === 'identity' && role === 'citizen')
    await core.touch('session.leave')
    await core.screen('idle')
    const bag = await fillInByHand(machine)
    await deposit(machine, bag)
    await finish(machine)

    const second = await fillInByHand(machine)
    await core.touch('session.back')
    await core.screen('bag')
    await machine.hold(bag)
    await core.until(
      ({ screen }) => screen.name === 'bag' && screen.problem === 'bagUsed',
      'the used bag to be refused',
    )
    await machine.hold(second)
    await core.screen('summary')
    await core.touch('session.leave')
    await idleAndWell(machine)
  })

  it('a result is stocked once, whatever is scanned or sent again', async () => {
    const { core } = machine
    const dossierCode = await announceResult(machine)
    await badgeIn(machine)
    const compartment = await stock(machine, dossierCode, 'envelope-once')
    const before = allPulses(machine)
    await machine.hold(dossierCode)
    await core.until(
      ({ screen }) => screen.name === 'stockScan' && screen.problem === 'notOnList',
      'the second stocking to be refused',
    )
    const { resultId } = kioskDatabase(machine, (db) =>
      db
        .prepare<[string], { resultId: string }>(
          'SELECT result_id AS resultId FROM result WHERE dossier_code = ?',
        )
        .get(dossierCode),
    ) ?? { resultId: '' }
    // The same item again, and the same number for another person's result.
    const item = {
      resultId,
      dossierCode,
      procedureCode: '1.001193',
      assurance: 'code',
      phoneConfirmed: true,
      size: 'small',
      keepDays: 10,
    } as const
    await publish(machine, 'results', item)
    await publish(machine, 'results', { ...item, dossierCode: 'H99.01-261122-9999' })
    await eventually(async () =>
      kioskDatabase(machine, (db) =>
        Boolean(db.prepare("SELECT 1 FROM feed_refusal WHERE code = 'CONFLICT'").get()),
      ),
    )
    expect(core.current().screen).toMatchObject({ name: 'stockScan', waiting: [] })
    expect(compartmentRow(machine, compartment)).toEqual({ state: 'stocked', reason: null })
    expect(allPulses(machine)).toBe(before)
    await signOut(machine)
    expect((await collectionSms(machine, dossierCode)).code).toMatch(/^\d{8}$/)
  })

  it('a bag that a late sensor sees after all is not let go as if nothing were inside', async () => {
    const { core } = machine
    const bag = await fillInByHand(machine)
    const compartment = await openDeposit(machine)
    await atDoor(machine, 'sensorDead', compartment, { which: 'item', stuck: 'absent' })
    await machine.putItem(compartment, bag)
    await machine.closeDoor(compartment)
    await core.screen('depositMissing')
    await atDoor(machine, 'sensorDead', compartment, { which: 'item', on: false })
    await eventually(async () =>
      machine.effects().includes('after|depositMissing|frame:locker:read:status:item-in'),
    )
    await core.touch('intake.answerMissing', { inside: false })
    await core.screen('intakeIncident')
    expect(compartmentRow(machine, compartment).state).toBe('unknown')
    expect(dossierRow(machine, bag).state).toBe('unknown')
    await core.touch('intake.finish')
    await idleAndWell(machine)
  })

  it('an officer whose grant is revoked opens no further door, in the middle of the visit', async () => {
    const { core } = machine
    await badgeIn(machine)
    await core.touch('officer.startEmptying')
    const { bags } = await core.screen('emptyList')
    expect(bags.length).toBeGreaterThan(0)
    const before = allPulses(machine)
    const grantId = kioskDatabase(machine, (db) =>
      String(
        db
          .prepare<[string], string>('SELECT grant_id FROM staff_grant WHERE staff_id = ?')
          .pluck()
          .get(demoOfficer.staffId),
      ),
    )
    const manager = await signInOfficer(machine.province.url, webManager)
    await manager.post(`/staff/${grantId}/revoke`)
    await eventually(async () =>
      kioskDatabase(machine, (db) =>
        Boolean(db.prepare('SELECT 1 FROM revoked_grant WHERE grant_id = ?').get(grantId)),
      ),
    )
    await core.touch('officer.openNext')
    await core.screen('idle')
    expect(allPulses(machine)).toBe(before)
    await machine.hold(demoOfficer.badge)
    await core.until(
      ({ screen }) => screen.name === 'idle' && screen.problem === 'readNotWanted',
      'the badge to mean nothing any more',
    )
  })

  it('a grant of one’s own making lets nobody in, and a revoked one that comes again stays revoked', async () => {
    const { core } = machine
    const officer = kioskDatabase(machine, (db) =>
      db
        .prepare<[string], FeedItem<'staff'>>(
          `SELECT grant_id AS grantId, staff_id AS staffId, display_name AS displayName, role,
             badge_hash AS badgeHash, pin_hash AS pinHash, not_before AS notBefore,
             not_after AS notAfter, key_id AS keyId, signature
           FROM staff_grant WHERE staff_id = ?`,
        )
        .get(demoOfficer.staffId),
    )
    if (!officer) throw new Error('no grant to forge')
    const { signature: _, ...unsigned } = { ...officer, grantId: 'forged-1', staffId: 'forged' }
    const forger = generateKeyPairSync('ed25519').privateKey
    const signed = (grant: typeof unsigned): FeedItem<'staff'> => ({
      ...grant,
      signature: sign(null, Buffer.from(staffGrantText(grant)), forger).toString('base64url'),
    })
    // Signed by another key under the name of the right one, and under its own.
    await publish(machine, 'staff', signed(unsigned))
    await publish(machine, 'staff', signed({ ...unsigned, grantId: 'forged-2', keyId: 'own' }))
    // The province's signature over something else.
    await publish(machine, 'staff', { ...officer, grantId: 'forged-3' })
    await publish(machine, 'staff', { ...officer, role: 'technician' })
    await publish(machine, 'staff', { ...officer, notAfter: '2099-01-01T00:00:00.000Z' })
    await eventually(async () =>
      kioskDatabase(
        machine,
        (db) =>
          db
            .prepare<[], number>(
              "SELECT count(*) FROM feed_refusal WHERE kind = 'staff' AND code = 'BAD_SIGNATURE'",
            )
            .pluck()
            .get() === 5,
      ),
    )
    const cursor = () =>
      kioskDatabase(machine, (db) =>
        db.prepare<[], number>("SELECT cursor FROM feed_cursor WHERE kind = 'staff'").pluck().get(),
      ) ?? 0
    const before = cursor()
    await publish(machine, 'staff', officer)
    await eventually(async () => cursor() > before)
    const grants = kioskDatabase(machine, (db) =>
      db.prepare<[], string>('SELECT grant_id FROM staff_grant').pluck().all(),
    )
    expect(grants.filter((grantId) => grantId.startsWith('forged'))).toEqual([])
    await machine.hold(demoOfficer.badge)
    await core.until(
      ({ screen }) => screen.name === 'idle' && screen.problem === 'readNotWanted',
      'the badge to mean nothing still',
    )
  })

  it("a crash brings no earlier person's slip to the next one at the machine", async () => {
    const { core } = machine
    const bag = await fillInByHand(machine)
    const compartment = await openDeposit(machine)
    await machine.putItem(compartment, bag)
    await paper(machine, 'out')
    await machine.closeDoor(compartment)
    const failed = await core.screen('slipFailed')
    await core.touch('intake.finish')
    await core.screen('intakeDone')
    await core.touch('intake.finish')
    await core.screen('idle')
    await paper(machine, 'ok')
    await idleAndWell(machine)
    const slips = printed(machine)

    const starts = core.starts()
    core.kill()
    await core.started(starts + 1)
    await idleAndWell(machine)
    expect(core.current().screen).toMatchObject({ hint: 'holdCardOrBag' })
    expect(JSON.stringify(core.current())).not.toContain(failed.slip.intakeId)
    expect(printed(machine)).toBe(slips)
    expect(dossierRow(machine, bag).state).toBe('deposited')
  })

  it('what was done to the doors while core was away is seen at its start', async () => {
    const { core } = machine
    const bag = await fillInByHand(machine)
    await deposit(machine, bag)
    await finish(machine)
    const doors = await machine.doors()
    const places = {
      bag: doors.find(({ items }) => items.includes(bag))?.compartment ?? 0,
      free: doors.find(({ items, compartment }) => items.length === 0 && isFree(compartment))
        ?.compartment,
    }
    const stocked = kioskDatabase(machine, (db) =>
      db
        .prepare<[], { number: number }>("SELECT number FROM compartment WHERE state = 'stocked'")
        .all(),
    )[0]?.number
    if (places.free === undefined || stocked === undefined) throw new Error('nothing to attack')

    const pid = core.pid() ?? 0
    const starts = core.starts()
    process.kill(pid, 'SIGSTOP')
    for (const compartment of [places.bag, stocked]) {
      await atDoor(machine, 'openDoor', compartment)
      await machine.takeItem(compartment)
      await machine.closeDoor(compartment)
    }
    await atDoor(machine, 'openDoor', places.free)
    await machine.putItem(places.free, 'something')
    await machine.closeDoor(places.free)
    const before = allPulses(machine)
    core.kill()
    await core.started(starts + 1)
    await idleAndWell(machine)

    await eventually(async () => compartmentRow(machine, places.bag).state === 'suspect')
    for (const compartment of [places.bag, stocked, places.free]) {
      await eventually(async () =>
        (await machine.province.messages()).some(
          ({ kind, bytes }) =>
            kind === 'fault' &&
            String(bytes).includes(`"compartment-${compartment}"`) &&
            String(bytes).includes('ITEM_SENSOR_SUSPECT'),
        ),
      )
    }
    const next = await fillInByHand(machine)
    const compartment = await openDeposit(machine)
    expect([places.bag, places.free]).not.toContain(compartment)
    await machine.putItem(compartment, next)
    await machine.closeDoor(compartment)
    await core.screen('intakeDone')
    await finish(machine)
    expect(allPulses(machine)).toBe(before + 1)
  })

  function isFree(compartment: number): boolean {
    return kioskDatabase(machine, (db) =>
      Boolean(
        db
          .prepare(
            "SELECT 1 FROM compartment WHERE number = ? AND kind = 'drop' AND state = 'empty'",
          )
          .get(compartment),
      ),
    )
  }
})
