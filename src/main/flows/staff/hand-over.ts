import type { MessageBody } from '../../../contract/province/message.ts'
import type { Outcome } from '../../../devices/contract.ts'

/** What an officer has taken out since the last record, in the order in which it happened. */
export interface Tally {
  readonly collected: readonly string[]
  readonly unreadable: readonly string[]
  readonly missing: readonly string[]
  readonly surplus: readonly string[]
  readonly returned: readonly string[]
}

const emptyTally: Tally = {
  collected: [],
  unreadable: [],
  missing: [],
  surplus: [],
  returned: [],
}

/** Kept for a whole visit: what was taken out off the list stands on the same record. */
export interface HandOverTally {
  current(): Tally
  add(kind: keyof Tally, code: string): void
  isEmpty(): boolean
  clear(): void
}

export function createHandOverTally(): HandOverTally {
  let tally = emptyTally
  return {
    current: () => tally,
    add(kind, code) {
      tally = { ...tally, [kind]: [...tally[kind], code] }
    },
    isEmpty: () => Object.values(tally).every((codes) => codes.length === 0),
    clear() {
      tally = emptyTally
    },
  }
}

/** Printed for two signatures; the same goes to the province. */
export type HandOverRecord = MessageBody<'handOver'>

export interface HandOverPort {
  newId(): string
  /** `done` only when the printer itself said that the paper is out. */
  print(record: HandOverRecord, officerName: string): Promise<Outcome<unknown>>
}
