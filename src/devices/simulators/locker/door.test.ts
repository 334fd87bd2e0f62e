import { expect, test } from 'vitest'
import { manualClock } from '../../manual-clock.ts'
import { type DoorEvent, door, pulseMs, springMs } from './door.ts'

function doorWithLog() {
  const clock = manualClock()
  const events: DoorEvent['event'][] = []
  return { clock, events, door: door(clock, ({ event }) => events.push(event)) }
}

test('springs open after a pulse and stays so', async () => {
  const { clock, events, door } = doorWithLog()
  door.pulse()
  await clock.advance(springMs - 1)
  expect(door.memory().open).toBe(false)
  await clock.advance(1)
  expect(door.memory().open).toBe(true)
  await clock.advance(3_600_000)
  expect(door.memory().open).toBe(true)
  expect(events).toEqual(['pulse', 'doorOpened'])
})

test('jammed: a pull helps only while the latch is held back', async () => {
  const { clock, events, door } = doorWithLog()
  door.jam(true)
  door.pulse()
  await clock.advance(pulseMs)
  expect(door.pull()).toBe(false)
  door.pulse()
  await clock.advance(pulseMs - 1)
  expect(door.pull()).toBe(true)
  expect(events).toEqual(['pulse', 'pulse', 'doorOpened'])
})

test('a closed door without a pulse does not give way, except to force', () => {
  const { events, door } = doorWithLog()
  expect(door.pull()).toBe(false)
  door.force()
  expect(door.memory().open).toBe(true)
  expect(events).toEqual(['doorOpened'])
})

test('items by name: in and out only through the open door', () => {
  const { door } = doorWithLog()
  expect(() => door.putItem('BAG-TEST-0001')).toThrow('closed')
  door.force()
  door.putItem('BAG-TEST-0001')
  door.putItem('BAG-TEST-0002')
  expect(() => door.putItem('BAG-TEST-0001')).toThrow('inside already')
  expect(door.takeItem('BAG-TEST-0001')).toBe('BAG-TEST-0001')
  expect(door.takeItem()).toBe('BAG-TEST-0002')
  expect(() => door.takeItem()).toThrow('empty')
  door.close()
  expect(() => door.close()).toThrow('closed')
})

test('a stuck sensor lies while the world goes on', () => {
  const { door } = doorWithLog()
  door.stickDoorSensor('closed')
  door.stickItemSensor('absent')
  door.force()
  door.putItem('BAG-TEST-0001')
  expect([door.sensedOpen(), door.sensedItem()]).toEqual([false, false])
  expect(door.memory().items).toEqual(['BAG-TEST-0001'])
  door.stickDoorSensor(undefined)
  door.stickItemSensor(undefined)
  expect([door.sensedOpen(), door.sensedItem()]).toEqual([true, true])
})
