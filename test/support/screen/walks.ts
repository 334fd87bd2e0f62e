import { eventually, lastPhoneCode } from '../journeys.ts'
import { demoOfficer } from '../province.ts'
import type { KioskWithScreen } from './kiosk-with-screen.ts'

/** Taken in on paper, handed out here; its name is found by these letters. */
export const procedure = { code: '1.004873', typed: 'doc than' } as const

/** From idle to the question whom the dossier is for. */
export async function identify(kiosk: KioskWithScreen, card: string): Promise<void> {
  const { person } = kiosk
  await person.screen('idle')
  await person.tap('choose-intake')
  await person.tap('accept')
  await person.screen('identify')
  await kiosk.hold(card)
  await person.tap('confirm')
  await person.screen('relation')
}

/** Confirmed by the code of the SMS. */
export async function givePhone(kiosk: KioskWithScreen, phone: string): Promise<void> {
  const { person } = kiosk
  await person.screen('phone')
  await person.type(phone)
  await person.screen('phoneCode')
  await person.type(await lastPhoneCode(kiosk, phone))
}

export async function chooseSecret(kiosk: KioskWithScreen, secret: string): Promise<void> {
  const { person } = kiosk
  await person.screen('phone')
  await person.tap('no-phone')
  await person.screen('secret')
  await person.type(secret)
  await person.asks('secretAgain')
  await person.type(secret)
}

/** From the search to the bag in the hand; returns its code. */
export async function chooseProcedure(
  kiosk: KioskWithScreen,
  { code, typed }: { readonly code: string; readonly typed: string } = procedure,
): Promise<void> {
  const { person } = kiosk
  await person.screen('procedures')
  await person.keys(typed)
  await person.tap(`procedure-${code}`)
  await person.tap('accept-procedure')
  await person.screen('papers')
}

/** From the papers to the summary with a new bag in the hand; returns the bag's code. */
export async function takeBag(kiosk: KioskWithScreen): Promise<string> {
  const { person } = kiosk
  await person.tap('confirm-papers')
  await person.screen('bag')
  const bag = kiosk.newBag()
  await kiosk.hold(bag)
  await person.screen('summary')
  return bag
}

/** From the summary until the machine has seen the bag and the closed door; returns the door's number. */
export async function putIn(kiosk: KioskWithScreen, bag: string): Promise<number> {
  const { person } = kiosk
  await person.tap('confirm-summary')
  const door = await person.door('open')
  await kiosk.putItem(door, bag)
  await person.door('closeDoor')
  await kiosk.closeDoor(door)
  return door
}

/** Badge and PIN; a badge is held until the machine is idle enough to notice. */
export async function signIn(kiosk: KioskWithScreen): Promise<void> {
  const { person, page } = kiosk
  await person.screen('idle')
  await eventually(async () => {
    await kiosk.hold(demoOfficer.badge)
    return (await page.locator('.kiosk[data-screen="staffPin"]').count()) === 1
  })
}
