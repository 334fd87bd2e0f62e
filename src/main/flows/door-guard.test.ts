import { beforeEach, expect, it } from 'vitest'
import type { CompartmentSensors } from '../../devices/contract.ts'
import type { CompartmentState } from '../domain/compartment.ts'
import type { SensorFacts } from '../domain/sensor-facts.ts'
import { type DoorGuardPorts, guardDoors } from './door-guard.ts'

let state: CompartmentState
let sensors: SensorFacts
let nowMs: number
let said: string[]
let move: (next: Partial<SensorFacts>) => void

beforeEach(() => {
  state = 'empty'
  sensors = { door: 'closed', item: 'absent' }
  nowMs = 0
  said = []
  let listen: (sensors: CompartmentSensors) => void = () => {}
  guardDoors(
    {
      clock: { monotonicMs: () => nowMs },
      doors: {
        sensors: () => sensors,
        onSensors: (_: number, listener: typeof listen) => {
          listen = listener
          return () => {}
        },
      },
      store: {
        compartment: () => ({ state }),
        markCompartment: (_: number, marked: CompartmentState) => {
          state = marked
          said.push(`marked ${marked}`)
        },
      },
      nowIso: () => '',
      report: ({ body }: { body: { reason: string; state: string } }) =>
        said.push(`told ${body.reason} ${body.state}`),
    } as unknown as DoorGuardPorts,
    [1],
  )
  move = (next) => {
    sensors = { ...sensors, ...next }
    listen(sensors)
  }
})

it.each<CompartmentState>(['empty', 'occupied', 'stocked', 'expired'])(
  'a door that opens without a command (%s) is out of service and told',
  (before) => {
    state = before
    sensors = { door: 'closed', item: before === 'empty' ? 'absent' : 'present' }
    move({ door: 'open' })
    expect(said).toEqual(['marked suspect', 'told DOOR_OPENED_UNEXPECTEDLY suspect'])
  },
)

it.each<CompartmentState>(['suspect', 'unknown'])(
  'one that is out of service (%s) is told each time it opens after it was seen shut',
  (before) => {
    state = before
    move({ door: 'closed' })
    move({ door: 'open' })
    move({ item: 'present' })
    expect(said).toEqual([`told DOOR_OPENED_UNEXPECTEDLY ${before}`])
    move({ door: 'closed' })
    move({ door: 'open' })
    expect(said).toHaveLength(2)
  },
)

it('one that was left open is not told again as long as nobody shuts it', () => {
  state = 'reserved'
  move({ door: 'open' })
  state = 'suspect'
  move({ item: 'present' })
  move({ door: 'unknown' })
  move({ door: 'open' })
  expect(said).toEqual([])
})

it.each<CompartmentState>(['reserved', 'emptying', 'assigned', 'opening', 'opened'])(
  'one that somebody may have open (%s) is theirs',
  (before) => {
    state = before
    move({ door: 'closed' })
    move({ door: 'open' })
    expect(said).toEqual([])
  },
)

it('a loose switch is told three times an hour, and again an hour later', () => {
  const flap = () => {
    move({ item: 'present' })
    move({ item: 'absent' })
  }
  for (let times = 0; times < 1_000; times += 1) flap()
  expect(said).toEqual(Array.from({ length: 3 }, () => 'told ITEM_SENSOR_SUSPECT empty'))
  nowMs = 3_600_000
  flap()
  expect(said).toHaveLength(4)
})

it('a loose item sensor does not hide that the door opens', () => {
  for (let times = 0; times < 10; times += 1) {
    move({ item: 'present' })
    move({ item: 'absent' })
  }
  move({ door: 'open' })
  expect(said.slice(3)).toEqual(['marked suspect', 'told DOOR_OPENED_UNEXPECTEDLY suspect'])
})
