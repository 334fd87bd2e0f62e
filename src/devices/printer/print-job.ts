import type { ReasonCode } from '../../contract/faults.ts'
import type { Clock } from '../clock.ts'
import type { Outcome, PrintProof, Raster } from '../contract.ts'
import { feedAndCut, initialise, requestProcessId } from '../protocols/escpos/commands.ts'
import { rasterBands } from '../protocols/escpos/raster-bands.ts'
import { ChannelError } from '../transport/channel.ts'
import { askToClear } from './ask-printer.ts'
import type { EscposTimeouts } from './escpos-options.ts'
import type { Answer, PrinterLine, Waiting } from './printer-line.ts'

export type PrintOutcome = Outcome<{ readonly proof: PrintProof }>

export interface PrintJobWorld {
  readonly line: PrinterLine
  readonly clock: Clock
  readonly timeouts: EscposTimeouts
  readonly proof: PrintProof
  /** A rest of an earlier slip may hang in front of the cutter: cut it off first. */
  readonly cutFirst: boolean
  nextProcessId(): string
  /** Asks for a round of status; its result reaches `blocking`. False when the printer does not answer. */
  refresh(): Promise<boolean>
  /** What the printer last said that keeps it from printing. */
  blocking(): ReasonCode | undefined
  /** Resolves when the printer next tells of a fault by itself. */
  nextFault(): Promise<'fault'>
}

/** Faults during a slip are looked into at least this often, for printers without automatic status. */
const lookEveryMs = 1_000
/** Questions may wait behind the slip in the operating system's buffers, so a few may go unanswered. */
const silentLooks = 5

type Waited = Answer<string> | 'fault' | 'look'

/**
 * One slip: bands, cut, request for the proof, proof. Nothing of it is ever sent twice. When the printer
 * tells of a fault before the proof its buffers are cleared, so that the rest cannot print when the paper is
 * back. `failed` needs its word for that; without it the outcome is `unknown`.
 */
export async function runPrintJob(world: PrintJobWorld, raster: Raster): Promise<PrintOutcome> {
  const { line } = world
  let written = false
  const write = async (
    message: 'raster-band' | 'cut' | 'proof-request' | 'set-up',
    bytes: Uint8Array,
  ) => {
    await line.send(message, bytes)
    written = true
  }
  try {
    const bands = rasterBands(raster)
    if (world.cutFirst) await write('set-up', Uint8Array.from([...initialise(), ...feedAndCut()]))
    await write('set-up', initialise())
    for (const band of bands) {
      if (world.blocking() !== undefined) return await abandon(world, undefined)
      await write('raster-band', band)
    }
    await write('cut', feedAndCut())
    return await awaitProof(world)
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error
    if (!written && error.code === 'NOT_CONNECTED')
      return { outcome: 'refused', reason: error.code }
    const reason = error.code === 'NOT_CONNECTED' ? 'DISCONNECTED' : error.code
    return { outcome: 'unknown', reason }
  }
}

async function awaitProof(world: PrintJobWorld): Promise<PrintOutcome> {
  const { line, clock, timeouts } = world
  const id = world.nextProcessId()
  const byEcho = world.proof === 'processId'
  const nonsenseBefore = nonsense(line)
  const proof = line.waitFor((reply) => {
    // An echo of another print is no proof of this one.
    if (byEcho) return reply.kind === 'processId' && reply.id === id ? id : undefined
    return reply.kind === 'queuedStatus' ? id : undefined
  }, timeouts.proofTimeoutMs)
  try {
    if (byEcho) await line.send('proof-request', requestProcessId(id))
    else await line.sendQueuedStatusRequest('proof-request')

    let unanswered = 0
    for (;;) {
      const waited = await nextOf(proof, world.nextFault(), clock)
      if (waited === 'fault' || waited === 'look') {
        // The printer's own word is checked by asking: noise on the line can look like a status.
        unanswered = (await world.refresh()) ? 0 : unanswered + 1
        if (world.blocking() !== undefined) return await abandon(world, proof)
        if (unanswered >= silentLooks) return await abandon(world, proof, 'SILENT')
        continue
      }
      if (waited.end === 'disconnected') return { outcome: 'unknown', reason: 'DISCONNECTED' }
      if (waited.end === 'timeout') return await abandon(world, proof, 'PRINT_NOT_CONFIRMED')
      if (byEcho) return { outcome: 'done', value: { proof: 'processId' } }
      return await confirmQueued(world, nonsenseBefore)
    }
  } finally {
    proof.cancel()
  }
}

/** The first of proof, fault and the time to look; the timer of a wait that is over is cancelled. */
async function nextOf(
  proof: Waiting<string>,
  fault: Promise<'fault'>,
  clock: Clock,
): Promise<Waited> {
  let cancel: () => void = () => undefined
  const look = new Promise<'look'>((resolve) => {
    cancel = clock.setTimer(lookEveryMs, () => resolve('look'))
  })
  try {
    return await Promise.race([proof.answer, fault, look])
  } finally {
    cancel()
  }
}

/** Bytes and answers that fit nothing: a sign that the line cannot be trusted. */
const nonsense = (line: PrinterLine): number => line.droppedBytes() + line.strayQueuedStatuses()

/**
 * A queued status is one bare byte and says only that the buffer was read up to it. It counts when the line
 * was clean all the while and the printer, asked again, has nothing to complain of.
 */
async function confirmQueued(world: PrintJobWorld, nonsenseBefore: number): Promise<PrintOutcome> {
  const answered = await world.refresh()
  const reason = world.blocking()
  if (reason !== undefined) {
    await askToClear(world.line, world.timeouts.clearTimeoutMs)
    return { outcome: 'unknown', reason }
  }
  if (!answered || nonsense(world.line) !== nonsenseBefore) {
    return { outcome: 'unknown', reason: 'PRINT_NOT_CONFIRMED' }
  }
  return { outcome: 'done', value: { proof: 'queuedStatus' } }
}

/**
 * Clears the printer's buffers. Its answer to that comes after everything it said before, so an echo that was
 * already on its way still counts. Without a fault told by the printer nobody knows what came out.
 */
async function abandon(
  world: PrintJobWorld,
  proof: Waiting<string> | undefined,
  withoutFault?: ReasonCode,
): Promise<PrintOutcome> {
  const reason = withoutFault ?? world.blocking() ?? 'PRINTER_ERROR'
  const cleared = await askToClear(world.line, world.timeouts.clearTimeoutMs)
  const answer = proof?.settled()
  if (answer?.end === 'disconnected') return { outcome: 'unknown', reason: 'DISCONNECTED' }
  if (answer?.end === 'answered') {
    if (world.proof === 'processId') return { outcome: 'done', value: { proof: 'processId' } }
    return { outcome: 'unknown', reason }
  }
  return { outcome: cleared && withoutFault === undefined ? 'failed' : 'unknown', reason }
}
