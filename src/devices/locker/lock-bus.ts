import type { ReasonCode } from '../../contract/faults.ts'
import type { CancelTimer, Clock } from '../clock.ts'
import type { FrameTap } from '../contract.ts'
import type { Counters } from '../counters.ts'
import { kerongDecoder, type StatusReply } from '../protocols/kerong-cu16/replies.ts'
import { encodeStatusRequest, encodeUnlock } from '../protocols/kerong-cu16/requests.ts'
import { ChannelError } from '../transport/channel.ts'
import type { BusTimings } from './bus-timings.ts'

export const busCounterNames = [
  'pulses',
  'statusRequests',
  'statusFrames',
  'silentExchanges',
  'garbledExchanges',
  'overtakenPolls',
  'lateFrames',
  'strayFrames',
] as const
export type BusCounter = (typeof busCounterNames)[number]

/** What became of one pulse on the wire; the door is another matter. */
export type PulseResult =
  | { readonly sent: 'yes'; readonly exchange: number }
  | { readonly sent: 'no'; readonly reason: ReasonCode }
  /** The write had begun when it failed. */
  | { readonly sent: 'maybe'; readonly reason: ReasonCode }

export type MissReason = 'SILENT' | 'GARBLED'

export interface LockBusOptions {
  readonly device: string
  readonly boards: readonly number[]
  readonly clock: Clock
  readonly timings: BusTimings
  readonly counters: Counters<BusCounter>
  readonly tap: FrameTap | undefined
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** `exchange` is the number of the request that was answered, or not. */
  readonly answered: (reply: StatusReply, exchange: number) => void
  readonly missed: (board: number, reason: MissReason, exchange: number) => void
  /** From one request to a board to the next; asked after every exchange. */
  readonly pollIntervalMs: (board: number) => number
}

export interface LockBus {
  connected(): void
  /** What was not written yet never will be. */
  disconnected(reason: ReasonCode): void
  receive(bytes: Uint8Array): void
  /** Overtakes every poll. Written once or not at all. */
  pulse(board: number, lock: number): Promise<PulseResult>
  /** Asks the board as soon as the line allows. */
  askSoon(board: number): void
  /** Number of the newest exchange; requests and pulses count alike. */
  lastExchange(): number
}

interface Asked {
  readonly board: number
  readonly exchange: number
  readonly sentAtMs: number
  heard: boolean
  cancelDeadline: CancelTimer
}

interface BoardTurn {
  dueAtMs: number
  /** Until then an answer to an older request may still come. */
  owedUntilMs: number
}

interface WaitingPulse {
  readonly board: number
  readonly lock: number
  readonly settle: (result: PulseResult) => void
}

const never = Number.POSITIVE_INFINITY
const longAgo = Number.NEGATIVE_INFINITY

/** One half-duplex line: one exchange at a time, unlocks first, then the board that is due longest. */
export function lockBus(options: LockBusOptions): LockBus {
  const { clock, timings, counters } = options
  const turns = new Map<number, BoardTurn>(
    options.boards.map((board) => [board, { dueAtMs: never, owedUntilMs: longAgo }]),
  )
  const decoder = kerongDecoder()
  const pulses: WaitingPulse[] = []
  let online = false
  let generation = 0
  let exchange = 0
  let writing = false
  let asked: Asked | undefined
  let freeAtMs = longAgo
  let lastPulseAtMs = longAgo
  let babbleSinceMs: number | undefined
  let cancelWake: CancelTimer = () => undefined

  const wakeAt = (atMs: number): void => {
    if (atMs === never) return
    cancelWake = clock.setTimer(atMs - clock.monotonicMs(), pump)
  }

  const tap = (phase: 'before' | 'after', message: string): void =>
    options.tap?.({ phase, direction: 'write', device: options.device, message })

  /** Writes one frame; the line is ours until the operating system has taken it. */
  async function send(message: string, frame: Uint8Array): Promise<ReasonCode | undefined> {
    const mine = generation
    writing = true
    try {
      tap('before', message)
      await options.write(frame)
      tap('after', message)
      return undefined
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      return error.code
    } finally {
      if (mine === generation) writing = false
    }
  }

  async function sendPulse({ board, lock, settle }: WaitingPulse): Promise<void> {
    exchange += 1
    const mine = exchange
    lastPulseAtMs = clock.monotonicMs()
    const failure = await send('unlock', encodeUnlock(board, lock))
    if (failure === undefined) {
      counters.add('pulses')
      const nowMs = clock.monotonicMs()
      lastPulseAtMs = nowMs
      freeAtMs = nowMs + timings.frameGapMs
      const turn = turns.get(board)
      if (turn !== undefined) turn.dueAtMs = nowMs + timings.firstLookMs
      settle({ sent: 'yes', exchange: mine })
    } else {
      settle({ sent: failure === 'NOT_CONNECTED' ? 'no' : 'maybe', reason: failure })
    }
    pump()
  }

  async function ask(board: number): Promise<void> {
    exchange += 1
    // What came before this request can be no part of its answer.
    decoder.reset()
    babbleSinceMs = undefined
    const request: Asked = {
      board,
      exchange,
      sentAtMs: clock.monotonicMs(),
      heard: false,
      cancelDeadline: () => undefined,
    }
    asked = request
    counters.add('statusRequests')
    const failure = await send('status-request', encodeStatusRequest(board))
    if (asked === request) {
      if (failure === undefined) setDeadline(request)
      else miss(request, 'SILENT')
    }
    pump()
  }

  function setDeadline(request: Asked): void {
    request.cancelDeadline()
    const nowMs = clock.monotonicMs()
    const leftMs = request.sentAtMs + timings.lateReplyMs - nowMs
    request.cancelDeadline = clock.setTimer(Math.min(timings.replyTimeoutMs, leftMs), () => {
      miss(request, request.heard ? 'GARBLED' : 'SILENT')
      pump()
    })
  }

  /**
   * Frees the line, tells the driver, and gives the board its next turn. The line is freed first: what the
   * driver hears may make it unlock at once.
   */
  function endExchange(request: Asked, quietMs: number, tell: () => void): void {
    request.cancelDeadline()
    asked = undefined
    freeAtMs = clock.monotonicMs() + quietMs
    const turn = turns.get(request.board)
    if (turn === undefined) return
    turn.dueAtMs = never
    tell()
    const nextMs = request.sentAtMs + options.pollIntervalMs(request.board)
    turn.dueAtMs = Math.min(turn.dueAtMs, nextMs)
  }

  function owe(request: Asked): void {
    const turn = turns.get(request.board)
    if (turn !== undefined) turn.owedUntilMs = request.sentAtMs + timings.lateReplyMs
  }

  function miss(request: Asked, reason: MissReason, answerMayCome = true): void {
    counters.add(reason === 'SILENT' ? 'silentExchanges' : 'garbledExchanges')
    if (answerMayCome) owe(request)
    endExchange(request, timings.quietMs, () =>
      options.missed(request.board, reason, request.exchange),
    )
  }

  function receiveStatus(reply: StatusReply): void {
    const request = asked
    if (request?.board === reply.board) {
      counters.add('statusFrames')
      endExchange(request, timings.frameGapMs, () => options.answered(reply, request.exchange))
      return
    }
    const turn = turns.get(reply.board)
    const late = turn !== undefined && turn.owedUntilMs > clock.monotonicMs()
    counters.add(late ? 'lateFrames' : 'strayFrames')
    if (late) turn.owedUntilMs = longAgo
  }

  function receiveCorrupt(): void {
    if (asked === undefined) return
    // Whose answer it was cannot be told: while another board owes one, ours may still come.
    const nowMs = clock.monotonicMs()
    const someoneOwes = [...turns.values()].some((turn) => turn.owedUntilMs > nowMs)
    miss(asked, 'GARBLED', someoneOwes)
  }

  /** Nobody was asked for these bytes: hold back until the line is quiet, but not for ever. */
  function waitForQuiet(): void {
    const nowMs = clock.monotonicMs()
    babbleSinceMs ??= nowMs
    if (nowMs - babbleSinceMs > timings.lateReplyMs) return
    freeAtMs = Math.max(freeAtMs, nowMs + timings.quietMs)
  }

  /** When the next pulse may go out, seen from the supply of the solenoids. */
  const pulseAllowedAtMs = (): number =>
    pulses.length === 0 ? never : lastPulseAtMs + timings.minUnlockGapMs

  /** Gives the line to whoever is next, or sleeps until somebody can be. */
  function pump(): void {
    cancelWake()
    if (!online || writing) return
    const nowMs = clock.monotonicMs()
    if (asked !== undefined) {
      const overtakeAtMs = Math.max(asked.sentAtMs + timings.turnaroundMs, pulseAllowedAtMs())
      if (nowMs < overtakeAtMs) {
        wakeAt(overtakeAtMs)
        return
      }
      counters.add('overtakenPolls')
      owe(asked)
      endExchange(asked, 0, () => undefined)
    }
    if (nowMs < freeAtMs) {
      wakeAt(freeAtMs)
      return
    }
    if (nowMs >= pulseAllowedAtMs()) {
      const next = pulses.shift()
      if (next !== undefined) void sendPulse(next)
      return
    }
    const [first] = [...turns]
      .map(([board, turn]) => ({ board, atMs: Math.max(turn.dueAtMs, turn.owedUntilMs) }))
      .sort((a, b) => a.atMs - b.atMs)
    if (first !== undefined && first.atMs <= nowMs) void ask(first.board)
    else wakeAt(Math.min(first?.atMs ?? never, pulseAllowedAtMs()))
  }

  return {
    connected() {
      generation += 1
      online = true
      writing = false
      decoder.reset()
      const nowMs = clock.monotonicMs()
      // Bytes of the last session may still be on their way through the adapter.
      freeAtMs = nowMs + timings.quietMs
      for (const turn of turns.values()) {
        turn.dueAtMs = nowMs
        turn.owedUntilMs = longAgo
      }
      pump()
    },
    disconnected(reason) {
      generation += 1
      online = false
      writing = false
      asked?.cancelDeadline()
      asked = undefined
      cancelWake()
      for (const { settle } of pulses.splice(0)) settle({ sent: 'no', reason })
    },
    receive(bytes) {
      const before = asked
      if (before !== undefined) before.heard = true
      for (const reply of decoder.push(bytes)) {
        switch (reply.type) {
          case 'status':
            receiveStatus(reply)
            break
          case 'corrupt':
            receiveCorrupt()
            break
        }
      }
      if (asked !== undefined) {
        if (!writing) setDeadline(asked)
        return
      }
      if (before === undefined) waitForQuiet()
      pump()
    },
    pulse(board, lock) {
      return new Promise((settle) => {
        if (!online) {
          settle({ sent: 'no', reason: 'NOT_CONNECTED' })
          return
        }
        pulses.push({ board, lock, settle })
        pump()
      })
    },
    askSoon(board) {
      const turn = turns.get(board)
      if (turn !== undefined) turn.dueAtMs = Math.min(turn.dueAtMs, clock.monotonicMs())
      pump()
    },
    lastExchange: () => exchange,
  }
}
