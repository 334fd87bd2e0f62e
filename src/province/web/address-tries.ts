import type { Clock } from '../clock.ts'

/** Whoever has more addresses than this is not stopped by counting them. */
const mostAddresses = 10_000

export interface AddressTries {
  /** Counts a try before anything is compared; false above the limit. */
  begin(address: string): boolean
  /** It was right: it counts no more, what else came from there does. */
  takeBack(address: string): void
}

/**
 * How often one address has been wrong lately, whoever it claimed to be. In memory: addresses are people's data, and
 * who can end this process needs no password.
 */
export function addressTries(parts: {
  readonly clock: Clock
  readonly limit: number
  readonly windowMs: number
}): AddressTries {
  const { clock, limit, windowMs } = parts
  /** The oldest first. */
  const counted = new Map<string, { tries: number; readonly sinceMs: number }>()

  function current(network: string) {
    const entry = counted.get(network)
    if (!entry) return undefined
    // A clock that was put back must not stretch the window.
    if (Math.abs(clock().getTime() - entry.sinceMs) < windowMs) return entry
    counted.delete(network)
    return undefined
  }

  return {
    begin(address) {
      const network = networkOf(address)
      const entry = current(network)
      if (entry && entry.tries >= limit) return false
      if (entry) entry.tries += 1
      else counted.set(network, { tries: 1, sinceMs: clock().getTime() })
      const [oldest] = counted.keys()
      if (counted.size > mostAddresses && oldest !== undefined) counted.delete(oldest)
      return true
    },
    takeBack(address) {
      const entry = current(networkOf(address))
      if (entry) entry.tries -= 1
    },
  }
}

/** One line has 2^64 addresses of IPv6: they count as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address
  const [front = '', back] = address.split('::')
  const before = front === '' ? [] : front.split(':')
  const after = back === undefined || back === '' ? [] : back.split(':')
  const zeros = back === undefined ? 0 : 8 - before.length - after.length
  const groups = [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`
}
