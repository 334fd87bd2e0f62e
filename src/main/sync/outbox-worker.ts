import type { Failure, StopCode, SyncIncident } from './answer.ts'
import { createBreaker } from './breaker.ts'
import type { EpochStore, OutboxRow, OutboxStore } from './ports.ts'
import type { MessageAnswer, ProvinceClient } from './province-client.ts'
import { type RetryPolicy, retryDelayMs } from './retry-policy.ts'
import { pageNamingKinds } from './send-with-pages.ts'
import type { SyncClock } from './sync-clock.ts'

export interface OutboxWorkerPorts {
  readonly outbox: OutboxStore
  readonly epochs: EpochStore
  readonly client: Pick<ProvinceClient, 'sendMessage' | 'registerEpoch'>
  /** Announced with the epoch: the province verifies slips with it. */
  readonly slipKey: { readonly keyId: string; readonly publicKey: string }
  readonly clock: SyncClock
  /** 0 ≤ value < 1 */
  readonly random: () => number
  readonly report: (incident: SyncIncident) => void
}

export interface OutboxWorkerOptions {
  /** Messages on their way at once, each of another lane. */
  readonly lanesInFlight?: number
  /** Back-off of one message. */
  readonly messageRetry?: RetryPolicy
  /** Back-off of the whole queue while the province cannot be reached. */
  readonly pause?: RetryPolicy
  /** Whether what brings pages must wait just now; what is small goes on. */
  readonly isQuiet?: () => boolean
  /** Whether a person stands before the machine: each message costs two flushes that a touch would wait for. */
  readonly isServing?: () => boolean
  /** While somebody is served: one message at a time, and so long a rest after each. */
  readonly servingRestMs?: number
  /** Looks into the outbox at least this often. */
  readonly pollMs?: number
}

export interface OutboxStatus {
  readonly state: 'idle' | 'sending' | 'paused' | 'stopped'
  readonly stopCode: StopCode | null
  readonly inFlight: number
}

export interface OutboxWorker {
  start(): void
  /** Something was put into the outbox. */
  notify(): void
  /** A person has dealt with what stopped it. */
  resume(): void
  status(): OutboxStatus
  /** Gives up what is on its way: those rows stay `sending` and go again with the same key and bytes. */
  stop(): Promise<void>
}

/** So many refusals of messages' shape in a row are no fault of the messages. */
const contractFailures = 3

/** Brings the outbox to the province: in order within a lane, several lanes at once. */
export function createOutboxWorker(
  ports: OutboxWorkerPorts,
  options: OutboxWorkerOptions = {},
): OutboxWorker {
  const { outbox, epochs, client, clock, random, report } = ports
  const {
    lanesInFlight = 8,
    messageRetry = { baseMs: 1_000, capMs: 300_000 },
    pause = { baseMs: 1_000, capMs: 30_000 },
    isQuiet = () => false,
    isServing = () => false,
    servingRestMs = 25,
    pollMs = 5_000,
  } = options
  const breaker = createBreaker({ limit: lanesInFlight, policy: pause, random })
  const inFlight = new Map<string, Promise<void>>()
  const abort = new AbortController()
  let running = false
  let stopCode: StopCode | null = null
  let registered = false
  let registering: Promise<void> | undefined
  let wakeAtMs = Number.POSITIVE_INFINITY
  let cancelTimer = () => {}
  let invalidInRow = 0
  let answeredAtMs = Number.NEGATIVE_INFINITY

  function pump(): void {
    cancelTimer()
    if (!running || stopCode !== null) return
    const nowMs = clock.runningMs()
    const pausedMs = breaker.pausedUntilMs() - nowMs
    if (pausedMs > 0) {
      wakeIn(pausedMs)
      return
    }
    if (!registered) {
      registering ??= register().finally(() => {
        registering = undefined
        pump()
      })
      return
    }
    const restMs = isServing() ? answeredAtMs + servingRestMs - nowMs : 0
    if (restMs > 0) {
      wakeIn(restMs)
      return
    }
    if (wakeAtMs <= nowMs) wakeAtMs = Number.POSITIVE_INFINITY
    for (const row of nextRows(nowMs)) inFlight.set(row.key, deliver(row))
    wakeIn(Math.min(pollMs, wakeAtMs - nowMs))
  }

  function wakeIn(delayMs: number): void {
    cancelTimer = clock.setTimer(delayMs, pump)
  }

  /** While one at a time tries, the least tried first: a message that always fails holds back no other. */
  function nextRows(nowMs: number): readonly OutboxRow[] {
    const room = Math.min(breaker.limit(), isServing() ? 1 : lanesInFlight) - inFlight.size
    if (room <= 0) return []
    // A row on its way is `sending`, as one left over from a crash is.
    const due = outbox
      .due(nowMs, lanesInFlight * 4 + inFlight.size, isQuiet() ? pageNamingKinds : [])
      .filter((row) => !inFlight.has(row.key))
    if (breaker.limit() === 1) return due.toSorted((a, b) => a.attempts - b.attempts).slice(0, 1)
    return due.slice(0, room)
  }

  async function deliver(row: OutboxRow): Promise<void> {
    outbox.markSending(row.key)
    const answer = await client.sendMessage(row, abort.signal)
    inFlight.delete(row.key)
    answeredAtMs = clock.runningMs()
    // A receipt counts even while stopping; anything else leaves the row as it is.
    if (running || answer.outcome === 'accepted') settle(row, answer)
    pump()
  }

  function settle(row: OutboxRow, answer: MessageAnswer): void {
    const subject = row.key
    switch (answer.outcome) {
      case 'accepted':
        outbox.acknowledge(row.key, JSON.stringify(answer.receipt), clock.now().toISOString())
        invalidInRow = 0
        breaker.close()
        return
      case 'rejected':
        outbox.park(row.key, answer.code)
        report({ severity: 'alarm', event: 'MESSAGE_PARKED', code: answer.code, subject })
        breaker.close()
        invalidInRow = answer.code === 'INVALID_MESSAGE' ? invalidInRow + 1 : 0
        if (invalidInRow >= contractFailures) halt('CONTRACT', subject)
        return
      case 'stop':
        outbox.postpone(row.key, clock.runningMs(), answer.code)
        halt(answer.code, subject)
        return
      case 'epochUnknown':
        registered = false
        postpone(row, 'EPOCH_UNKNOWN')
        // A province that forgets at once what it was told must not be asked without end.
        breaker.fail('everyone', clock.runningMs())
        return
      case 'garbled':
        report({ severity: 'incident', event: 'ANSWER_GARBLED', code: answer.code, subject })
        postpone(row, answer.code)
        breaker.fail('thisMessage', clock.runningMs())
        return
      case 'later':
        postpone(row, answer.code, answer.retryAfterMs)
        breaker.fail(answer.concerns, clock.runningMs(), answer.retryAfterMs)
        return
    }
  }

  function postpone(row: OutboxRow, code: string, retryAfterMs = 0): void {
    const delayMs = Math.max(retryDelayMs(row.attempts + 1, random(), messageRetry), retryAfterMs)
    const atMs = clock.runningMs() + delayMs
    outbox.postpone(row.key, atMs, code)
    wakeAtMs = Math.min(wakeAtMs, atMs)
  }

  function halt(code: StopCode, subject: string): void {
    if (stopCode !== null) return
    stopCode = code
    report({ severity: 'alarm', event: 'WORKER_STOPPED', code, subject })
  }

  async function register(): Promise<void> {
    const waiting = epochs.unregistered()
    const slip = { slipKeyId: ports.slipKey.keyId, slipPublicKey: ports.slipKey.publicKey }
    for (const one of waiting.length > 0 ? waiting : [epochs.epoch()]) {
      const { epoch, instance, startedAt } = one
      const answer = await client.registerEpoch(
        { epoch, instance, startedAt, ...slip },
        abort.signal,
      )
      if (answer.outcome !== 'done') {
        if (running) registrationFailed(answer, `epoch ${epoch}`)
        return
      }
      epochs.markEpochRegistered(epoch)
    }
    registered = true
  }

  function registrationFailed(answer: Failure, subject: string): void {
    const nowMs = clock.runningMs()
    switch (answer.outcome) {
      case 'stop':
        halt(answer.code, subject)
        return
      case 'rejected':
        halt('EPOCH_REJECTED', subject)
        return
      case 'garbled':
        report({ severity: 'incident', event: 'ANSWER_GARBLED', code: answer.code, subject })
        breaker.fail('everyone', nowMs)
        return
      case 'epochUnknown':
        breaker.fail('everyone', nowMs)
        return
      case 'later':
        breaker.fail('everyone', nowMs, answer.retryAfterMs)
        return
    }
  }

  return {
    start() {
      if (running) return
      running = true
      registered = epochs.unregistered().length === 0
      pump()
    },
    notify: pump,
    resume() {
      stopCode = null
      invalidInRow = 0
      breaker.close()
      pump()
    },
    status() {
      const paused = breaker.pausedUntilMs() > clock.runningMs()
      const busy = inFlight.size > 0 ? 'sending' : 'idle'
      const state = stopCode !== null ? 'stopped' : paused ? 'paused' : busy
      return { state, stopCode, inFlight: inFlight.size }
    },
    async stop() {
      running = false
      cancelTimer()
      abort.abort()
      await Promise.all([...inFlight.values(), registering])
    },
  }
}
