import { afterAll, beforeAll, expect, it } from 'vitest'
import { idleAndWell, startBench, startPatienceMs } from '../support/fault-bench.ts'
import { fillIn, finish, openDeposit } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

const wish = { largeText: true, highContrast: true, reach: true }
const plain = { largeText: false, highContrast: false, reach: false }

let machine: Machine
beforeAll(async () => {
  machine = await startBench()
}, startPatienceMs)
afterAll(() => machine?.stop())

async function killCore(): Promise<void> {
  const { core } = machine
  const next = core.starts() + 1
  core.kill()
  await core.started(next)
}

it('comes back from a crash as its person wanted it, and is plain for the next one', async () => {
  const { core } = machine
  await core.screen('idle')
  expect((await core.touch('session.setDisplay', wish)).taken).toBe(true)
  expect((await core.touch('session.setLanguage', { language: 'km' })).taken).toBe(true)
  const bag = await fillIn(machine)
  const compartment = await openDeposit(machine)

  await killCore()
  await core.screen('depositDoor')
  expect(core.current()).toMatchObject({ language: 'km', display: wish })

  await machine.putItem(compartment, bag)
  await core.until(
    ({ screen }) => screen.name === 'depositDoor' && screen.door.step === 'closeDoor',
  )
  await machine.closeDoor(compartment)
  await core.screen('intakeDone')
  expect(core.current()).toMatchObject({ language: 'km', display: wish })
  await finish(machine)
  expect(core.current()).toMatchObject({ language: 'vi', display: plain })

  await killCore()
  await core.screen('idle')
  expect(core.current()).toMatchObject({ language: 'vi', display: plain })
})

it('still speaks to a person whose form is gone as they wanted it', async () => {
  const { core } = machine
  await idleAndWell(machine)
  await core.touch('session.setDisplay', wish)
  await core.touch('session.setLanguage', { language: 'en' })
  await core.touch('session.start', { journey: 'intake' })
  await core.screen('notice')
  await killCore()
  await core.screen('idle')
  expect(core.current()).toMatchObject({ language: 'en', display: wish })
})
