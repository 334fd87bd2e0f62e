import type { Diagnosis, Finding } from '../../contract/diagnosis.ts'
import { certificateState } from '../domain/certificate-state.ts'
import { lowReason, supplyState } from '../domain/supply-state.ts'

type Facts = Omit<Diagnosis, 'fit' | 'findings'>

/** Fit for service when every service is there; what will soon be missing is a notice. */
export function readiness(facts: Facts): Diagnosis {
  const away = new Set(
    facts.services.filter(({ available }) => !available).flatMap(({ reasons }) => reasons),
  )
  const findings: Finding[] = facts.devices.flatMap(({ id, reasons }) =>
    reasons.map((reason) => ({
      subject: id,
      reason,
      severity: away.has(reason) ? ('unfit' as const) : ('notice' as const),
    })),
  )
  for (const view of facts.supplies) {
    const state = supplyState(view)
    if (state !== 'low' && state !== 'empty') continue
    const reason = lowReason(view.supply, state)
    const severity = away.has(reason) ? ('unfit' as const) : ('notice' as const)
    findings.push({ subject: view.supply, reason, severity })
  }
  const told = new Set(findings.map(({ reason }) => reason))
  for (const reason of away) {
    if (!told.has(reason)) findings.push({ subject: 'compartments', reason, severity: 'unfit' })
  }
  if (facts.compartments.suspect.length + facts.compartments.unknown.length > 0) {
    const reason = 'COMPARTMENT_UNKNOWN'
    findings.push({ subject: 'compartments', reason, severity: 'notice' })
  }
  // A clock that wants a person has said more than that.
  if (!facts.clockSynchronised && !findings.some(({ subject }) => subject === 'clock')) {
    findings.push({ subject: 'clock', reason: 'CLOCK_UNSYNCHRONISED', severity: 'notice' })
  }
  const certificate =
    facts.certificateNotAfter === undefined
      ? 'good'
      : certificateState(facts.certificateNotAfter, Date.parse(facts.at))
  if (certificate !== 'good') {
    const reason = certificate === 'expired' ? 'CERTIFICATE_EXPIRED' : 'CERTIFICATE_EXPIRING'
    findings.push({ subject: 'province', reason, severity: 'notice' })
  }
  return { ...facts, fit: facts.services.every(({ available }) => available), findings }
}
