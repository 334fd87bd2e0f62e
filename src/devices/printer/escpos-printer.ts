import type { ReasonCode } from '../../contract/faults.ts'
import type { DeviceIdentity, Printer, PrintProof, Raster } from '../contract.ts'
import { counters } from '../counters.ts'
import { enableAutomaticStatus } from '../protocols/escpos/commands.ts'
import {
  conditionsFromAutomaticStatus,
  noConditions,
  type PrinterConditions,
} from '../protocols/escpos/printer-conditions.ts'
import { createProcessIds } from '../protocols/escpos/process-id.ts'
import type { EscposReply } from '../protocols/escpos/reply-decoder.ts'
import { statusHolder } from '../status-holder.ts'
import { ChannelError } from '../transport/channel.ts'
import { askConditions, askIdentity, askProof, askToClear } from './ask-printer.ts'
import { defaultEscposTimeouts, type EscposPrinterOptions } from './escpos-options.ts'
import { blockingReasons, type PrinterKnowledge, printerStatus } from './escpos-status.ts'
import { type PrintOutcome, runPrintJob } from './print-job.ts'
import { printerLine } from './printer-line.ts'
import { turnstile } from './turnstile.ts'

/** Rounds in a row without an answer before the printer counts as silent. */
const missedRoundsUntilMute = 2

/**
 * An ESC/POS printer at any byte channel. A slip is `done` only when the printer itself said that all before
 * the proof request was printed.
 */
export function escposPrinter(options: EscposPrinterOptions): Printer {
  const { id, clock, profile } = options
  const timeouts = { ...defaultEscposTimeouts, ...options }
  const status = statusHolder()
  const turns = turnstile()
  const nextProcessId = createProcessIds(options.firstProcessId ?? Date.now() % 700_000)
  const counts = counters([
    'prints',
    'printsDone',
    'printsFailed',
    'printsUnknown',
    'missedRounds',
    'unexpectedReplies',
  ])

  let started = false
  let link: PrinterKnowledge['link'] = { state: 'fresh' }
  let conditions: PrinterConditions = noConditions
  let selfTest: PrinterKnowledge['selfTest'] = 'pending'
  let automaticStatusEnabled = false
  let proof: PrintProof = profile.printedProof
  let identity: DeviceIdentity = {}
  let printing = false
  let missed = 0
  /** Automatic statuses so far: a round during which one came may be older than it. */
  let automaticStatuses = 0
  let beatWaits = false
  /** Something may hang in front of the cutter that no slip of ours has cut off. */
  let cutFirst = true
  let cancelHeartbeat: () => void = () => undefined
  let tellFault: () => void = () => undefined

  const publish = (): void => {
    const next = printerStatus({ link, conditions, selfTest, printing, nearEnd: profile.nearEnd })
    status.set(next.state, next.reasons)
  }
  const blocking = (): ReasonCode | undefined => blockingReasons(conditions)[0]

  const line = printerLine({
    id,
    channel: options.channel,
    clock,
    tap: options.tap,
    connected() {
      link = { state: 'fresh' }
      conditions = noConditions
      selfTest = 'pending'
      automaticStatusEnabled = false
      proof = profile.printedProof
      missed = 0
      cutFirst = true
      publish()
      beat()
    },
    disconnected(reason) {
      cancelHeartbeat()
      link = { state: 'down', reason }
      publish()
    },
    unasked(reply) {
      if (reply.kind === 'automaticStatus') noteAutomaticStatus(reply)
      else counts.add('unexpectedReplies')
    },
  })

  /**
   * A fault is believed at once, its end only after asking: while the cover is open the paper bits are old,
   * and a printer whose cover just closed says that all is well before it has looked.
   */
  function noteAutomaticStatus(reply: EscposReply & { readonly kind: 'automaticStatus' }): void {
    automaticStatuses += 1
    const told = conditionsFromAutomaticStatus(reply.bytes)
    const faults = blockingReasons(told)
    if (faults.length > 0 && link.state === 'up') {
      conditions = {
        ...conditions,
        offline: conditions.offline || told.offline,
        coverOpen: conditions.coverOpen || told.coverOpen,
        paperEnd: conditions.paperEnd || told.paperEnd,
        cutterError: conditions.cutterError || told.cutterError,
        mechanicalError: conditions.mechanicalError || told.mechanicalError,
        unrecoverableError: conditions.unrecoverableError || told.unrecoverableError,
        autoRecoverableError: conditions.autoRecoverableError || told.autoRecoverableError,
      }
      publish()
      tellFault()
    }
    if (!printing) beat()
  }

  /** One round of questions. True when it was answered in full. Rejects with a `ChannelError`. */
  async function refresh(): Promise<boolean> {
    const seenBefore = automaticStatuses
    let round = await askConditions(line, timeouts.replyTimeoutMs)
    for (let again = 0, seen = seenBefore; again < 3 && automaticStatuses !== seen; again += 1) {
      seen = automaticStatuses
      round = await askConditions(line, timeouts.replyTimeoutMs)
    }
    if (round === 'disconnected') return false
    if (round === 'silent' || round === 'garbled') {
      counts.add('missedRounds')
      missed += 1
      if (missed >= missedRoundsUntilMute) {
        link = { state: 'mute', reason: round === 'silent' ? 'SILENT' : 'GARBLED' }
        // Whoever was silent may have been off: it has to show again what it can.
        selfTest = 'pending'
        automaticStatusEnabled = false
        cutFirst = true
        publish()
      }
      return false
    }
    missed = 0
    link = { state: 'up' }
    conditions = round
    publish()
    return true
  }

  /** After each connect, or after a silence. Goes on at the next beat when the printer is not ready yet. */
  async function setUp(): Promise<void> {
    if (blocking() !== undefined || conditions.offline) {
      // What an earlier process left in the buffer would print when the fault is gone.
      if (selfTest === 'pending' && !automaticStatusEnabled) {
        await askToClear(line, timeouts.clearTimeoutMs)
        await line.send('set-up', enableAutomaticStatus())
        automaticStatusEnabled = true
      }
      return
    }
    const wanted = profile.printedProof
    let found = await askProof(line, wanted, nextProcessId(), timeouts.selfTestTimeoutMs)
    if (found === 'unanswered') {
      // Perhaps it waits for the rest of an image whose sender was killed.
      await askToClear(line, timeouts.clearTimeoutMs)
      line.forgetQueuedStatus()
    }
    // Less than it is said to give is believed only when it is seen twice.
    if (found === 'unanswered' || (found === 'queuedStatus' && wanted === 'processId')) {
      found = await askProof(line, wanted, nextProcessId(), timeouts.selfTestTimeoutMs)
    }
    if (found === 'disconnected') return
    if (found === 'unanswered') {
      selfTest = 'failed'
      publish()
      return
    }
    proof = found
    identity = await askIdentity(line, timeouts.replyTimeoutMs)
    await line.send('set-up', enableAutomaticStatus())
    automaticStatusEnabled = true
    selfTest = 'passed'
    publish()
  }

  /** Asks how the printer is, now and then every `heartbeatMs`. */
  function beat(): void {
    cancelHeartbeat()
    if (!started || !line.connection.connected() || beatWaits) return
    beatWaits = true
    void turns
      .pass(async () => {
        beatWaits = false
        if (!started || !line.connection.connected()) return
        cancelHeartbeat()
        if ((await refresh()) && selfTest !== 'passed') await setUp()
      })
      .catch(ignoreLostChannel)
      .finally(() => {
        cancelHeartbeat()
        if (started && line.connection.connected()) {
          cancelHeartbeat = clock.setTimer(timeouts.heartbeatMs, beat)
        }
      })
  }

  function count(outcome: PrintOutcome): PrintOutcome {
    if (outcome.outcome === 'done') counts.add('printsDone')
    else if (outcome.outcome === 'failed') counts.add('printsFailed')
    else if (outcome.outcome === 'unknown') counts.add('printsUnknown')
    return outcome
  }

  async function print(raster: Raster): Promise<PrintOutcome> {
    const notReady = (): PrintOutcome => ({
      outcome: 'refused',
      reason: status.current().reasons.find((reason) => reason !== 'PAPER_LOW') ?? 'NOT_CONNECTED',
    })
    if (status.current().state !== 'online') return notReady()
    try {
      // How it was at the last beat is not how it is now. One lost answer is no reason to give no slip.
      if (!(await refresh())) await refresh()
    } catch (error) {
      ignoreLostChannel(error)
      return { outcome: 'refused', reason: 'NOT_CONNECTED' }
    }
    if (missed > 0) return { outcome: 'refused', reason: 'SILENT' }
    if (status.current().state !== 'online') return notReady()

    counts.add('prints')
    printing = true
    publish()
    try {
      const outcome = await runPrintJob(
        {
          line,
          clock,
          timeouts,
          proof,
          cutFirst,
          nextProcessId,
          refresh,
          blocking,
          nextFault: () =>
            new Promise((resolve) => {
              tellFault = () => resolve('fault')
            }),
        },
        raster,
      )
      cutFirst = outcome.outcome !== 'done'
      // Nobody knows what it is doing now: it proves itself again before the next slip.
      if (outcome.outcome === 'unknown') selfTest = 'pending'
      return count(outcome)
    } finally {
      printing = false
      tellFault = () => undefined
      publish()
      beat()
    }
  }

  return {
    id,
    deviceClass: 'printer',
    status: status.current,
    identity: () => identity,
    onStatus: status.onStatus,
    lastExchanges: () => line.connection.exchanges.list(),
    counters: () => ({
      ...counts.all(),
      connects: line.connection.connects(),
      garbledBytes: line.droppedBytes(),
    }),
    start() {
      started = true
      line.connection.start()
    },
    async stop() {
      started = false
      cancelHeartbeat()
      await line.stop()
    },
    capabilities: () => ({ rasterWidthDots: profile.rasterWidthDots, printedProof: proof }),
    print(raster) {
      if (raster.widthDots !== profile.rasterWidthDots) {
        throw new RangeError(`raster of ${raster.widthDots} dots for ${profile.rasterWidthDots}`)
      }
      return turns.pass(() => print(raster))
    },
  }
}

/** A channel that went away is told by `disconnected`; everything else is a bug. */
function ignoreLostChannel(error: unknown): void {
  if (!(error instanceof ChannelError)) throw error
}
