import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  eventually,
  fillIn,
  finish,
  openDeposit,
  openDoor,
  resultFor,
  signIn,
  signOut,
  smsTo,
  stock,
} from '../support/journeys.ts'
import { phones } from '../support/people.ts'
import { demoOfficer } from '../support/province.ts'
import { buildPreload } from './support/shell-bench.ts'
import { type ShellMachine, startShellMachine } from './support/shell-machine.ts'

let preload: Awaited<ReturnType<typeof buildPreload>>
let machine: ShellMachine
beforeAll(async () => {
  preload = await buildPreload()
  machine = await startShellMachine(preload.file)
})
afterAll(async () => {
  await machine?.stop()
  preload.remove()
})

it('takes a dossier in, core killed under it, and hands its result out, through the shell', async () => {
  const { core, bench } = machine
  const bag = await fillIn(machine)
  const compartment = await openDeposit(machine)
  core.kill()
  await expect.poll(() => core.deaths(), { timeout: 10_000 }).toBe(1)
  await bench.clock.advance(1_000)
  expect(await openDoor(machine, 'depositDoor')).toBe(compartment)
  await machine.putItem(compartment, bag)
  await core.until(
    ({ screen }) => screen.name === 'depositDoor' && screen.door.step === 'closeDoor',
    'the bag to be seen',
  )
  await machine.closeDoor(compartment)
  const { slips } = await core.screen('intakeDone')
  const intakeId = slips.at(-1)?.intakeId ?? ''
  expect(await machine.slipQrs()).toEqual([expect.stringContaining(intakeId)])
  await finish(machine)

  const dossierCode = await resultFor(machine, intakeId)
  await signIn(machine, demoOfficer.badge, demoOfficer.pin)
  const shelf = await stock(machine, dossierCode, 'envelope-1')
  await signOut(machine)
  const sms = await smsTo(machine, phones.an, ({ qr }) => qr !== null)
  await machine.hold(sms.qr ?? '')
  expect(await openDoor(machine, 'collectDoor')).toBe(shelf)
  expect(await machine.takeItem(shelf)).toBe('envelope-1')
  await machine.closeDoor(shelf)
  await core.screen('collectDone')
  await core.touch('collection.finish')
  await core.screen('idle')
  await eventually(async () =>
    (await machine.province.messages()).some(({ kind }) => kind === 'resultTaken'),
  )
  expect(core.deaths()).toBe(1)
})
