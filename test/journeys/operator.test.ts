import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IntentPath } from '../../src/contract/intent.ts'
import type { ScreenName } from '../../src/contract/screen.ts'
import type { QueueRow } from '../../src/contract/screens/operator.ts'
import { makeIntakeId } from '../../src/main/domain/intake-id.ts'
import { deposit, eventually, fillIn, finish, touchOn } from '../support/journeys.ts'
import { depositMessage, kioskClient, syntheticDossier } from '../support/kiosk-client.ts'
import { type Machine, startMachine } from '../support/machine.ts'
import { demoKiosk, demoOfficer, demoOperator } from '../support/province.ts'
import { auditOf } from './hostile/openings.ts'

let machine: Machine

beforeAll(async () => {
  machine = await startMachine()
  // Badges come down the feed: from here on they are known, province or not.
  const db = new Sqlite(join(machine.folder, 'kiosk', 'kiosk.sqlite'), { readonly: true })
  const grants = db.prepare<[], number>('SELECT count(*) FROM staff_grant').pluck()
  await eventually(async () => (grants.get() ?? 0) >= 2)
  db.close()
})
afterAll(() => machine.stop())

async function signInOperator(): Promise<void> {
  const { core } = machine
  await core.screen('idle')
  await machine.hold(demoOperator.badge)
  await core.screen('staffPin')
  await core.type(demoOperator.pin)
  await core.screen('queue')
}

const on = (screen: ScreenName, path: IntentPath, input: object = {}) =>
  touchOn(machine, screen, path, input)

/** The row of a dossier's own message, as the list shows it. */
async function rowOf(intakeId: string, wanted: (row: QueueRow) => boolean): Promise<QueueRow> {
  let found: QueueRow | undefined
  await machine.core.until(({ screen }) => {
    if (screen.name !== 'queue') return false
    found = screen.rows.find(
      (row) => row.lane === intakeId && row.kind === 'dossierDeposited' && wanted(row),
    )
    return found !== undefined
  }, `${intakeId} in the queue`)
  if (!found) throw new Error('no row')
  return found
}

/** Hands a bag in while the province is away. */
async function depositOffline(): Promise<string> {
  const bag = await fillIn(machine)
  await machine.province.kill()
  const intakeId = await deposit(machine, bag)
  await finish(machine)
  return intakeId
}

async function park(intakeId: string): Promise<void> {
  const { key } = await rowOf(intakeId, ({ state }) => state === 'pending')
  await on('queue', 'operator.inspect', { key })
  // It may just be on its way in vain: then there is nothing to do with it for a moment.
  await machine.core.until(
    ({ screen }) => screen.name === 'queueMessage' && screen.actions.includes('park'),
  )
  await on('queueMessage', 'operator.park')
  await on('queueReason', 'operator.giveReason', { reason: 'holdBack' })
  await machine.core.until(
    ({ screen }) => screen.name === 'queueMessage' && screen.row.state === 'parked',
    'the message to be parked',
  )
}

const atProvince = async (intakeId: string) =>
  (await machine.province.messages())
    .filter(({ lane }) => lane === intakeId)
    .map(({ kind }) => kind)

it('shows what waits and why; parked by hand it does not go, released it does', async () => {
  const { core } = machine
  const intakeId = await depositOffline()
  await signInOperator()
  await rowOf(intakeId, ({ attempts }) => attempts > 0)
  await core.until(({ screen }) => screen.name === 'queue' && screen.province.state === 'offline')
  await park(intakeId)
  await machine.province.restart()
  await on('queueMessage', 'session.back')
  await on('queue', 'operator.retryAll')
  await core.until(({ screen }) => screen.name === 'queue' && screen.province.state === 'online')
  // The lane waits behind it, and nothing else does.
  await core.until(({ screen }) => screen.name === 'queue' && screen.counts.pending === 1)
  expect(await atProvince(intakeId)).toEqual([])

  const { key } = await rowOf(intakeId, ({ state }) => state === 'parked')
  await on('queue', 'operator.inspect', { key })
  await on('queueMessage', 'operator.release')
  await on('queueReason', 'operator.giveReason', { reason: 'provinceReady' })
  await eventually(async () => (await atProvince(intakeId)).length === 2)
  expect(await atProvince(intakeId)).toEqual(['dossierDeposited', 'slipPrinted'])
  const acts = auditOf(machine).filter(({ event }) => /parkedByHand|released/.test(event))
  expect(acts.map(({ event, details }) => [event, JSON.parse(details)])).toEqual([
    ['message.parkedByHand', expect.objectContaining({ staffId: demoOperator.staffId })],
    ['message.released', expect.objectContaining({ reason: 'provinceReady' })],
  ])
  await core.touch('session.leave')
  await core.screen('idle')
})

it('handed over by hand it takes a second person, is never sent, and its lane goes on', async () => {
  const { core } = machine
  const intakeId = await depositOffline()
  await signInOperator()
  await park(intakeId)
  await on('queueMessage', 'operator.handOver')
  await core.screen('queueHandOver')
  await core.type('H99.01-261126-0001')
  await core.screen('queueSecond')
  await machine.hold(demoOperator.badge)
  await core.until(
    ({ screen }) => screen.name === 'queueSecond' && screen.problem === 'secondIsFirst',
    'the same person to be refused',
  )
  await machine.hold(demoOfficer.badge)
  await core.screen('queueSecondPin')
  await core.type('000000')
  await core.until(
    ({ screen }) => screen.name === 'queueSecondPin' && screen.problem === 'pinWrong',
    'a wrong PIN to be refused',
  )
  await core.type(demoOfficer.pin)
  await core.until(
    ({ screen }) => screen.name === 'queueMessage' && screen.row.state === 'deliveredByHand',
    'the hand-over',
  )
  expect(core.current().screen).toMatchObject({ actions: [] })

  await machine.province.restart()
  await on('queueMessage', 'session.back')
  await on('queue', 'operator.retryAll')
  await eventually(async () => (await atProvince(intakeId)).includes('slipPrinted'))
  expect(await atProvince(intakeId)).toEqual(['slipPrinted'])
  const [act] = auditOf(machine).filter(({ event }) => event === 'message.deliveredByHand')
  expect(JSON.parse(act?.details ?? '{}')).toMatchObject({
    staffId: demoOperator.staffId,
    secondStaffId: demoOfficer.staffId,
    officialCode: 'H99.01-261126-0001',
  })

  await on('queue', 'operator.exportCsv')
  const { screen } = await core.until(
    (now) => now.screen.name === 'queue' && now.screen.exported !== null,
    'the export',
  )
  if (screen.name !== 'queue' || !screen.exported) throw new Error('no export')
  const lines = readFileSync(screen.exported.file, 'utf8').trimEnd().split('\r\n')
  expect(lines).toHaveLength(screen.exported.rows + 1)
  const row = lines.find((line) => line.includes(`dossierDeposited,${intakeId}`))
  expect(row).toContain('deliveredByHand')
  await core.touch('session.leave')
  await core.screen('idle')
})

/** The province holds a dossier of the number that comes next: it answers 422 to this machine's own. */
async function occupyNextNumber(): Promise<{ intakeId: string; key: string }> {
  const db = new Sqlite(join(machine.folder, 'kiosk', 'kiosk.sqlite'), { readonly: true })
  const last = db.prepare<[], number>('SELECT last_intake_number FROM epoch').pluck().get() ?? 0
  db.close()
  const { province } = machine
  const intakeId = makeIntakeId({ kioskId: demoKiosk.id, epoch: 1, number: last + 1 })
  const dossier = syntheticDossier(intakeId)
  const message = await depositMessage(province.published.ageRecipient, dossier, {
    sequence: 9_999,
  })
  expect((await kioskClient(province.url, demoKiosk).send(message)).status).toBe(200)
  return { intakeId, key: message.key }
}

it('parked by a province that answers 422 it goes again when released, and never once handed over', async () => {
  const { core } = machine
  const bag = await fillIn(machine)
  const occupied = await occupyNextNumber()
  const intakeId = await deposit(machine, bag)
  expect(intakeId).toBe(occupied.intakeId)
  await finish(machine)
  await signInOperator()
  const row = await rowOf(intakeId, ({ state }) => state === 'parked')
  expect(row).toMatchObject({ answer: 'DOSSIER_EXISTS', attempts: 1 })
  const next = core.current().screen
  expect(next).toMatchObject({ rows: [{}, { lane: intakeId, behind: true, attempts: 0 }] })

  await on('queue', 'operator.inspect', { key: row.key })
  await on('queueMessage', 'operator.release')
  await on('queueReason', 'operator.giveReason', { reason: 'mended' })
  await core.until(
    ({ screen }) =>
      screen.name === 'queueMessage' && screen.row.state === 'parked' && screen.row.attempts === 2,
    'the province to refuse it again',
  )

  await on('queueMessage', 'operator.handOver')
  await core.screen('queueHandOver')
  await core.type('H99.01-261126-0002')
  await core.screen('queueSecond')
  await machine.hold(demoOfficer.badge)
  await core.screen('queueSecondPin')
  await core.type(demoOfficer.pin)
  await core.until(
    ({ screen }) => screen.name === 'queueMessage' && screen.row.state === 'deliveredByHand',
    'the hand-over',
  )
  // The lane goes on by itself; what was handed over has its two attempts and no third.
  await eventually(async () => (await atProvince(intakeId)).includes('slipPrinted'))
  await on('queueMessage', 'session.back')
  await on('queue', 'operator.retryAll')
  await core.until(({ screen }) => screen.name === 'queue' && screen.counts.pending === 0)
  await on('queue', 'operator.inspect', { key: row.key })
  await core.until(
    ({ screen }) => screen.name === 'queueMessage' && screen.row.state === 'deliveredByHand',
  )
  expect(core.current().screen).toMatchObject({ row: { attempts: 2 } })
  const keys = (await machine.province.messages()).map(({ key }) => key)
  expect(keys).toContain(occupied.key)
  expect(keys).not.toContain(row.key)
  await core.touch('session.leave')
  await core.screen('idle')
})
