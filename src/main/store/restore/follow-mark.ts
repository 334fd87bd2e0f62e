import type { AuditDetails } from '../../audit/audit-row.ts'
import type { AuditRepository } from '../audit-repository.ts'
import type { StoreMark } from './store-mark.ts'

/** Details under which an audit row names compartments. */
const namesCompartment = ['compartment', 'from', 'to'] as const

export function touchNamed(mark: StoreMark, sequence: number, details: AuditDetails): void {
  for (const name of namesCompartment) {
    const compartment = details[name]
    if (typeof compartment === 'number') mark.touch(compartment, sequence)
  }
}

/** Takes the mark up where the last start left it, which after a power cut may be a little behind. */
export function followMark(mark: StoreMark, audit: AuditRepository): void {
  const { found } = mark
  const head = audit.head()
  if (found !== undefined && audit.hashAt(found.sequence) === found.hash) {
    for (const row of audit.rows(found.sequence)) touchNamed(mark, row.sequence, row.details)
  } else {
    mark.startAt(head.sequence)
  }
  mark.note(head)
}
