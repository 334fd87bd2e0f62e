import type { ReasonCode } from '../../contract/faults.ts'
import type { Clock } from '../clock.ts'
import { type Connection, connection } from '../connection.ts'
import type { FrameTap } from '../contract.ts'
import { requestQueuedStatus } from '../protocols/escpos/commands.ts'
import {
  createReplyDecoder,
  type EscposReply,
  type ReplyDecoder,
} from '../protocols/escpos/reply-decoder.ts'
import type { ChannelFactory } from '../transport/channel.ts'

/** What became of waiting for an answer. */
export type Answer<T> =
  | { readonly end: 'answered'; readonly value: T }
  | { readonly end: 'timeout' }
  | { readonly end: 'disconnected' }

/** An answer that is being waited for. */
export interface Waiting<T> {
  readonly answer: Promise<Answer<T>>
  /** What has come so far. */
  settled(): Answer<T> | undefined
  /** Stops waiting, so that a later answer is not taken for this one; ends like a timeout. */
  cancel(): void
}

export type OutgoingMessage =
  | 'raster-band'
  | 'cut'
  | 'proof-request'
  | 'status-request'
  | 'set-up'
  | 'clear'

export interface PrinterLineOptions {
  readonly id: string
  readonly channel: ChannelFactory
  readonly clock: Clock
  readonly tap: FrameTap | undefined
  connected(): void
  disconnected(reason: ReasonCode, wasConnected: boolean): void
  /** Every automatic status; and every other answer that nobody waited for. */
  unasked(reply: EscposReply): void
}

export interface PrinterLine {
  readonly connection: Connection
  /** Rejects with a `ChannelError`. The trace shows 12 bytes of a slip's image and all of the rest. */
  send(message: OutgoingMessage, bytes: Uint8Array): Promise<void>
  /**
   * Asks for a queued status. These answers look all alike, so they are counted: only the one that answers
   * the last question is passed on as such.
   */
  sendQueuedStatusRequest(message: OutgoingMessage): Promise<void>
  /** Real-time questions that were not answered yet; `forgetRealTimeStatus` gives up on them. */
  openRealTimeStatuses(): number
  forgetRealTimeStatus(): void
  /** Queued answers so far that nobody had asked for, or that came too late. */
  strayQueuedStatuses(): number
  /** Gives up on queued answers that never came. */
  forgetQueuedStatus(): void
  /**
   * The first answer from now on for which `match` returns a value. Begin to wait before sending, or the
   * answer may be gone.
   */
  waitFor<T>(match: (reply: EscposReply) => T | undefined, timeoutMs: number): Waiting<T>
  /** Bytes so far that made no sense. */
  droppedBytes(): number
  /** Forgets a half answer after a silence. */
  discardPartial(): void
  stop(): Promise<void>
}

interface Waiter {
  /** True when it took the reply. */
  offer(reply: EscposReply): boolean
  disconnect(): void
}

/** Header of `GS v 0`, and some dots that are still the white of the margin. */
const shownRasterBytes = 12

function incomingMessage(reply: EscposReply): string {
  switch (reply.kind) {
    case 'automaticStatus':
      return 'asb'
    case 'realTimeStatus':
      return 'status'
    case 'processId':
    case 'queuedStatus':
      return 'proof'
    case 'cleared':
      return 'cleared'
    case 'text':
      return 'identity'
  }
}

/** Questions and answers over one connection: who waits for what, and the tap around every frame. */
export function printerLine(options: PrinterLineOptions): PrinterLine {
  const { id, clock, tap } = options
  const waiters = new Set<Waiter>()
  let decoder: ReplyDecoder = createReplyDecoder()
  let droppedBefore = 0
  let queuedStatusOpen = 0
  let strayQueuedStatuses = 0
  let realTimeStatusOpen = 0

  /** True for the answer to an earlier question, or to none. */
  const isStale = (reply: EscposReply): boolean => {
    if (reply.kind === 'cleared') queuedStatusOpen = 0
    if (reply.kind === 'realTimeStatus') realTimeStatusOpen = Math.max(0, realTimeStatusOpen - 1)
    if (reply.kind !== 'queuedStatus') return false
    queuedStatusOpen -= 1
    if (queuedStatusOpen === 0) return false
    queuedStatusOpen = Math.max(0, queuedStatusOpen)
    strayQueuedStatuses += 1
    return true
  }

  const disconnectWaiters = (): void => {
    for (const waiter of [...waiters]) waiter.disconnect()
  }

  const deliver = (reply: EscposReply): void => {
    const message = incomingMessage(reply)
    tap?.({ phase: 'before', direction: 'read', device: id, message })
    if (reply.kind === 'automaticStatus') options.unasked(reply)
    const taken = !isStale(reply) && [...waiters].some((waiter) => waiter.offer(reply))
    if (!taken && reply.kind !== 'automaticStatus') options.unasked(reply)
    tap?.({ phase: 'after', direction: 'read', device: id, message })
  }

  const link = connection({
    channel: options.channel,
    clock,
    handlers: {
      connected() {
        droppedBefore += decoder.droppedBytes()
        decoder = createReplyDecoder()
        queuedStatusOpen = 0
        realTimeStatusOpen = 0
        options.connected()
      },
      data(bytes) {
        for (const reply of decoder.push(bytes)) deliver(reply)
      },
      disconnected(reason, wasConnected) {
        disconnectWaiters()
        options.disconnected(reason, wasConnected)
      },
    },
  })

  const send = async (message: OutgoingMessage, bytes: Uint8Array): Promise<void> => {
    if (message === 'status-request') realTimeStatusOpen += 1
    tap?.({ phase: 'before', direction: 'write', device: id, message })
    await link.write(bytes, message === 'raster-band' ? { shownBytes: shownRasterBytes } : {})
    tap?.({ phase: 'after', direction: 'write', device: id, message })
  }

  return {
    connection: link,
    send,
    sendQueuedStatusRequest(message) {
      queuedStatusOpen += 1
      return send(message, requestQueuedStatus())
    },
    openRealTimeStatuses: () => realTimeStatusOpen,
    forgetRealTimeStatus() {
      realTimeStatusOpen = 0
    },
    strayQueuedStatuses: () => strayQueuedStatuses,
    forgetQueuedStatus() {
      queuedStatusOpen = 0
    },
    waitFor<T>(match: (reply: EscposReply) => T | undefined, timeoutMs: number): Waiting<T> {
      const { promise, resolve } = Promise.withResolvers<Answer<T>>()
      let settled: Answer<T> | undefined
      const settle = (answer: Answer<T>): void => {
        if (settled !== undefined) return
        settled = answer
        waiters.delete(waiter)
        cancelTimer()
        resolve(answer)
      }
      const waiter: Waiter = {
        offer(reply) {
          const value = match(reply)
          if (value === undefined) return false
          settle({ end: 'answered', value })
          return true
        },
        disconnect: () => settle({ end: 'disconnected' }),
      }
      const cancelTimer = clock.setTimer(timeoutMs, () => settle({ end: 'timeout' }))
      waiters.add(waiter)
      return {
        answer: promise,
        settled: () => settled,
        cancel: () => settle({ end: 'timeout' }),
      }
    },
    droppedBytes: () => droppedBefore + decoder.droppedBytes(),
    discardPartial: () => decoder.discardPartial(),
    async stop() {
      disconnectWaiters()
      await link.stop()
    },
  }
}
