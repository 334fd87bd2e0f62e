import type { ReasonCode } from '../../contract/faults.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import type { Device } from '../../devices/contract.ts'

export interface ServiceFacts {
  readonly printer: Device | undefined
  readonly locker: Device | undefined
  readonly reader: Device | undefined
  readonly freeDropCompartments: number
  /** The last bag of the stock has gone. */
  readonly noBags: boolean
  /** Why the disk takes no intake. */
  readonly disk: ReasonCode | undefined
  /** A restored database does not know yet what lies behind the doors of results. */
  readonly restored: boolean
  /** Left out because core crashed over it. */
  readonly suspect: string | undefined
}

/**
 * What the machine can do now, service by service: no paper stops no collection. A silent reader stops only
 * the intake, since the code of a result can be typed.
 */
export function serviceTruth(facts: ServiceFacts): Snapshot['services'] {
  const intake = [
    ...missing(facts.printer, facts.suspect === 'printer'),
    ...missing(facts.locker, facts.suspect === 'locker'),
    ...missing(facts.reader, facts.suspect === 'reader'),
    ...(facts.freeDropCompartments === 0 && working(facts.locker)
      ? (['NO_FREE_COMPARTMENT'] as const)
      : []),
    ...(facts.disk === undefined ? [] : [facts.disk]),
    ...(facts.noBags ? (['NO_BAGS'] as const) : []),
  ]
  const collection = [
    ...missing(facts.locker, facts.suspect === 'locker'),
    ...(facts.restored ? (['STORE_RESTORED'] as const) : []),
  ]
  return [
    { service: 'intake', available: intake.length === 0, reasons: unique(intake) },
    { service: 'collection', available: collection.length === 0, reasons: unique(collection) },
  ]
}

function working(device: Device | undefined): boolean {
  const state = device?.status().state
  return state === 'online' || state === 'busy'
}

function missing(device: Device | undefined, isSuspect: boolean): readonly ReasonCode[] {
  if (isSuspect) return ['SUSPECTED_CRASH']
  if (working(device)) return []
  const reasons = device?.status().reasons ?? []
  return reasons.length > 0 ? reasons : ['NOT_CONNECTED']
}

function unique(reasons: readonly ReasonCode[]): ReasonCode[] {
  return [...new Set(reasons)]
}
