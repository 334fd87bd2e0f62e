import type { ExchangeRecord } from './contract.ts'

const keptExchanges = 200

export interface ExchangeRing {
  /**
   * `shownBytes` limits how much of a personal payload is kept: its header, then its length. Everything is
   * kept when it is left out.
   */
  record(
    atMs: number,
    direction: ExchangeRecord['direction'],
    bytes: Uint8Array,
    shownBytes?: number,
  ): void
  list(): readonly ExchangeRecord[]
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

/** The newest 200 exchanges with the wire, oldest first. */
export function exchangeRing(): ExchangeRing {
  const records: ExchangeRecord[] = []
  return {
    record(atMs, direction, bytes, shownBytes = bytes.length) {
      const hidden = bytes.length - shownBytes
      const hex = hexOf(bytes.subarray(0, shownBytes))
      records.push({ atMs, direction, hex: hidden > 0 ? `${hex} +${hidden} bytes` : hex })
      if (records.length > keptExchanges) records.shift()
    },
    list: () => [...records],
  }
}
