import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import type { Service } from '../../src/contract/faults.ts'
import type { DoorView, ScreenName } from '../../src/contract/screen.ts'
import type { WireFault } from '../../src/devices/simulators/control.ts'
import { parseSlipQr } from '../../src/main/domain/slip-qr.ts'
import { databaseFileName } from '../../src/main/store/connection.ts'
import {
  chooseProcedure,
  chooseSecret,
  demoProcedure,
  deposit,
  eventually,
  finish,
  holdBag,
  openDeposit,
  openDoor,
  signOut,
  stock,
  toPhone,
} from './journeys.ts'
import { type Machine, type MachineOptions, startMachine } from './machine.ts'
import { cards } from './people.ts'
import { demoOfficer } from './province.ts'

/** For the hook that starts a machine while others of the same file start before it. */
export const startPatienceMs = 180_000

let lastStart: Promise<unknown> = Promise.resolve()

/**
 * The machine with waits that are short for a person and long for a process. Machines of one file start one
 * after another: ten processes that load themselves at once starve each other.
 */
export function startBench(options: MachineOptions = {}): Promise<Machine> {
  const started = lastStart.then(() =>
    startMachine({
      ...options,
      timeouts: { doorBlindMs: 3_000, ...options.timeouts },
      limits: { staffOpeningsPerHour: 1_000, codeAttemptsPerHour: 1_000, ...options.limits },
      printerOptions: { proofTimeoutMs: 5_000, ...options.printerOptions },
      lockerOptions: { openTimeoutMs: 1_000, ...options.lockerOptions },
    }),
  )
  lastStart = started.catch(() => undefined)
  return started
}

// ---------------------------------------------------------------- hands

type Address = { readonly board: number; readonly lock: number }

/** A command of the locker simulator at one door, by the number on it. */
export async function atDoor(
  machine: Machine,
  command: 'jam' | 'coilStuck' | 'sensorDead' | 'openDoor' | 'pullDoor',
  compartment: number,
  args: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const { compartments } = JSON.parse(readFileSync(machine.configFile, 'utf8')) as {
    compartments: readonly (Address & { readonly number: number })[]
  }
  const door = compartments.find(({ number }) => number === compartment)
  if (!door) throw new Error(`no compartment ${compartment}`)
  await machine.locker.control.send(command, { board: door.board, lock: door.lock, ...args })
}

export async function wireFault(
  machine: Machine,
  device: 'locker' | 'printer' | 'reader',
  fault: WireFault,
  on: boolean,
  more: { readonly delayMs?: number } = {},
): Promise<void> {
  await machine[device].control.send('fault', { fault, on, ...more })
}

export async function sight(machine: Machine): Promise<void> {
  await machine.core.until(
    ({ services }) => services.every(({ available }) => available),
    'every service',
  )
}

export async function blindness(machine: Machine): Promise<void> {
  await machine.core.until(
    ({ services }) => services.every(({ available }) => !available),
    'every service to be gone',
  )
}

export async function serviceIs(
  machine: Machine,
  service: Service,
  available: boolean,
): Promise<void> {
  await machine.core.until(
    ({ services }) =>
      services.some((truth) => truth.service === service && truth.available === available),
    `${service} to be ${available ? 'there' : 'away'}`,
  )
}

/** The machine says on its door screen that it cannot see. */
export async function checking(machine: Machine): Promise<void> {
  await doorStep(machine, 'checking')
}

export async function doorStep(machine: Machine, step: DoorView['step']): Promise<void> {
  await machine.core.until(
    ({ screen }) => 'door' in screen && screen.door.step === step,
    `a door that is ${step}`,
  )
}

/** The lock has got so many pulses in all. */
export async function pulsed(machine: Machine, count: number): Promise<void> {
  await eventually(async () => pulses(machine) >= count)
  expect(pulses(machine)).toBe(count)
}

export async function openCover(machine: Machine, on: boolean): Promise<void> {
  await machine.printer.control.send('openCover', { on })
}

export async function paper(machine: Machine, state: 'ok' | 'out'): Promise<void> {
  await machine.printer.control.send('paper', { state })
}

// ---------------------------------------------------------------- people

export const secret = '135246'

/** From idle to the summary without a phone: no SMS is waited for. */
export async function fillInByHand(machine: Machine): Promise<string> {
  await fillInToBag(machine)
  return holdBag(machine)
}

export async function fillInToBag(machine: Machine): Promise<void> {
  const { core } = machine
  await idleAndWell(machine)
  await toPhone(machine, cards.an)
  await chooseSecret(machine, secret)
  await chooseProcedure(machine, demoProcedure)
  const { screen } = await core.until((now) => /^(scanOffer|bag)$/.test(now.screen.name), 'the bag')
  if (screen.name === 'scanOffer') await core.touch('scan.skip')
  await core.screen('bag')
}

/** Every service is back by itself and nobody stands before the machine. */
export async function idleAndWell(machine: Machine): Promise<void> {
  await machine.core.until(
    ({ screen, services }) => screen.name === 'idle' && services.every((one) => one.available),
    'idle, with every service',
  )
}

export async function badgeIn(machine: Machine): Promise<void> {
  await idleAndWell(machine)
  await eventually(async () => {
    await machine.hold(demoOfficer.badge)
    return machine.core.current().screen.name === 'staffPin'
  })
  await machine.core.type(demoOfficer.pin)
  await machine.core.screen('staffMenu')
}

export interface ListedBag {
  readonly bagCode: string
  readonly state: 'deposited' | 'unknown' | 'suspect'
}

/**
 * An officer takes out every bag of the list, one door at a time, and the compartments are free again.
 * Returns the list as it was found, without the bags of earlier cells' making.
 */
export async function emptyEverything(
  machine: Machine,
  enter: (machine: Machine) => Promise<void> = badgeIn,
): Promise<readonly ListedBag[]> {
  const { core } = machine
  await enter(machine)
  await core.touch('officer.startEmptying')
  const { bags } = await core.screen('emptyList')
  for (let left = bags.length; left > 0; left -= 1) {
    await core.until(
      ({ screen }) => screen.name === 'emptyList' && screen.bags.length === left,
      `${left} bags on the list`,
    )
    await core.touch('officer.openNext')
    const compartment = await openDoor(machine, 'emptyDoor')
    const bag = await machine.takeItem(compartment)
    await machine.hold(bag)
    await core.until(
      ({ screen }) => screen.name === 'emptyDoor' && screen.bagSettled,
      'the bag to be scanned',
    )
    await machine.closeDoor(compartment)
    await core.until(({ screen }) => screen.name === 'emptyList', 'the list')
    expect(compartmentRow(machine, compartment)).toEqual({ state: 'empty', reason: null })
  }
  await signOut(machine)
  return bags.map(({ bagCode, state }) => ({ bagCode, state }))
}

/** From the summary to the closed door with the bag behind it; what the slip does is the caller's. */
export async function depositUpToSlip(machine: Machine, bag: string): Promise<number> {
  const compartment = await openDeposit(machine)
  await machine.putItem(compartment, bag)
  await doorStep(machine, 'closeDoor')
  await machine.closeDoor(compartment)
  return compartment
}

/** The next citizen after a fault: a whole intake, slip in hand. */
export async function serveNext(machine: Machine): Promise<string> {
  const bag = await fillInByHand(machine)
  await deposit(machine, bag)
  await finish(machine)
  return bag
}

export interface StockedResult {
  readonly dossierCode: string
  readonly compartment: number
  readonly envelope: string
  readonly qr: string
  /** Digits of the SMS. */
  readonly code: string
}

/** An officer stocks so many results; the province has told their owners. */
export async function stockResults(
  machine: Machine,
  count: number,
): Promise<readonly StockedResult[]> {
  const codes: string[] = []
  for (let index = 0; index < count; index += 1) codes.push(await announceResult(machine))
  await badgeIn(machine)
  const lying: { dossierCode: string; compartment: number; envelope: string }[] = []
  for (const dossierCode of codes) {
    const envelope = `envelope of ${dossierCode}`
    lying.push({
      dossierCode,
      envelope,
      compartment: await stock(machine, dossierCode, envelope),
    })
  }
  await signOut(machine)
  return Promise.all(
    lying.map(async (one) => ({ ...one, ...(await collectionSms(machine, one.dossierCode)) })),
  )
}

/** Holds a code to the reader at the idle screen until the machine has taken it. */
export async function holdUntil(machine: Machine, text: string, screen: ScreenName): Promise<void> {
  await machine.hold(text)
  await machine.core.screen(screen)
}

let results = 0

/** A result that the province sends to this machine for an officer to stock; its code alone opens. */
export async function announceResult(
  machine: Machine,
  { phone = '0900000303', assurance = 'code' as const, confirmed = true } = {},
): Promise<string> {
  results += 1
  const dossierCode = `H98.07-260101-${String(results).padStart(4, '0')}`
  const officer = await machine.province.officer()
  const sent = await officer.sendTypedResult({
    dossierCode,
    procedureCode: demoProcedure,
    phone,
    assurance,
    ...(confirmed ? { phoneConfirmed: 'yes' as const } : {}),
  })
  if (sent.outcome !== 'sent') throw new Error(`the result was not sent: ${sent.outcome}`)
  return dossierCode
}

/** The one-time QR and the digits that the province sent for a result. */
export async function collectionSms(
  machine: Machine,
  dossierCode: string,
): Promise<{ readonly qr: string; readonly code: string }> {
  let found: { qr: string; code: string } | undefined
  await eventually(async () => {
    const sms = (await machine.province.sms()).find(
      ({ purpose, text }) => purpose === 'collection' && text.includes(dossierCode),
    )
    if (sms) found = { qr: sms.qr ?? '', code: /\b(\d{8})\b/.exec(sms.text)?.[1] ?? '' }
    return found !== undefined
  })
  if (!found) throw new Error(`no SMS about ${dossierCode}`)
  return found
}

// ---------------------------------------------------------------- what can be seen

export const pulses = (machine: Machine): number =>
  machine.lockerLog().filter(({ event }) => event === 'pulse').length

/** Complete pieces of paper that came out: slips and incident notes. */
export const printed = (machine: Machine): number =>
  machine.printerLog().filter(({ event }) => event === 'printed').length

export async function messagesOf(machine: Machine, lane: string): Promise<readonly string[]> {
  const messages = await machine.province.messages()
  return messages.filter((message) => message.lane === lane).map(({ kind }) => kind)
}

export async function provinceGot(
  machine: Machine,
  kind: string,
  having: (body: Record<string, unknown>) => boolean = () => true,
): Promise<void> {
  await eventually(async () =>
    (await machine.province.messages()).some(
      (message) => message.kind === kind && having(JSON.parse(String(message.bytes)).body),
    ),
  )
}

/** Everything that core has to tell the province has its receipt: only now does a missing message mean anything. */
export async function provinceKnowsAll(machine: Machine): Promise<void> {
  await eventually(async () => {
    const { waiting } = readRow<{ waiting: number }>(
      machine,
      "SELECT count(*) AS waiting FROM outbox WHERE state IN ('pending', 'sending') AND ? = 1",
      1,
    )
    return waiting === 0
  })
}

export interface Row {
  readonly state: string
  readonly reason: string | null
}

/** Rows as core committed them; only for what neither screen nor province tells. */
export function compartmentRow(machine: Machine, number: number): Row {
  return readRow(machine, 'SELECT state, reason FROM compartment WHERE number = ?', number)
}

export function dossierRow(machine: Machine, bagCode: string): Row & { readonly intakeId: string } {
  return readRow(
    machine,
    'SELECT state, reason, intake_id AS intakeId FROM dossier WHERE bag_code = ? ORDER BY rowid DESC',
    bagCode,
  )
}

export function resultRow(machine: Machine, dossierCode: string): Row {
  return readRow(
    machine,
    'SELECT state, NULL AS reason FROM result WHERE dossier_code = ?',
    dossierCode,
  )
}

export function rightState(machine: Machine, dossierCode: string): string {
  return readRow<{ state: string }>(
    machine,
    `SELECT collection_right.state FROM collection_right JOIN result USING (result_id)
     WHERE dossier_code = ?`,
    dossierCode,
  ).state
}

function readRow<T>(machine: Machine, sql: string, parameter: string | number): T {
  const db = new Database(join(machine.folder, 'kiosk', databaseFileName), { readonly: true })
  try {
    const row = db.prepare<[string | number], T>(sql).get(parameter)
    if (row === undefined) throw new Error(`no row for ${parameter}`)
    return row
  } finally {
    db.close()
  }
}

/**
 * Truth 1 from paper, doors and province alone: every slip names one dossier of the province, every dossier
 * there was deposited once, and its bag lies behind exactly one door unless an officer took it.
 */
export async function expectTruths(
  machine: Machine,
  takenOut: readonly string[] = [],
): Promise<void> {
  const named = (await machine.slipQrs())
    .filter((qr) => qr !== '')
    .map((qr) => parseSlipQr(qr)?.intakeId ?? qr)
  await eventually(async () => {
    const known = (await machine.province.dossiers()).map(({ intakeId }) => intakeId)
    return named.every((intakeId) => known.includes(intakeId))
  })
  const dossiers = await machine.province.dossiers()
  expect(new Set(dossiers.map(({ intakeId }) => intakeId)).size).toBe(dossiers.length)
  expect(new Set(dossiers.map(({ bagCode }) => bagCode)).size).toBe(dossiers.length)
  const doors = await machine.doors()
  for (const { bagCode } of dossiers) {
    const inside = doors.filter(({ items }) => items.includes(bagCode)).length
    expect({ bagCode, inside }).toEqual({ bagCode, inside: takenOut.includes(bagCode) ? 0 : 1 })
  }
}
