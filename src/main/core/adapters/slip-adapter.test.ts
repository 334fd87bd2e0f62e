import { describe, expect, it } from 'vitest'
import type { DeviceState, Printer } from '../../../devices/contract.ts'
import { slipAdapter } from './slip-adapter.ts'

/** Only what the adapter asks of a printer before it prints. */
function fakePrinter(first: DeviceState) {
  let state = first
  const listeners = new Set<() => void>()
  const printer = {
    status: () => ({ state, reasons: [] }),
    onStatus(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as Printer
  return {
    printer,
    listeners,
    becomes(next: DeviceState) {
      state = next
      for (const listener of listeners) listener()
    },
  }
}

function adapterFor(printer: Printer | undefined) {
  const timers: (() => void)[] = []
  const slips = slipAdapter({
    printer,
    clock: {
      now: () => new Date(0),
      monotonicMs: () => 0,
      setTimer(_delayMs, callback) {
        timers.push(callback)
        return () => {}
      },
    },
    renderer: { render: () => Promise.reject(new Error('nothing is printed here')) } as never,
    config: {} as never,
    keyId: 'k',
    sign: () => new Uint8Array(64),
  })
  return { slips, timers }
}

describe('readySoon', () => {
  it('answers at once for a printer that is known, or that is not there', async () => {
    expect(await adapterFor(fakePrinter('online').printer).slips.readySoon()).toBe(true)
    expect(await adapterFor(fakePrinter('needsAttendant').printer).slips.readySoon()).toBe(false)
    expect(await adapterFor(undefined).slips.readySoon()).toBe(false)
  })

  it.each([
    ['online', true],
    ['needsAttendant', false],
  ] as const)('waits for a printer that starts and becomes %s', async (state, expected) => {
    const fake = fakePrinter('starting')
    const { slips } = adapterFor(fake.printer)
    const answer = slips.readySoon()
    fake.becomes(state)
    expect(await answer).toBe(expected)
    expect(fake.listeners.size).toBe(0)
  })

  it('does not wait for ever', async () => {
    const fake = fakePrinter('starting')
    const { slips, timers } = adapterFor(fake.printer)
    const answer = slips.readySoon()
    for (const ring of timers) ring()
    expect(await answer).toBe(false)
    expect(fake.listeners.size).toBe(0)
  })
})
