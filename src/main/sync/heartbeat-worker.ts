import {
  type AuditPoint,
  auditHeadText,
  type Heartbeat,
} from '../../contract/province/heartbeat.ts'
import type { SyncIncident } from './answer.ts'
import type { LossWatch } from './loss-watch.ts'
import type { ProvinceClient } from './province-client.ts'
import type { SyncClock } from './sync-clock.ts'

/** What the composition root knows of the machine now; the worker adds identity, time and audit. */
export type HeartbeatFacts = Pick<
  Heartbeat,
  'clockSynchronised' | 'outbox' | 'services' | 'supplies' | 'compartments' | 'certificateNotAfter'
>

export interface HeartbeatWorkerPorts {
  readonly kioskId: string
  readonly client: Pick<ProvinceClient, 'beat'>
  readonly facts: () => HeartbeatFacts
  readonly epoch: () => { readonly epoch: number; readonly instance: string }
  readonly audit: {
    head(): AuditPoint
    /** The hash of one row; undefined when there is none of this number. */
    hashAt(sequence: number): string | undefined
  }
  readonly signer: {
    readonly keyId: string
    /** Ed25519, base64url. */
    readonly sign: (text: string) => string
  }
  /** Whether the province still holds what it has signed for. */
  readonly losses: LossWatch
  readonly clock: SyncClock
  readonly report: (incident: SyncIncident) => void
}

export interface HeartbeatTimes {
  /** Not at once: the devices have hardly spoken yet. */
  readonly firstMs?: number
  readonly everyMs?: number
}

export interface HeartbeatWorker {
  start(): void
  stop(): Promise<void>
}

/** Tells the province once a minute how the machine is. What it cannot tell it tells the next time, or never. */
export function createHeartbeatWorker(
  ports: HeartbeatWorkerPorts,
  { firstMs = 5_000, everyMs = 60_000 }: HeartbeatTimes = {},
): HeartbeatWorker {
  const { kioskId, client, audit, signer, clock, report } = ports
  const abort = new AbortController()
  let running = false
  let cancelTimer = () => {}
  let current: Promise<void> | undefined
  let auditSeen: AuditPoint | null = null
  let reported: string | undefined

  function heartbeat(): Heartbeat {
    const at = clock.now().toISOString()
    const { epoch, instance } = ports.epoch()
    const { sequence, hash } = audit.head()
    const { keyId } = signer
    const signature = signer.sign(auditHeadText({ kioskId, epoch, sequence, hash, at, keyId }))
    const seen = auditSeen && audit.hashAt(auditSeen.sequence)
    return {
      epoch,
      instance,
      at,
      ...ports.facts(),
      audit: {
        sequence,
        hash,
        keyId,
        signature,
        ...(auditSeen && seen && { proves: { sequence: auditSeen.sequence, hash: seen } }),
      },
    }
  }

  async function beat(): Promise<void> {
    const acknowledged = ports.losses.acknowledged()
    const answer = await client.beat(heartbeat(), abort.signal)
    if (!running) return
    if (answer.outcome === 'heard') {
      auditSeen = answer.auditSeen
      reported = undefined
      await ports.losses.compare(acknowledged, answer.held, abort.signal)
      if (!running) return
    } else if (answer.outcome !== 'later') tellOnce('code' in answer ? answer.code : answer.outcome)
    cancelTimer = clock.setTimer(everyMs, next)
  }

  /** An older province has no such address; a wrong token is the other workers' alarm too. */
  function tellOnce(code: string): void {
    if (reported === code) return
    reported = code
    report({ severity: 'incident', event: 'HEARTBEAT_NOT_TAKEN', code, subject: 'heartbeat' })
  }

  function next(): void {
    current = beat().finally(() => {
      current = undefined
    })
  }

  return {
    start() {
      running = true
      cancelTimer = clock.setTimer(firstMs, next)
    },
    async stop() {
      running = false
      cancelTimer()
      abort.abort()
      await current
    },
  }
}
