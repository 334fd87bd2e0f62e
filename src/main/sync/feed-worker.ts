import { type FeedKind, feedKinds } from '../../contract/province/feed.ts'
import type { Failure, StopCode, SyncIncident } from './answer.ts'
import type { FeedStore } from './ports.ts'
import type { ProvinceClient } from './province-client.ts'
import { readFeedItem } from './read-feed-item.ts'
import { type RetryPolicy, retryDelayMs } from './retry-policy.ts'
import type { SyncClock } from './sync-clock.ts'
import type { Verifier } from './verifier.ts'

export interface FeedWorkerPorts {
  readonly feed: FeedStore
  readonly client: Pick<ProvinceClient, 'feedPage' | 'refuseFeedItem'>
  /** Over `province.staffKeys` of the configuration, or the receipt keys. */
  readonly staffVerifier: Verifier
  readonly clock: SyncClock
  readonly random: () => number
  readonly report: (incident: SyncIncident) => void
  /** After items of a kind were applied: screens and texts may have changed. */
  readonly onApplied?: (kind: FeedKind) => void
}

export interface FeedWorkerOptions {
  /** Between two rounds when nothing is waiting. */
  readonly pollMs?: number
  readonly pageSize?: number
  readonly retry?: RetryPolicy
}

export interface FeedWorker {
  start(): void
  /** Ask now: an officer waits, or the network came back. */
  notify(): void
  resume(): void
  status(): { readonly state: 'running' | 'stopped'; readonly stopCode: StopCode | null }
  stop(): Promise<void>
}

/** Rights taken back come before anything that gives some. */
const order: readonly FeedKind[] = [
  'revocations',
  ...feedKinds.filter((kind) => kind !== 'revocations'),
]

/** Most pages of revocations in one round. */
const revocationPages = 20

type RoundEnd = { readonly outcome: 'done' | 'more' } | Failure

export function createFeedWorker(
  ports: FeedWorkerPorts,
  options: FeedWorkerOptions = {},
): FeedWorker {
  const { feed, client, clock, random, report } = ports
  const { pollMs = 15_000, pageSize = 100, retry = { baseMs: 2_000, capMs: 60_000 } } = options
  const abort = new AbortController()
  let running = false
  let stopCode: StopCode | null = null
  let cancelTimer = () => {}
  let current: Promise<void> | undefined
  let again = false
  let failures = 0

  function wake(): void {
    cancelTimer()
    if (!running || stopCode !== null) return
    if (current !== undefined) {
      again = true
      return
    }
    again = false
    current = round().then((end) => {
      current = undefined
      if (running) after(end)
    })
  }

  /** Revocations first, then at most a page of each other kind, so that revocations are soon asked again. */
  async function round(): Promise<RoundEnd> {
    const told = await tellRefusals()
    if (told.outcome !== 'done') return told
    let more = false
    for (const kind of order) {
      let page = await takePage(kind)
      for (let pages = 1; kind === 'revocations' && page.outcome === 'more'; pages += 1) {
        // Without an end they are no revocations: the other kinds have waited long enough.
        if (pages >= revocationPages) break
        page = await takePage(kind)
      }
      if (page.outcome !== 'done' && page.outcome !== 'more') return page
      more ||= page.outcome === 'more'
    }
    const refused = await tellRefusals()
    if (refused.outcome !== 'done') return refused
    return { outcome: more ? 'more' : 'done' }
  }

  async function takePage(kind: FeedKind): Promise<RoundEnd> {
    const after = feed.cursor(kind)
    const answer = await client.feedPage(kind, after, pageSize, abort.signal)
    if (!running) return { outcome: 'done' }
    if (answer.outcome !== 'page') return answer
    let last = after
    let taken = 0
    for (const { cursor, item } of answer.items) {
      // A cursor that goes back would be applied never, or twice: this page is not the province's.
      if (cursor <= last) return { outcome: 'garbled', code: 'CURSOR_NOT_RISING' }
      last = cursor
      if (take(kind, cursor, item)) taken += 1
    }
    if (answer.items.length > 0) ports.onApplied?.(kind)
    // A page with nothing of use is followed by the next one in its own time: each refusal is a write to the disk.
    return { outcome: taken > 0 && answer.items.length >= pageSize ? 'more' : 'done' }
  }

  /** Whether the item was applied. */
  function take<K extends FeedKind>(kind: K, cursor: number, raw: unknown): boolean {
    const read = readFeedItem(kind, raw, ports.staffVerifier)
    const code = read.ok ? feed.apply(kind, cursor, read.item) : read.code
    if (code === undefined) return true
    feed.parkItem(kind, cursor, code)
    const revocation = kind === 'revocations'
    report({
      severity: revocation ? 'alarm' : 'incident',
      event: revocation ? 'REVOCATION_PARKED' : 'FEED_ITEM_PARKED',
      code,
      subject: `${kind} ${cursor}`,
    })
    return false
  }

  async function tellRefusals(): Promise<RoundEnd> {
    for (const { kind, cursor, code } of feed.untoldRefusals()) {
      const answer = await client.refuseFeedItem(kind, { cursor, code }, abort.signal)
      if (!running) return { outcome: 'done' }
      const forgotten = answer.outcome === 'stop' && answer.code === 'NOT_FOUND'
      if (answer.outcome === 'rejected' || forgotten) {
        // The sender does not know the item any more: telling again and again would end nothing.
        const subject = `${kind} ${cursor}`
        report({ severity: 'incident', event: 'REFUSAL_NOT_TAKEN', code: answer.code, subject })
      } else if (answer.outcome !== 'done') return answer
      feed.markRefusalTold(kind, cursor)
    }
    return { outcome: 'done' }
  }

  function after(end: RoundEnd): void {
    switch (end.outcome) {
      case 'done':
        failures = 0
        wakeIn(again ? 0 : pollMs)
        return
      case 'more':
        failures = 0
        wakeIn(0)
        return
      case 'stop':
        stopCode = end.code
        report({ severity: 'alarm', event: 'WORKER_STOPPED', code: end.code, subject: 'feed' })
        return
      case 'rejected':
      case 'epochUnknown':
        // The feed has no message that could be at fault: the two sides do not speak the same contract.
        stopCode = 'CONTRACT'
        report({ severity: 'alarm', event: 'WORKER_STOPPED', code: 'CONTRACT', subject: 'feed' })
        return
      case 'garbled':
        report({ severity: 'incident', event: 'ANSWER_GARBLED', code: end.code, subject: 'feed' })
        retryLater()
        return
      case 'later':
        retryLater(end.retryAfterMs)
        return
    }
  }

  function retryLater(retryAfterMs = 0): void {
    failures += 1
    wakeIn(Math.max(retryDelayMs(failures, random(), retry), retryAfterMs))
  }

  function wakeIn(delayMs: number): void {
    cancelTimer()
    cancelTimer = clock.setTimer(delayMs, wake)
  }

  return {
    start() {
      running = true
      wake()
    },
    notify: wake,
    resume() {
      stopCode = null
      failures = 0
      wake()
    },
    status: () => ({ state: stopCode === null ? 'running' : 'stopped', stopCode }),
    async stop() {
      running = false
      cancelTimer()
      abort.abort()
      await current
    },
  }
}
