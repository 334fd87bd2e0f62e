import type { ReasonCode } from '../contract/faults.ts'
import type { CancelTimer, Clock } from './clock.ts'
import { type ExchangeRing, exchangeRing } from './exchange-ring.ts'
import { type Channel, ChannelError, type ChannelFactory } from './transport/channel.ts'

/** Waits between attempts to connect; the last one is repeated for ever. */
export const reconnectDelaysMs = [200, 500, 1_000, 2_000, 5_000] as const
const longestDelayMs = 5_000

export interface ConnectionHandlers {
  /** A fresh channel is open: re-derive everything from the hardware. */
  connected(): void
  data(bytes: Uint8Array): void
  /**
   * The channel went away, or an attempt to open one failed. Called for every failed attempt; `wasConnected`
   * tells the two apart.
   */
  disconnected(reason: ReasonCode, wasConnected: boolean): void
}

export interface ConnectionOptions {
  readonly channel: ChannelFactory
  readonly clock: Clock
  readonly handlers: ConnectionHandlers
  /** Bytes of each incoming chunk that the trace shows; all unless told. For devices that read persons. */
  readonly shownInputBytes?: number
}

export interface WriteOptions {
  /** Bytes that the trace shows; all unless told. For payloads that name a person. */
  readonly shownBytes?: number
}

/** Keeps one channel open for a driver, for as long as it is started. */
export interface Connection {
  readonly exchanges: ExchangeRing
  connected(): boolean
  /** How often a channel was opened. */
  connects(): number
  start(): void
  /** Resolves when the channel is closed; no handler is called after that. */
  stop(): Promise<void>
  /** Rejects with a `ChannelError`; `NOT_CONNECTED` when nothing was written. Never queues. */
  write(bytes: Uint8Array, options?: WriteOptions): Promise<void>
  /** Throws the channel away and opens another: for a device that fell silent or lost its framing. */
  drop(reason: ReasonCode): void
}

export function connection(options: ConnectionOptions): Connection {
  const { clock, handlers } = options
  const exchanges = exchangeRing()
  let started = false
  let current: Channel | undefined
  let opening: Promise<void> | undefined
  let closing: Promise<void> = Promise.resolve()
  let attempt = 0
  let connects = 0
  let cancelRetry: CancelTimer = () => undefined

  const retryAfter = (reason: ReasonCode): void => {
    // A missing right does not come back by itself: ask seldom.
    const delayMs =
      reason === 'PERMISSION' ? longestDelayMs : (reconnectDelaysMs[attempt] ?? longestDelayMs)
    attempt += 1
    cancelRetry()
    cancelRetry = clock.setTimer(delayMs, connect)
  }

  const lose = (channel: Channel, reason: ReasonCode): void => {
    if (current !== channel) return
    current = undefined
    closing = channel.close()
    if (!started) return
    handlers.disconnected(reason, true)
    if (started) retryAfter(reason)
  }

  const tryToOpen = async (): Promise<void> => {
    // A port is locked until its last channel is closed.
    await closing
    if (!started) return
    const channel = options.channel()
    channel.onData((bytes) => {
      if (current !== channel) return
      // Only a device that speaks proves the connection good: one that opens and dies waits longer and longer.
      attempt = 0
      exchanges.record(clock.monotonicMs(), 'in', bytes, options.shownInputBytes)
      handlers.data(bytes)
    })
    channel.onClose((error) => lose(channel, error?.code ?? 'DISCONNECTED'))
    try {
      await channel.open()
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      if (!started) return
      handlers.disconnected(error.code, false)
      if (started) retryAfter(error.code)
      return
    }
    if (!started) {
      await channel.close()
      return
    }
    current = channel
    connects += 1
    handlers.connected()
  }

  function connect(): void {
    opening = tryToOpen().finally(() => {
      opening = undefined
    })
  }

  return {
    exchanges,
    connected: () => current !== undefined,
    connects: () => connects,
    start() {
      if (started) return
      started = true
      attempt = 0
      connect()
    },
    async stop() {
      started = false
      cancelRetry()
      const channel = current
      current = undefined
      if (channel !== undefined) closing = channel.close()
      await opening
      await closing
    },
    async write(bytes, writeOptions = {}) {
      const channel = current
      if (channel === undefined) throw new ChannelError('NOT_CONNECTED', 'no open channel')
      exchanges.record(clock.monotonicMs(), 'out', bytes, writeOptions.shownBytes)
      await channel.write(bytes)
    },
    drop(reason) {
      if (current !== undefined) lose(current, reason)
    },
  }
}
