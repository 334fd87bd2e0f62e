import type { IntentPath } from '../../src/contract/intent.ts'
import type { ScreenName } from '../../src/contract/screen.ts'
import type { Machine } from './machine.ts'
import { cards, phones } from './people.ts'
import type { JudgedSms } from './province.ts'
import type { World } from './world.ts'

/** Birth registration of the demo catalogue: taken in on paper, handed out here. */
export const demoProcedure = '1.001193'

/** From idle to the summary with a bag in the hand; returns the bag's code. */
export async function fillIn(
  machine: Machine,
  { card = cards.an as string, phone = phones.an as string, procedure = demoProcedure } = {},
): Promise<string> {
  await fillInPapers(machine, { card, phone, procedure })
  return holdBag(machine)
}

/** From idle until it is said what is handed in: the scanner is next where there is one, else the bag. */
export async function fillInPapers(
  machine: Machine,
  { card = cards.an as string, phone = phones.an as string, procedure = demoProcedure } = {},
): Promise<void> {
  const { core } = machine
  await toPhone(machine, card)
  await core.type(phone)
  await core.until(({ screen }) => screen.name === 'phoneCode' && !screen.sending, 'the SMS')
  await core.type(await lastPhoneCode(machine, phone))
  await chooseProcedure(machine, procedure)
}

type AtTheGlass = Pick<Machine, 'core' | 'hold'>

/** From idle with a card, until it is asked for whom the dossier is. */
export async function toRelation(machine: AtTheGlass, card: string): Promise<void> {
  const { core } = machine
  await core.screen('idle')
  await core.touch('session.start', { journey: 'intake' })
  await core.screen('notice')
  await core.touch('intake.acceptNotice')
  await core.screen('identify')
  await machine.hold(card)
  await core.screen('identity')
  await core.touch('intake.confirmIdentity')
  await core.screen('relation')
}

/** From idle with a card, for oneself, until a phone is asked for. */
export async function toPhone(machine: AtTheGlass, card: string): Promise<void> {
  await toRelation(machine, card)
  await machine.core.touch('intake.chooseRelation', { relation: 'self' })
  await machine.core.screen('phone')
}

/** On the screen that asks for a phone: there is none, but a secret that is typed twice. */
export async function chooseSecret({ core }: AtTheGlass, secret: string): Promise<void> {
  await core.touch('intake.noPhone')
  await core.screen('secret')
  await typeSecret({ core }, secret)
}

/** On the screen that asks for a secret. */
export async function typeSecret({ core }: Pick<Machine, 'core'>, secret: string): Promise<void> {
  await core.type(secret)
  await core.until(({ screen }) => screen.name === 'secret' && screen.repeat, 'the second time')
  await core.type(secret)
}

/** Touches what that screen offers, as soon as it is up. Throws when it was not taken. */
export async function touchOn(
  { core }: Pick<Machine, 'core'>,
  screen: ScreenName,
  path: IntentPath,
  input: object = {},
): Promise<void> {
  await core.screen(screen)
  // One path stands for all: the contract checks the input of the real one.
  const answer = await core.touch(path as 'session.stay', input)
  if (!answer.taken) throw new Error(`${path} was not taken: ${answer.code}`)
}

/** The number that the province knows the dossier of that bag by. */
export async function intakeIdOf(machine: Pick<Machine, 'province'>, bag: string): Promise<string> {
  let intakeId = ''
  await eventually(async () => {
    const dossier = (await machine.province.dossiers()).find(({ bagCode }) => bagCode === bag)
    intakeId = dossier?.intakeId ?? ''
    return intakeId !== ''
  })
  return intakeId
}

export async function chooseProcedure(machine: Machine, procedure: string): Promise<void> {
  const { core } = machine
  await core.screen('procedures')
  await core.touch('intake.chooseProcedure', { code: procedure })
  await core.screen('procedure')
  await core.touch('intake.acceptProcedure')
  await core.screen('papers')
  await core.touch('intake.confirmPapers')
}

export async function holdBag(machine: Machine): Promise<string> {
  await machine.core.screen('bag')
  const bag = machine.newBag()
  await machine.hold(bag)
  await machine.core.screen('summary')
  return bag
}

/** Confirms the summary and waits for the door; returns its number. */
export async function openDeposit(machine: Machine): Promise<number> {
  await machine.core.touch('intake.confirmSummary')
  return openDoor(machine, 'depositDoor')
}

export async function openDoor(
  machine: Machine,
  name: 'depositDoor' | 'collectDoor' | 'stockDoor' | 'emptyDoor',
): Promise<number> {
  const { screen } = await machine.core.until(
    (snapshot) =>
      snapshot.screen.name === name &&
      'door' in snapshot.screen &&
      snapshot.screen.door.step === 'open',
    `an open door on ${name}`,
  )
  if (!('door' in screen)) throw new Error('no door')
  return screen.door.compartment
}

/** Puts the bag in and closes; resolves on the done screen. */
export async function deposit(machine: Machine, bag: string): Promise<string> {
  const compartment = await openDeposit(machine)
  await machine.putItem(compartment, bag)
  await machine.core.until(
    ({ screen }) => screen.name === 'depositDoor' && screen.door.step === 'closeDoor',
    'the bag to be seen',
  )
  await machine.closeDoor(compartment)
  const done = await machine.core.screen('intakeDone')
  const slip = done.slips.at(-1)
  if (!slip) throw new Error('no slip on the done screen')
  return slip.intakeId
}

export async function intake(machine: Machine): Promise<{ intakeId: string; bag: string }> {
  const bag = await fillIn(machine)
  const intakeId = await deposit(machine, bag)
  return { intakeId, bag }
}

export async function finish(machine: Machine): Promise<void> {
  await machine.core.touch('intake.finish')
  await machine.core.screen('idle')
}

/** Waits until the province holds the dossier, accepts it there and sends its result to the machine. */
export async function resultFor(
  machine: Pick<World, 'province'>,
  intakeId: string,
  assurance: 'code' | 'codeAndProof' | 'officerOnly' = 'code',
): Promise<string> {
  await eventually(async () =>
    (await machine.province.dossiers()).some((dossier) => dossier.intakeId === intakeId),
  )
  const officer = await machine.province.officer()
  const dossierCode = await officer.accept(intakeId)
  await officer.sendResult(intakeId, { assurance })
  return dossierCode
}

/** Badge, PIN, menu. */
export async function signIn(machine: Machine, badge: string, pin: string): Promise<void> {
  await machine.core.screen('idle')
  await eventually(async () => {
    await machine.hold(badge)
    return machine.core.current().screen.name === 'staffPin'
  })
  await machine.core.type(pin)
  await machine.core.screen('staffMenu')
}

export async function stock(
  machine: Machine,
  dossierCode: string,
  envelope: string,
): Promise<number> {
  const { core } = machine
  await core.touch('officer.startStocking')
  await core.until(
    ({ screen }) =>
      screen.name === 'stockScan' && screen.waiting.some((one) => one.dossierCode === dossierCode),
    'the result on the list',
  )
  await machine.hold(dossierCode)
  const compartment = await openDoor(machine, 'stockDoor')
  await machine.putItem(compartment, envelope)
  await core.until(
    ({ screen }) => screen.name === 'stockDoor' && screen.door.step === 'closeDoor',
    'the envelope to be seen',
  )
  await machine.closeDoor(compartment)
  await core.until(
    ({ screen }) => screen.name === 'stockScan' && screen.lastStocked !== null,
    'the right to be minted',
  )
  return compartment
}

export async function signOut(machine: Machine): Promise<void> {
  await machine.core.touch('session.leave')
  await machine.core.screen('idle')
}

export async function lastPhoneCode(
  machine: Pick<World, 'province'>,
  phone: string,
): Promise<string> {
  const sms = await smsTo(machine, phone, (one) => one.purpose === 'phoneCode')
  return /\b(\d{6})\b/.exec(sms.text)?.[1] ?? ''
}

export async function smsTo(
  machine: Pick<World, 'province'>,
  phone: string,
  wanted: (sms: JudgedSms) => boolean,
): Promise<JudgedSms> {
  let found: JudgedSms | undefined
  await eventually(async () => {
    found = (await machine.province.sms())
      .filter((sms) => sms.phone === phone && wanted(sms))
      .at(-1)
    return found !== undefined
  })
  if (!found) throw new Error(`no SMS to ${phone}`)
  return found
}

/** Looks at the world again and again: other processes have no event to wait for. */
export async function eventually(look: () => Promise<boolean>, patienceMs = 60_000): Promise<void> {
  const until = performance.now() + patienceMs
  for (;;) {
    if (await look()) return
    if (performance.now() > until) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
