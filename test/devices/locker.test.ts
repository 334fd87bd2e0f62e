import { afterEach, describe, expect, test } from 'vitest'
import type { FrameTap } from '../../src/devices/contract.ts'
import {
  type LockerBench,
  type LockerOptions,
  lockerAt,
  lockerBench,
  until,
  untilOnline,
  untilSensors,
} from './locker-bench.ts'
import { lockerContract } from './locker-contract.ts'

const address = { board: 0, lock: 3 }
const bag = 'BAG-TEST-0001'

lockerContract('simulated KERONG CU16 over a PTY', async () => {
  const bench = await lockerBench()
  return {
    locker: bench.locker,
    address,
    closeDoor: () => bench.send('closeDoor', address),
    putItem: () => bench.send('putItem', { ...address, item: bag }),
    takeItem: () => bench.send('takeItem', address),
    end: () => bench.end(),
  }
})

const realPort = process.env.LOCKER_PORT
if (realPort !== undefined) {
  // With a bank on the desk: LOCKER_PORT=/dev/serial/by-id/… LOCKER_BOARD=0 LOCKER_LOCK=3. A person does what
  // is asked on the terminal; the sensors tell when it was done.
  lockerContract(`real bank at ${realPort}`, async () => {
    const real = {
      board: Number(process.env.LOCKER_BOARD ?? 0),
      lock: Number(process.env.LOCKER_LOCK ?? 0),
    }
    const lockBitWhenClosed = process.env.LOCKER_BIT_WHEN_CLOSED === '0' ? 0 : 1
    const locker = lockerAt(realPort, { boards: [real.board], wired: [real], lockBitWhenClosed })
    locker.start()
    const ask = async (what: string): Promise<void> => {
      process.stdout.write(`\nPlease ${what}.\n`)
    }
    return {
      locker,
      address: real,
      closeDoor: () => ask('close the door'),
      putItem: () => ask('put something in'),
      takeItem: () => ask('take it out again'),
      end: () => locker.stop(),
    }
  })
}

describe('KERONG CU16 on a bad day', () => {
  let bench: LockerBench
  const begin = async (
    options: LockerOptions = {},
    simulated: Readonly<Record<string, string | number>> = {},
  ): Promise<LockerBench> => {
    bench = await lockerBench(options, simulated)
    await untilOnline(bench.locker)
    return bench
  }
  afterEach(() => bench.end())

  const pulses = (): number => bench.happened('pulse').length
  const fault = (name: string, on: boolean, more = {}): Promise<unknown> =>
    bench.send('fault', { fault: name, on, ...more })
  const count = (name: string): number => bench.locker.counters()[name] ?? 0

  test('one pulse, one door, one item: the physical log tells the same story', async () => {
    await begin()
    expect((await bench.locker.unlock(address)).outcome).toBe('done')
    await bench.send('putItem', { ...address, item: bag })
    await bench.send('closeDoor', address)
    await untilSensors(bench.locker, address, { door: 'closed', item: 'present' })
    const story = bench.happened().map(({ event, lock, item }) => [event, lock, item])
    expect(story).toEqual([
      ['plugged', undefined, undefined],
      ['pulse', 3, undefined],
      ['doorOpened', 3, undefined],
      ['itemIn', 3, bag],
      ['doorClosed', 3, undefined],
    ])
  })

  test('nothing passes through a closed door', async () => {
    await begin()
    await expect(bench.send('putItem', { ...address, item: bag })).rejects.toThrow('closed')
    await expect(bench.send('takeItem', address)).rejects.toThrow('closed')
    expect(bench.happened('itemIn')).toEqual([])
  })

  test('a forced door is seen', async () => {
    await begin()
    await bench.send('openDoor', address)
    await untilSensors(bench.locker, address, { door: 'open' })
    expect(pulses()).toBe(0)
  })

  test('the other polarity', async () => {
    const inverted = { 'lock-bit-when-closed': 0, 'item-bit-when-present': 0 }
    await begin({ lockBitWhenClosed: 0, itemBitWhenPresent: 0 }, inverted)
    expect(bench.locker.sensors(address)).toEqual({ door: 'closed', item: 'absent' })
    expect((await bench.locker.unlock(address)).outcome).toBe('done')
    expect(bench.locker.sensors({ board: 0, lock: 4 })).toEqual({ door: 'closed', item: 'absent' })
  })

  test('a bank without item sensors and with few doors says what it cannot know', async () => {
    await begin({ hasItemSensor: false, wired: [address] }, { locks: 4 })
    expect(bench.locker.sensors(address)).toEqual({ door: 'closed', item: 'unknown' })
    expect(bench.locker.sensors({ board: 0, lock: 9 }).door).toBe('unknown')
    await expect(bench.locker.unlock({ board: 0, lock: 9 })).rejects.toThrow(RangeError)
  })

  test('jammed: not opened, and no second pulse', async () => {
    await begin({ openTimeoutMs: 800 })
    await bench.send('jam', { ...address, on: true })
    expect(await bench.locker.unlock(address)).toEqual({
      outcome: 'failed',
      reason: 'DOOR_NOT_OPENED',
    })
    expect(pulses()).toBe(1)
    expect(bench.happened('doorOpened')).toEqual([])
  })

  test('jammed, and a pull helps while the latch is held back', async () => {
    await begin()
    await bench.send('jam', { ...address, on: true })
    const outcome = bench.locker.unlock(address)
    await until('the pulse', () => pulses() === 1)
    expect(await bench.send('pullDoor', address)).toEqual({ opened: true })
    expect((await outcome).outcome).toBe('done')
  })

  test('a door switch stuck at closed: not opened, although it is', async () => {
    await begin({ openTimeoutMs: 800 })
    await bench.send('sensorDead', { ...address, which: 'door', stuck: 'closed', on: true })
    expect((await bench.locker.unlock(address)).outcome).toBe('failed')
    expect(pulses()).toBe(1)
    await bench.send('sensorDead', { ...address, which: 'door', on: false })
    await untilSensors(bench.locker, address, { door: 'open' })
  })

  test('a door switch stuck at open locks nobody out', async () => {
    await begin()
    await bench.send('sensorDead', { ...address, which: 'door', stuck: 'open', on: true })
    await untilSensors(bench.locker, address, { door: 'open' })
    expect((await bench.locker.unlock(address)).outcome).toBe('done')
    expect(bench.happened('doorOpened')).toHaveLength(1)
  })

  test('a dead item sensor shows what it showed last', async () => {
    await begin()
    await bench.send('sensorDead', { ...address, which: 'item', on: true })
    await bench.locker.unlock(address)
    await bench.send('putItem', { ...address, item: bag })
    await bench.send('closeDoor', address)
    await untilSensors(bench.locker, address, { door: 'closed' })
    expect(bench.locker.sensors(address).item).toBe('absent')
  })

  test('silence after the pulse was written: unknown, then the sensors tell', async () => {
    await begin()
    await fault('silent', true)
    expect(await bench.locker.unlock(address)).toEqual({ outcome: 'unknown', reason: 'BUS_SILENT' })
    expect(bench.locker.sensors(address)).toEqual({ door: 'unknown', item: 'unknown' })
    expect(bench.locker.status()).toEqual({ state: 'offline', reasons: ['BUS_SILENT'] })
    expect(await bench.locker.unlock(address)).toEqual({ outcome: 'refused', reason: 'BUS_SILENT' })
    await fault('silent', false)
    await untilOnline(bench.locker)
    expect(bench.locker.sensors(address).door).toBe('open')
    expect(pulses()).toBe(1)
  })

  test('one answer lost: nobody notices', async () => {
    await begin()
    await fault('silent', true, { count: 1 })
    const reading = await bench.locker.read(0)
    expect(reading.outcome).toBe('done')
    expect(bench.locker.status().state).toBe('online')
  })

  test('wrong checksums: no event, unknown, nothing written; then as before', async () => {
    await begin()
    const told: unknown[] = []
    await fault('wrongChecksum', true)
    await until('the bank is offline', () => bench.locker.status().reasons[0] === 'GARBLED')
    bench.locker.onSensors((change) => told.push(change))
    await bench.send('openDoor', address)
    expect(await bench.locker.read(0)).toEqual({ outcome: 'failed', reason: 'GARBLED' })
    expect((await bench.locker.unlock({ board: 0, lock: 5 })).outcome).toBe('refused')
    expect(told).toEqual([])
    expect(bench.locker.sensors(address).door).toBe('unknown')
    await fault('wrongChecksum', false)
    await untilSensors(bench.locker, address, { door: 'open' })
    expect(pulses()).toBe(0)
  })

  test.each([
    ['byteByByte', { delayMs: 4 }],
    ['byteByByte', { delayMs: 60 }],
    ['noise', {}],
  ])('%s %o: a door opens all the same, once', async (name, more) => {
    await begin()
    await fault(name, true, more)
    expect((await bench.locker.unlock(address)).outcome).toBe('done')
    await bench.send('closeDoor', address)
    await untilSensors(bench.locker, address, { door: 'closed' })
    expect(bench.locker.status()).toEqual({ state: 'online', reasons: [] })
    expect(pulses()).toBe(1)
  })

  test('late answers are never taken for the answer to a later request', async () => {
    await begin()
    await bench.locker.unlock(address)
    // Every answer comes after its deadline and shows how things stood when it was asked for.
    await fault('lateReply', true, { delayMs: 400 })
    const silences = count('silentExchanges')
    await until('a poll without an answer', () => count('silentExchanges') > silences)
    const frames = count('statusFrames')
    const late = count('lateFrames')
    await bench.send('putItem', { ...address, item: bag })
    await until('three late answers', () => count('lateFrames') >= late + 3)
    expect(count('statusFrames')).toBe(frames)
    await fault('lateReply', false)
    const reading = await bench.locker.read(0)
    if (reading.outcome !== 'done') throw new Error(`no reading: ${reading.reason}`)
    expect(reading.value.locks[address.lock]).toEqual({ door: 'open', item: 'present' })
  })

  test('an unlock while all answers are late is unknown, and pulsed once', async () => {
    await begin()
    await fault('lateReply', true, { delayMs: 400 })
    expect(await bench.locker.unlock(address)).toEqual({ outcome: 'unknown', reason: 'BUS_SILENT' })
    expect(pulses()).toBe(1)
  })

  test('one silent board takes its own compartments and no others', async () => {
    await begin({ boards: [0, 1] }, { boards: 2 })
    const other = { board: 1, lock: 2 }
    await fault('silent', true, { board: 1 })
    await untilSensors(bench.locker, other, { door: 'unknown', item: 'unknown' })
    expect(bench.locker.status()).toEqual({ state: 'online', reasons: ['SILENT'] })
    expect((await bench.locker.unlock(address)).outcome).toBe('done')
    expect(await bench.locker.unlock(other)).toEqual({ outcome: 'refused', reason: 'BUS_SILENT' })
    await fault('silent', false, { board: 1 })
    await untilSensors(bench.locker, other, { door: 'closed' })
  })

  test('unplugged and plugged in again: known anew, nothing sent from before', async () => {
    await begin()
    const told: string[] = []
    bench.locker.onSensors(({ address: { lock }, sensors, sequence }) => {
      if (lock === address.lock) told.push(`${sensors.door} ${sequence === 0}`)
    })
    await bench.send('plug', { on: false })
    await until('the port is gone', () => bench.locker.status().reasons[0] === 'PORT_MISSING')
    expect(bench.locker.status().state).toBe('absent')
    expect(bench.locker.sensors(address).door).toBe('unknown')
    expect((await bench.locker.unlock(address)).outcome).toBe('refused')
    await bench.send('openDoor', address)
    await bench.send('plug', { on: true })
    await untilOnline(bench.locker)
    expect(told).toEqual(['unknown true', 'open false'])
    expect(pulses()).toBe(0)
  })

  test('unplugged after the pulse: unknown, and no second pulse after plugging in', async () => {
    await begin()
    await bench.send('jam', { ...address, on: true })
    const outcome = bench.locker.unlock(address)
    await until('the pulse', () => pulses() === 1)
    await bench.send('fault', { fault: 'unplugged', on: true })
    expect(await outcome).toEqual({ outcome: 'unknown', reason: 'DISCONNECTED' })
    await bench.send('fault', { fault: 'unplugged', on: false })
    await untilOnline(bench.locker)
    expect((await bench.locker.read(0)).outcome).toBe('done')
    expect(pulses()).toBe(1)
  })

  test('the bank loses its power: doors and items are where they were', async () => {
    await begin()
    await bench.locker.unlock(address)
    await bench.send('putItem', { ...address, item: bag })
    const before = bench.happened().at(-1)?.sequence ?? 0
    await bench.simulator().kill()
    await until('the port is gone', () => bench.locker.status().state !== 'online')
    await bench.restartSimulator()
    await untilSensors(bench.locker, address, { door: 'open', item: 'present' })
    expect(bench.happened().at(-1)?.sequence).toBe(before + 1)
  })

  test('a port that another program holds is busy', async () => {
    await begin()
    const second = lockerAt(bench.port)
    second.start()
    await until('busy', () => second.status().reasons[0] === 'PORT_BUSY')
    expect(second.status().state).toBe('offline')
    await second.stop()
  })

  test('pulses keep their distance, and each is followed by its own proof', async () => {
    const written: { readonly message: string; readonly atMs: number }[] = []
    const tap: FrameTap = ({ phase, direction, message }) => {
      const name = `${phase} ${direction} ${message}`
      if (message !== 'status-request') written.push({ message: name, atMs: performance.now() })
    }
    await begin({ tap })
    const locks = [1, 2, 3]
    const outcomes = await Promise.all(locks.map((lock) => bench.locker.unlock({ board: 0, lock })))
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done'])
    const pulsed = written.filter(({ message }) => message === 'before write unlock')
    const gaps = pulsed.slice(1).map(({ atMs }, index) => atMs - (pulsed[index]?.atMs ?? 0))
    expect(gaps.every((gapMs) => gapMs >= 499)).toBe(true)
    const seen = written.map(({ message }) => message)
    expect(seen.slice(0, 2)).toEqual(['before read status:first', 'after read status:first'])
    expect(seen.filter((message) => message === 'before read status:door-open')).toHaveLength(3)
    expect(seen.filter((message) => message === 'after read status:door-open')).toHaveLength(3)
  })
})
