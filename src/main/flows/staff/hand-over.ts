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

export const emptyTally: Tally = {
  collected: [],
  unreadable: [],
  missing: [],
  surplus: [],
  returned: [],
}

export function addTo(tally: Tally, kind: keyof Tally, code: string): Tally {
  return { ...tally, [kind]: [...tally[kind], code] }
}

export function isEmptyTally(tally: Tally): boolean {
  return Object.values(tally).every((codes) => codes.length === 0)
}

/** Printed for two signatures; the same goes to the province. */
export type HandOverRecord = MessageBody<'handOver'>

export interface HandOverPort {
  newId(): string
  /** `done` only when the printer itself said that the paper is out. */
  print(record: HandOverRecord, officerName: string): Promise<Outcome<unknown>>
}
