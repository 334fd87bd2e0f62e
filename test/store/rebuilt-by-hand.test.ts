import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseSlipQr } from '../../src/main/domain/slip-qr.ts'
import { verifySlipQr } from '../../src/main/domain/verify-slip-qr.ts'
import { startCore } from '../support/core-client.ts'
import {
  badgeIn,
  compartmentRow,
  expectTruths,
  idleAndWell,
  provinceGot,
  provinceKnowsAll,
  serveNext,
  startBench,
} from '../support/fault-bench.ts'
import { signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

const entry = fileURLToPath(new URL('../../src/main/core/main.ts', import.meta.url))

// The drill of docs/operations.md, "When nothing is left".
let machine: Machine
beforeAll(async () => {
  machine = await startBench()
}, 60_000)
afterAll(async () => {
  await machine?.core.stop()
  await machine?.stop()
})

it('is made good from bag and slip when both paths are lost', async () => {
  const bag = await serveNext(machine)
  await provinceKnowsAll(machine)
  await machine.core.stop()
  for (const name of ['kiosk', 'journal']) {
    rmSync(join(machine.folder, name), { recursive: true })
  }
  const config = JSON.parse(readFileSync(machine.configFile, 'utf8'))
  writeFileSync(machine.configFile, JSON.stringify({ ...config, firstEpoch: 2 }))
  const core = startCore({
    entry,
    args: ['--config', machine.configFile],
    environment: machine.environment,
  })
  machine = { ...machine, core }

  // What the sensors see empty serves again by itself; what they see inside waits for an officer.
  await idleAndWell(machine)
  const [full] = (await machine.doors()).filter(({ items }) => items.length > 0)
  const compartment = full?.compartment ?? 0
  expect(compartmentRow(machine, compartment)).toEqual({
    state: 'unknown',
    reason: 'STORE_RESTORED',
  })
  await badgeIn(machine)
  await core.touch('officer.startEmptying')
  const list = await core.screen('emptyList')
  expect([list.bags, list.returns, list.looks]).toEqual([[], [], [compartment]])
  await core.touch('officer.startRound')
  await core.until(
    ({ screen }) => screen.name === 'lookDoor' && screen.door.step !== 'opening',
    'the door',
  )
  expect(await machine.takeItem(compartment)).toBe(bag)
  await machine.hold(bag)
  await provinceGot(machine, 'bagSurplus', ({ bagCode }) => bagCode === bag)
  await machine.closeDoor(compartment)
  await core.until(
    ({ screen }) => screen.name === 'emptyList' && screen.looks.length === 0,
    'nothing to look into',
  )
  await signOut(machine)
  expect(compartmentRow(machine, compartment)).toEqual({ state: 'empty', reason: null })

  // Bag and slip name one dossier, and the slip still holds under the machine's key.
  const [qr = ''] = (await machine.slipQrs()).filter((one) => one !== '')
  expect(verifySlipQr(qr, await machine.slipKeys()).ok).toBe(true)
  const dossiers = await machine.province.dossiers()
  expect(dossiers.map(({ intakeId, bagCode }) => [intakeId, bagCode])).toEqual([
    [parseSlipQr(qr)?.intakeId, bag],
  ])
  const next = await serveNext(machine)
  await expectTruths(machine, [bag])
  const numbers = (await machine.province.dossiers()).map(({ intakeId }) => intakeId.split('-')[1])
  expect([next === bag, numbers.sort()]).toEqual([false, ['1', '2']])
})
