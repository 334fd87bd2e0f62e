import { expect, it } from 'vitest'
import { createActor } from 'xstate'
import { createDoorVisit } from '../door-visit.ts'
import { createDeposit, type DepositPorts } from './deposit.ts'

it('has the unlock on record before the pulse', () => {
  const happened: string[] = []
  const limits = { doorOpenMs: 1, doorCallMs: 1, blindMs: 1, settleMs: 1 }
  const doorVisit = createDoorVisit(
    {
      sensors: () => ({ door: 'closed', item: 'absent' }),
      onSensors: () => () => {},
      unlock(compartment) {
        happened.push(`pulse at ${compartment}`)
        return new Promise(() => {})
      },
      read: () => new Promise(() => {}),
    },
    limits,
  )
  const store = { recordDepositUnlock: (intakeId: string) => happened.push(`record ${intakeId}`) }
  const deposit = createDeposit({ doorVisit, store } as unknown as DepositPorts)
  const actor = createActor(deposit, {
    input: { intakeId: 'K07-1-000001-X', compartment: 3, enter: 'unlock', silent: false },
  })
  actor.start()
  expect(happened).toEqual(['record K07-1-000001-X', 'pulse at 3'])
  actor.stop()
})
