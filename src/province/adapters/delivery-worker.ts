import { randomUUID } from 'node:crypto'
import { sealedDossierSchema } from '../../contract/province/sealed.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { unsealJson } from '../notices/unseal-json.ts'
import { openPages } from '../officer/open-pages.ts'
import { pagesPdf } from '../officer/pages-pdf.ts'
import { runUntilQuiet } from '../run-until-quiet.ts'
import type { Keys } from '../security/keys.ts'
import type { ProvinceStore } from '../store/contract.ts'
import type { ClaimedDelivery } from '../store/records/official-records.ts'
import type { AcceptedDossier, DeliveryOutcome, Handover, OfficialAdapter } from './contract.ts'
import { retryDelayMs } from './retry-delay.ts'

export interface DeliveryWorker {
  /** Brings what is due now to every system; callers that come meanwhile share the run. */
  run(): Promise<void>
  /** Begins nothing new; resolves when what is under way has been noted. */
  stop(): Promise<void>
}

/** Longer than the slowest call of any adapter: each note of it begins the time anew. */
const claimMs = 10 * 60_000

const unansweredInARow = 3

/** Somebody else works on this dossier: nothing more may be sent from here. */
class ClaimLost extends Error {}

/**
 * The queue towards official systems. The row says `sending`, and the adapter's note is durable, before the first
 * byte leaves; after a crash the adapter is called with that note and looks before it sends again.
 */
export function deliveryWorker(parts: {
  readonly store: ProvinceStore
  readonly keys: Keys
  readonly adapters: readonly OfficialAdapter[]
  readonly unitName: (unitCode: string) => string
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
}): DeliveryWorker {
  const { store, keys, adapters, unitName, clock, log, random } = parts
  const now = () => clock().toISOString()
  const inMs = (ms: number) => new Date(clock().getTime() + ms).toISOString()

  const handover = async (claimed: ClaimedDelivery): Promise<Handover | undefined> => {
    const dossier = await store.dossiers.find(claimed.intakeId)
    if (!isAccepted(dossier)) throw new Error(`${claimed.intakeId} is not accepted`)
    const opened = await unsealJson(keys, dossier.sealed, sealedDossierSchema)
    if (!opened.ok) return undefined
    const { pages = [] } = opened.value
    return {
      dossier,
      content: opened.value,
      unitName: unitName(dossier.unitCode),
      steps: claimed.steps,
      memory: claimed.memory === '{}' ? undefined : JSON.parse(claimed.memory),
      async pagesPdf() {
        if (pages.length === 0) return 'none'
        const pagesOf = { keys, pages: store.pages }
        const jpegs = await openPages(dossier.kioskId, pages, pagesOf)
        if (!jpegs.ok) return 'incomplete'
        const at = new Date(dossier.depositedAt)
        return pagesPdf(jpegs.jpegs, { title: dossier.intakeId, at })
      },
      async note({ memory, ...note }) {
        const text = memory === undefined ? {} : { memory: JSON.stringify(memory) }
        const noted = await store.official.note(claimed, { ...note, ...text }, now(), inMs(claimMs))
        if (noted === 'lost') throw new ClaimLost()
      },
    }
  }

  const attempt = async (
    adapter: OfficialAdapter,
    claimed: ClaimedDelivery,
  ): Promise<DeliveryOutcome> => {
    try {
      const given = await handover(claimed)
      return given ? await adapter.deliver(given) : { outcome: 'parked', problem: 'UNREADABLE' }
    } catch (error) {
      if (error instanceof ClaimLost) throw error
      // The stack and not the message alone: it names lines of ours, never a value.
      log('error', `${adapter.id}: ${claimed.intakeId}: ${stackOf(error)}`)
      return { outcome: 'later', problem: 'INTERNAL', concerns: 'dossier' }
    }
  }

  const one = async (
    adapter: OfficialAdapter,
    claimed: ClaimedDelivery,
    unansweredBefore: number,
  ): Promise<DeliveryOutcome> => {
    const outcome = await attempt(adapter, claimed)
    await conclude(adapter, claimed, hangs(outcome, unansweredBefore) ? whole(outcome) : outcome)
    return outcome
  }

  const conclude = async (
    adapter: OfficialAdapter,
    claimed: ClaimedDelivery,
    outcome: DeliveryOutcome,
  ): Promise<void> => {
    const { intakeId } = claimed
    if (outcome.outcome === 'delivered') {
      await store.official.settle(claimed, outcome, now())
      await store.official.answers(adapter.id, now())
      log('info', `${adapter.id}: ${intakeId}: delivered`)
      return
    }
    log('error', `${adapter.id}: ${intakeId}: ${outcome.outcome}: ${outcome.problem}`)
    if (outcome.outcome === 'parked') {
      const { problem, answer } = outcome
      const sealedAnswer = answer ? await keys.seal(JSON.stringify(answer)) : null
      await store.official.settle(claimed, { outcome: 'parked', problem, sealedAnswer }, now())
      return
    }
    const { problem, concerns, retryAfterMs = 0 } = outcome
    if (concerns === 'system') {
      const system = (await store.official.systems()).find((row) => row.adapter === adapter.id)
      const waitMs = Math.max(retryDelayMs((system?.failures ?? 0) + 1, random()), retryAfterMs)
      await store.official.pause(claimed, problem, now(), inMs(waitMs))
      return
    }
    const waitMs = Math.max(retryDelayMs(claimed.attempts, random()), retryAfterMs)
    const later = { outcome: 'later', problem, nextTryAt: inMs(waitMs) } as const
    await store.official.settle(claimed, later, now())
  }

  const drain = async (adapter: OfficialAdapter, isStopping: () => boolean): Promise<void> => {
    while ((await store.official.enlist(adapter.id, adapter.acceptedFrom, now())) > 0);
    let unanswered = 0
    while (!isStopping()) {
      const claim = randomUUID()
      const claimed = await store.official.claim(adapter.id, now(), claim, inMs(claimMs))
      if (!claimed) return
      try {
        const outcome = await one(adapter, claimed, unanswered)
        unanswered = isUnanswered(outcome) ? unanswered + 1 : 0
      } catch (error) {
        if (!(error instanceof ClaimLost)) throw error
        log('error', `${adapter.id}: ${claimed.intakeId}: taken over by another process`)
      }
    }
  }

  // One system that hangs must not hold up the others.
  return runUntilQuiet((isStopping) =>
    Promise.all(adapters.map((adapter) => drain(adapter, isStopping))),
  )
}

type Later = Extract<DeliveryOutcome, { outcome: 'later' }>

function isUnanswered(outcome: DeliveryOutcome): outcome is Later {
  return outcome.outcome === 'later' && outcome.problem === 'NO_ANSWER'
}

/** One dossier without an answer may be its own fault; several in a row are the system's. */
function hangs(outcome: DeliveryOutcome, unansweredBefore: number): outcome is Later {
  return isUnanswered(outcome) && unansweredBefore + 1 >= unansweredInARow
}

const whole = (outcome: Later): Later => ({ ...outcome, concerns: 'system' })

function isAccepted(
  dossier: Awaited<ReturnType<ProvinceStore['dossiers']['find']>>,
): dossier is AcceptedDossier {
  return (
    dossier !== undefined &&
    dossier.dossierCode !== null &&
    dossier.acceptedAt !== null &&
    dossier.acceptedBy !== null
  )
}

/** Where it happened; messages of libraries may repeat what they were given. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [error.name, ...frames].join('\n')
}
