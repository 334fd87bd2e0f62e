import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LockAddress, Locker } from '../../src/devices/contract.ts'
import { until, untilOnline, untilSensors } from './locker-bench.ts'

/** One bank under test, with the hands that a driver does not have. */
export interface LockerUnderTest {
  readonly locker: Locker
  /** A closed compartment without an item, free to be opened. */
  readonly address: LockAddress
  closeDoor(): Promise<unknown>
  putItem(): Promise<unknown>
  takeItem(): Promise<unknown>
  end(): Promise<void>
}

/** What every locker driver promises, whatever the make; the same for the simulator and a real bank. */
export function lockerContract(name: string, begin: () => Promise<LockerUnderTest>): void {
  describe(`locker contract: ${name}`, () => {
    let bank: LockerUnderTest
    beforeEach(async () => {
      bank = await begin()
      await untilOnline(bank.locker)
    })
    afterEach(() => bank.end())

    test('knows its compartments as soon as it is online', () => {
      const { door, item } = bank.locker.sensors(bank.address)
      expect({ door, item }).toEqual({ door: 'closed', item: 'absent' })
    })

    test('reads a frame that is newer than the question', async () => {
      const first = await bank.locker.read(bank.address.board)
      const second = await bank.locker.read(bank.address.board)
      if (first.outcome !== 'done' || second.outcome !== 'done') throw new Error('no reading')
      expect(second.value.sequence).toBeGreaterThan(first.value.sequence)
      expect(second.value.atMs).toBeGreaterThanOrEqual(first.value.atMs)
      expect(second.value.locks[bank.address.lock]).toEqual({ door: 'closed', item: 'absent' })
    })

    test('opens a door, and says so only when its switch does', async () => {
      expect(await bank.locker.unlock(bank.address)).toEqual({ outcome: 'done', value: undefined })
      expect(bank.locker.sensors(bank.address).door).toBe('open')
      await bank.closeDoor()
      await untilSensors(bank.locker, bank.address, { door: 'closed' })
    })

    test('tells each change of door and item once, with the number of its frame', async () => {
      const told: string[] = []
      const sequences: number[] = []
      bank.locker.onSensors(({ address, sensors, sequence }) => {
        if (address.board !== bank.address.board || address.lock !== bank.address.lock) return
        told.push(`${sensors.door} ${sensors.item}`)
        sequences.push(sequence)
      })
      await bank.locker.unlock(bank.address)
      await bank.putItem()
      await untilSensors(bank.locker, bank.address, { item: 'present' })
      await bank.takeItem()
      await untilSensors(bank.locker, bank.address, { item: 'absent' })
      await bank.closeDoor()
      await untilSensors(bank.locker, bank.address, { door: 'closed' })
      expect(told).toEqual(['open absent', 'open present', 'open absent', 'closed absent'])
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b))
      expect(sequences[0]).toBeGreaterThan(0)
    })

    test('tells no status at an unchanged poll', async () => {
      const told: unknown[] = []
      bank.locker.onStatus((status) => told.push(status))
      const before = bank.locker.counters().statusFrames ?? 0
      await until('five more polls', () => (bank.locker.counters().statusFrames ?? 0) >= before + 5)
      expect(told).toEqual([])
    })

    test('refuses an address that no door has, as the bug it is', async () => {
      const { board } = bank.address
      await expect(bank.locker.unlock({ board, lock: 16 })).rejects.toThrow(RangeError)
      await expect(bank.locker.unlock({ board: 14, lock: 0 })).rejects.toThrow(RangeError)
    })

    test('keeps the newest exchanges with the wire', async () => {
      await bank.locker.unlock(bank.address)
      const exchanges = bank.locker.lastExchanges()
      expect(exchanges.length).toBeGreaterThan(2)
      expect(exchanges.length).toBeLessThanOrEqual(200)
      expect(exchanges.some(({ direction }) => direction === 'in')).toBe(true)
      await bank.closeDoor()
      await untilSensors(bank.locker, bank.address, { door: 'closed' })
    })

    test('writes nothing after it was stopped', async () => {
      await bank.locker.stop()
      const outcome = await bank.locker.unlock(bank.address)
      expect(outcome.outcome).toBe('refused')
      expect(bank.locker.sensors(bank.address)).toEqual({ door: 'unknown', item: 'unknown' })
    })
  })
}
