import { execFileSync } from 'node:child_process'
import { expect } from 'vitest'
import type { HostedMachine } from '../support/hosted-machine.ts'
import {
  chooseProcedure,
  demoProcedure,
  deposit,
  finish,
  holdBag,
  lastPhoneCode,
  openDeposit,
  openDoor,
  resultFor,
  signOut,
  smsTo,
  stock,
  toRelation,
} from '../support/journeys.ts'
import { pagesAtProvince, papers } from '../support/pages-pdf.ts'
import { demoOfficer } from '../support/province.ts'
import { an, binh, child, cuc, typedWrongly } from './planted-people.ts'
import type { Plant } from './search.ts'

/** Of the demo's configuration. */
const demoTechnician = { badge: 'MCB1*DEMO-TECHNICIAN-01', pin: '246810' } as const

/** What the day brought forth that must be found nowhere either: codes, one-time QRs, credentials. */
export interface PlantedDay {
  readonly secrets: readonly Plant[]
  /** Digits of a right that is still valid. */
  readonly liveCode: string
  readonly liveQr: string
  /** Of the applicant without a phone: the secret belongs to it. */
  readonly secretIntakeId: string
  /** Slices of the pages that An scanned, as the officer sees them. */
  readonly pages: readonly Plant[]
  /** What a technician took along, unpacked. */
  readonly supportBundle: Buffer
}

/**
 * A day with everything that people say to a machine: cards, typed names, phones, codes right and wrong, a
 * secret, PINs, papers through the scanner; crashes with pages on the screen and with a bag behind the door, no
 * paper, no network; and a support bundle at its end. The machine has a scanner.
 */
export async function livePlantedDay(machine: HostedMachine): Promise<PlantedDay> {
  const { core } = machine
  const secrets: Plant[] = []

  await toContact(machine, an.card, 'child')
  await core.screen('phone')
  await core.type(an.phone)
  await core.until(({ screen }) => screen.name === 'phoneCode' && !screen.sending, 'the SMS')
  await core.type(typedWrongly.phoneCode)
  await core.until(
    ({ screen }) => screen.name === 'phoneCode' && screen.problem === 'phoneCodeWrong',
    'the refusal',
  )
  const phoneCode = await lastPhoneCode(machine, an.phone)
  secrets.push({ what: 'the SMS code', text: phoneCode })
  await core.type(phoneCode)
  await chooseProcedure(machine, demoProcedure)
  await scanTwoPages(machine)
  const intakeId = await depositWithCrash(machine, await holdBag(machine))

  const secretIntakeId = await handInWithSecret(machine)
  await crashWithPagesOnScreen(machine)
  await handInOffline(machine)

  const dossierCode = await resultFor(machine, intakeId)
  await signInAfterWrongPin(machine)
  await stock(machine, dossierCode, 'envelope-1')
  await signOut(machine)
  const sms = await smsTo(machine, an.phone, ({ qr }) => qr !== null)
  const code = /\b(\d{8})\b/.exec(sms.text)?.[1] ?? ''
  secrets.push({ what: 'the collection code', text: code }, ...qrPlants('the QR', sms.qr ?? ''))
  await collectByCode(machine, code)

  const secondCode = await resultFor(machine, secretIntakeId, 'codeAndProof')
  await signInAfterWrongPin(machine)
  await stock(machine, secondCode, 'envelope-2')
  await signOut(machine)
  await collectBySecret(machine, secretIntakeId)

  const live = await leaveSomethingStocked(machine)
  secrets.push(
    { what: 'a live collection code', text: live.code },
    ...qrPlants('a live QR', live.qr),
    { what: 'a PIN', text: demoOfficer.pin },
    { what: 'a badge', text: demoOfficer.badge },
  )
  await machine.hold(an.card)
  await machine.hold(`MC1*${an.name}*broken`)
  await core.screen('idle')
  return {
    secrets,
    liveCode: live.code,
    liveQr: live.qr,
    secretIntakeId,
    pages: await pagePlants(machine, intakeId),
    supportBundle: await takeSupportBundle(machine),
  }
}

async function insertSheets(machine: HostedMachine): Promise<void> {
  await machine.atScanner('takeOut')
  const sheets = [papers.yellow, papers.blue].map((paper) => ({ kind: 'form', paper }))
  await machine.atScanner('insert', { sheets })
}

async function scanSheets(machine: HostedMachine): Promise<void> {
  await insertSheets(machine)
  await machine.core.screen('scanOffer')
  await machine.core.touch('scan.start')
  await machine.core.until(
    ({ screen }) =>
      screen.name === 'scanReview' &&
      screen.pages.length === 2 &&
      screen.pages.every(({ state }) => state !== 'arriving'),
    'two pages to look at',
  )
}

/** Core dies while somebody looks at pages that are not sealed yet: they lie in memory, and are gone. */
async function crashWithPagesOnScreen(machine: HostedMachine): Promise<void> {
  const { core } = machine
  const deaths = core.deaths()
  await toContact(machine, binh.card, 'self')
  await core.screen('phone')
  await core.touch('intake.noPhone')
  await core.screen('secret')
  await core.type(binh.secret)
  await core.until(({ screen }) => screen.name === 'secret' && screen.repeat, 'the second time')
  await core.type(binh.secret)
  await chooseProcedure(machine, demoProcedure)
  await scanSheets(machine)
  core.kill()
  await core.started(deaths + 2)
  await core.until(
    ({ screen, services }) =>
      screen.name === 'idle' && services.every(({ available }) => available),
    'the machine to serve again',
  )
}

async function scanTwoPages(machine: HostedMachine): Promise<void> {
  await scanSheets(machine)
  await machine.core.touch('scan.accept')
}

async function skipScan(machine: HostedMachine): Promise<void> {
  await machine.core.screen('scanOffer')
  await machine.core.touch('scan.skip')
}

const sliceBytes = 48

/** From the middle of each picture, where no header repeats. */
async function pagePlants(machine: HostedMachine, intakeId: string): Promise<readonly Plant[]> {
  const pages = await pagesAtProvince(machine.province, intakeId)
  return pages.map((jpeg, at) => {
    const middle = Math.floor(jpeg.length / 2)
    const bytes = Buffer.from(jpeg.subarray(middle, middle + sliceBytes))
    return { what: `page ${at + 1} in the clear`, bytes }
  })
}

async function takeSupportBundle(machine: HostedMachine): Promise<Buffer> {
  const { core } = machine
  await core.screen('idle')
  await machine.hold(demoTechnician.badge)
  await core.screen('staffPin')
  await core.type(demoTechnician.pin)
  await core.screen('devices')
  await core.touch('technician.writeBundle')
  const { screen } = await core.until(
    (now) => now.screen.name === 'supportBundle' && now.screen.state === 'safeToRemove',
    'the bundle',
  )
  if (screen.name !== 'supportBundle' || screen.file === null) throw new Error('no bundle')
  await core.touch('session.leave')
  await core.screen('idle')
  return execFileSync('tar', ['-xzOf', screen.file])
}

function qrPlants(what: string, qr: string): readonly Plant[] {
  return [
    { what, text: qr },
    { what: `${what}'s token`, text: qr.split('*').at(-1) ?? '' },
  ]
}

async function toContact(machine: HostedMachine, card: string, relation: 'child' | 'self') {
  const { core } = machine
  await toRelation(machine, card)
  await core.touch('intake.chooseRelation', { relation })
  if (relation === 'self') return
  await core.screen('owner')
  await core.touch('intake.typeOwner')
  await core.screen('ownerTyped')
  await core.type(child.name)
  await core.until(
    ({ screen }) => screen.name === 'ownerTyped' && screen.input.field === 'ownerIdNumber',
    "the child's number to be asked",
  )
  await core.type(child.idNumber)
}

/** Core dies right after the bag is on record, before any paper: the slip comes from its next life. */
async function depositWithCrash(machine: HostedMachine, bag: string): Promise<string> {
  const { core } = machine
  const deaths = core.deaths()
  machine.killAt('after|depositDoor|fsync:journal')
  const compartment = await openDeposit(machine)
  await machine.putItem(compartment, bag)
  await core.until(
    ({ screen }) => screen.name === 'depositDoor' && screen.door.step === 'closeDoor',
    'the bag to be seen',
  )
  await machine.closeDoor(compartment)
  // The printer may not be back yet when core is: then the slip is asked for.
  const after = await core.until(
    ({ screen }) =>
      screen.name === 'intakeDone' || (screen.name === 'slipFailed' && screen.canPrintAgain),
    'the slip, or its failure',
  )
  if (after.screen.name === 'slipFailed') await core.touch('intake.printAgain')
  const done = await core.screen('intakeDone')
  expect(core.deaths()).toBe(deaths + 1)
  await finish(machine)
  return done.slips[0]?.intakeId ?? ''
}

async function handInWithSecret(machine: HostedMachine): Promise<string> {
  const { core } = machine
  await toContact(machine, binh.card, 'self')
  await core.screen('phone')
  await core.touch('intake.noPhone')
  await core.screen('secret')
  await core.type(binh.secret)
  await core.until(({ screen }) => screen.name === 'secret' && screen.repeat, 'the second time')
  await core.type(binh.secret)
  await chooseProcedure(machine, demoProcedure)
  await skipScan(machine)
  const intakeId = await deposit(machine, await holdBag(machine))
  await finish(machine)
  return intakeId
}

/** No network; and the paper is out just when the slip should come: an SMS is queued, the slip comes later. */
async function handInOffline(machine: HostedMachine): Promise<void> {
  const { core, province } = machine
  await province.kill()
  await core.screen('idle')
  await core.touch('session.start', { journey: 'intake' })
  await core.screen('notice')
  await core.touch('intake.acceptNotice')
  await core.screen('identify')
  await core.touch('intake.typeIdentity', { method: 'passport' })
  await core.screen('identifyTyped')
  await core.type(cuc.passport)
  await core.until(
    ({ screen }) => screen.name === 'identifyTyped' && screen.input.field === 'applicantName',
    'the name to be asked',
  )
  await core.type(cuc.name)
  await core.screen('identity')
  await core.touch('intake.confirmIdentity')
  await core.screen('relation')
  await core.touch('intake.chooseRelation', { relation: 'self' })
  await core.screen('phone')
  await core.type(cuc.phone)
  await core.screen('phoneAgain')
  await core.type(cuc.phone)
  await chooseProcedure(machine, demoProcedure)
  await skipScan(machine)
  const bag = await holdBag(machine)
  const compartment = await openDeposit(machine)
  await machine.putItem(compartment, bag)
  await machine.printer.control.send('paper', { state: 'out' })
  await machine.closeDoor(compartment)
  const failed = await core.screen('slipFailed')
  expect(failed.smsQueued).toBe(true)
  await machine.printer.control.send('paper', { state: 'ok' })
  await core.until(({ screen }) => screen.name === 'slipFailed' && screen.canPrintAgain, 'paper')
  await core.touch('intake.printAgain')
  await core.screen('intakeDone')
  await finish(machine)
  await province.restart()
}

async function signInAfterWrongPin(machine: HostedMachine): Promise<void> {
  const { core } = machine
  await core.screen('idle')
  await machine.hold(demoOfficer.badge)
  await core.screen('staffPin')
  await core.type(typedWrongly.pin)
  await core.until(
    ({ screen }) => screen.name === 'staffPin' && screen.problem === 'pinWrong',
    'the refusal',
  )
  await core.type(demoOfficer.pin)
  await core.screen('staffMenu')
}

async function collectByCode(machine: HostedMachine, code: string): Promise<void> {
  const { core } = machine
  const enter = async (digits: string) => {
    await core.screen('idle')
    await core.touch('session.start', { journey: 'collection' })
    await core.screen('collect')
    await core.touch('collection.typeCode')
    await core.screen('collectTyped')
    await core.type(digits)
  }
  await enter(typedWrongly.collectionCode)
  await core.screen('collectRefused')
  await core.touch('collection.finish')
  await enter(code)
  await takeOut(machine)
}

async function collectBySecret(machine: HostedMachine, intakeId: string): Promise<void> {
  const { core } = machine
  const slip = (await machine.slipQrs()).find((qr) => qr.includes(intakeId)) ?? ''
  for (const secret of [binh.wrongSecret, binh.secret]) {
    await core.screen('idle')
    await machine.hold(slip)
    await core.screen('collectTyped')
    await core.type(secret)
    if (secret !== binh.wrongSecret) break
    await core.screen('collectRefused')
    await core.touch('collection.finish')
  }
  await takeOut(machine)
}

async function takeOut(machine: HostedMachine): Promise<void> {
  const compartment = await openDoor(machine, 'collectDoor')
  await machine.takeItem(compartment)
  await machine.closeDoor(compartment)
  await machine.core.screen('collectDone')
  await machine.core.touch('collection.finish')
}

/** A right that nobody has used is what a thief would look for. */
async function leaveSomethingStocked(machine: HostedMachine) {
  const officer = await machine.province.officer()
  const dossierCode = 'H99.01-261122-7777'
  const { phone } = an
  const sent = await officer.sendTypedResult({
    dossierCode,
    procedureCode: demoProcedure,
    phone,
    phoneConfirmed: 'yes',
  })
  expect(sent.outcome).toBe('sent')
  await signInAfterWrongPin(machine)
  await stock(machine, dossierCode, 'envelope-3')
  await signOut(machine)
  const sms = await smsTo(machine, phone, (one) => one.text.includes(dossierCode))
  return { code: /\b(\d{8})\b/.exec(sms.text)?.[1] ?? '', qr: sms.qr ?? '' }
}
