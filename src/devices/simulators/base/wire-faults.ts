import type { Clock } from '../../clock.ts'
import { type WireFault, wireFaults as wireFaultNames } from '../control.ts'
import { flag, oneOf, wholeNumber } from './control-arguments.ts'
import type { CommandArguments } from './control-server.ts'

/** `unplugged` is the port's own matter. */
export type FrameFault = Exclude<WireFault, 'unplugged'>

export interface FrameFaultSetting {
  readonly fault: FrameFault
  readonly on: boolean
  readonly delayMs?: number | undefined
  /** Only so many of the next frames; until switched off when left out. */
  readonly count?: number | undefined
}

export interface WireFaultOptions {
  readonly clock: Clock
  readonly write: (bytes: Uint8Array) => void
  /** The same frame with a checksum that does not match; the last byte is flipped unless told. */
  readonly corrupt?: (frame: Uint8Array) => Uint8Array
  /** Makes noise repeatable. */
  readonly seed?: number
}

export interface FaultyWire {
  /** One frame of the device, spoiled by the faults that are on. */
  send(frame: Uint8Array): void
  set(setting: FrameFaultSetting): void
  active(): readonly FrameFault[]
  /** Forgets what was not sent yet: the cable was pulled. */
  clearPending(): void
}

interface ActiveFault {
  readonly delayMs: number
  remaining: number
}

const defaultDelayMs: Readonly<Record<FrameFault, number>> = {
  silent: 0,
  wrongChecksum: 0,
  byteByByte: 3,
  noise: 0,
  lateReply: 400,
}

function flipLastByte(frame: Uint8Array): Uint8Array {
  return frame.map((byte, index) => (index === frame.length - 1 ? byte ^ 0x5a : byte))
}

/** xorshift32: noise that is the same in every run. */
function noiseSource(seed: number): () => Uint8Array {
  let state = seed | 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  return () => Uint8Array.from({ length: 1 + (next() % 8) }, () => next() & 0xff)
}

export function faultyWire(options: WireFaultOptions): FaultyWire {
  const faults = new Map<FrameFault, ActiveFault>()
  const corrupt = options.corrupt ?? flipLastByte
  const noise = noiseSource(options.seed ?? 247)
  const queue: { readonly bytes: Uint8Array; readonly afterMs: number }[] = []
  let waiting = false
  let generation = 0

  /** True for a frame that the fault takes; counts it. */
  const takes = (fault: FrameFault): ActiveFault | undefined => {
    const active = faults.get(fault)
    if (active === undefined) return undefined
    active.remaining -= 1
    if (active.remaining <= 0) faults.delete(fault)
    return active
  }

  // One queue for everything, so that slow bytes of one frame never mix with the next frame.
  const drain = (): void => {
    while (!waiting) {
      const next = queue.shift()
      if (next === undefined) return
      if (next.afterMs === 0) {
        options.write(next.bytes)
        continue
      }
      waiting = true
      const mine = generation
      options.clock.setTimer(next.afterMs, () => {
        if (mine !== generation) return
        waiting = false
        options.write(next.bytes)
        drain()
      })
    }
  }

  const enqueue = (frame: Uint8Array, split: ActiveFault | undefined): void => {
    if (split === undefined) queue.push({ bytes: frame, afterMs: 0 })
    else
      for (const byte of frame) queue.push({ bytes: Uint8Array.of(byte), afterMs: split.delayMs })
    drain()
  }

  return {
    send(frame) {
      if (takes('silent') !== undefined) return
      let bytes = takes('wrongChecksum') === undefined ? frame : corrupt(frame)
      if (takes('noise') !== undefined) bytes = Uint8Array.from([...noise(), ...bytes])
      const split = takes('byteByByte')
      const late = takes('lateReply')
      if (late === undefined) {
        enqueue(bytes, split)
        return
      }
      const mine = generation
      options.clock.setTimer(late.delayMs, () => {
        if (mine === generation) enqueue(bytes, split)
      })
    },
    set({ fault, on, delayMs, count }) {
      if (!on) {
        faults.delete(fault)
        return
      }
      faults.set(fault, {
        delayMs: delayMs ?? defaultDelayMs[fault],
        remaining: count ?? Number.POSITIVE_INFINITY,
      })
    },
    active: () => [...faults.keys()],
    clearPending() {
      generation += 1
      waiting = false
      queue.length = 0
    },
  }
}

/** The arguments of the `fault` command, checked. */
export function faultArguments(args: CommandArguments): {
  readonly fault: WireFault
  readonly on: boolean
  readonly delayMs: number | undefined
  readonly count: number | undefined
} {
  return {
    fault: oneOf(args, 'fault', wireFaultNames),
    on: flag(args, 'on', true),
    delayMs: args.delayMs === undefined ? undefined : wholeNumber(args, 'delayMs'),
    count: args.count === undefined ? undefined : wholeNumber(args, 'count'),
  }
}
