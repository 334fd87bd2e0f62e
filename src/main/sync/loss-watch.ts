import { type HeldInEpoch, missingKeysCap } from '../../contract/province/held.ts'
import type { SyncIncident } from './answer.ts'
import type { SentStore } from './ports.ts'
import type { ProvinceClient } from './province-client.ts'
import type { SyncClock } from './sync-clock.ts'

interface Found {
  again: number
  notKept: number
}

export interface LossWatchPorts {
  readonly sent: SentStore
  readonly client: Pick<ProvinceClient, 'missingKeys'>
  /** Pages go up before the message that names them: their receipts do not count any more either. */
  readonly forgetPageReceipts: (lanes: readonly string[]) => Promise<void>
  readonly clock: Pick<SyncClock, 'runningMs'>
  readonly report: (incident: SyncIncident) => void
  /** Something is to be sent again. */
  readonly onFound: (found: Readonly<Found>) => void
  /** It holds all that it has signed for. */
  readonly onWhole: () => void
}

export interface LossWatch {
  /** For how many messages there are receipts; read before the question, so that the province must hold them all. */
  acknowledged(): readonly HeldInEpoch[]
  /** @param held what the province answered afterwards; undefined: one that does not tell */
  compare(
    acknowledged: readonly HeldInEpoch[],
    held: readonly HeldInEpoch[] | undefined,
    signal?: AbortSignal,
  ): Promise<void>
}

/** A province that says so again and again must not have everything sent again and again. */
const restMs = 600_000
/** Nobody at the screen waits for it. */
const atOnce = 100

/**
 * A province that was put back to an older copy of its store has lost messages for which the kiosk holds receipts. It
 * shows: it holds fewer than it signed for. The kiosk asks which, and sends again what it still keeps.
 */
export function createLossWatch(ports: LossWatchPorts): LossWatch {
  const { sent, client, clock } = ports
  let restUntilMs = Number.NEGATIVE_INFINITY
  /** By epoch: a hundred thousand keys are many questions, and a bad line must not begin them anew each time. */
  const askedTo = new Map<number, number>()

  /** @returns false when the disk takes nothing just now */
  async function sendAgain(missing: readonly string[], found: Found): Promise<boolean> {
    for (let from = 0; from < missing.length; from += atOnce) {
      const some = missing.slice(from, from + atOnce)
      // Before they are to be sent: a crash in between costs a page that is sent twice, never one that is not.
      await ports.forgetPageReceipts(sent.lanesOf(some))
      const sentAgain = sent.sendAgain(some)
      if (sentAgain === undefined) return false
      found.again += sentAgain.again
      found.notKept += sentAgain.notKept
    }
    return true
  }

  /** @returns false when it could not be ended: the next heartbeat finds the rest of the difference, and goes on. */
  async function askFor(
    epochs: readonly number[],
    found: Found,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    for (const epoch of epochs) {
      for (;;) {
        const rows = sent.acknowledgedAfter(epoch, askedTo.get(epoch) ?? 0, missingKeysCap)
        const last = rows.at(-1)
        if (last === undefined) break
        const answer = await client.missingKeys(
          rows.map(({ key }) => key),
          signal,
        )
        if (answer.outcome !== 'missing') return false
        if (!(await sendAgain(answer.keys, found))) return false
        askedTo.set(epoch, last.sequence)
      }
    }
    return true
  }

  return {
    acknowledged: () => sent.acknowledgedByEpoch(),
    async compare(acknowledged, held, signal) {
      if (held === undefined) return
      const heldIn = new Map(held.map(({ epoch, messages }) => [epoch, messages]))
      const short = acknowledged.filter(
        ({ epoch, messages }) => (heldIn.get(epoch) ?? 0) < messages,
      )
      if (short.length === 0) {
        askedTo.clear()
        return ports.onWhole()
      }
      if (clock.runningMs() < restUntilMs) return
      const found = { again: 0, notKept: 0 }
      const isThrough = await askFor(
        short.map(({ epoch }) => epoch),
        found,
        signal,
      )
      if (isThrough) {
        restUntilMs = clock.runningMs() + restMs
        askedTo.clear()
      }
      if (found.again + found.notKept === 0) return
      ports.report({
        severity: 'alarm',
        event: 'PROVINCE_WENT_BACK',
        code: found.notKept > 0 ? 'NOT_KEPT' : 'SENT_AGAIN',
        subject: `${found.again} again, ${found.notKept} not kept`,
      })
      ports.onFound(found)
    },
  }
}
