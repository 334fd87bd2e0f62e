import type { ReasonCode } from '../../contract/faults.ts'
import type { Clock } from '../clock.ts'
import { connection } from '../connection.ts'
import type {
  BoardReading,
  CompartmentSensors,
  FrameTap,
  LockAddress,
  Locker,
  Outcome,
} from '../contract.ts'
import { counters as deviceCounters } from '../counters.ts'
import { listeners } from '../listeners.ts'
import { highestBoard, locksPerBoard } from '../protocols/kerong-cu16/frames.ts'
import type { StatusReply } from '../protocols/kerong-cu16/replies.ts'
import { statusHolder, unreachableState } from '../status-holder.ts'
import type { ChannelFactory } from '../transport/channel.ts'
import { factsOf, nothingKnown, sameFacts, statusMessage, type Wiring } from './board-facts.ts'
import { type BusTimings, defaultBusTimings } from './bus-timings.ts'
import { type LockBoard, lockBoard } from './lock-board.ts'
import { busCounterNames, lockBus, type MissReason } from './lock-bus.ts'
import { lockerStatus } from './locker-status.ts'

export interface KerongCu16Options {
  readonly id: string
  /** Addresses on the bus, 0..14. */
  readonly boards: readonly number[]
  readonly channel: ChannelFactory
  readonly clock: Clock
  readonly lockBitWhenClosed: 0 | 1
  /** For all compartments, or asked for each. */
  readonly hasItemSensor: boolean | ((address: LockAddress) => boolean)
  /** 1 unless told, as the boards are delivered. */
  readonly itemBitWhenPresent?: 0 | 1
  /** Locks behind which there is a door; every lock of every board unless told. */
  readonly wired?: readonly LockAddress[]
  /** 400 unless told. */
  readonly pollIntervalMs?: number
  /** While a door is open and some seconds after a pulse; 100 unless told. */
  readonly activePollIntervalMs?: number
  /** For a board that does not answer; 2,000 unless told. */
  readonly silentPollIntervalMs?: number
  /** Requests without an answer until a board counts as silent and a query as failed; 3 unless told. */
  readonly statusAttempts?: number
  /** From the pulse until a door that stays closed counts as not opened; 3,000 unless told. */
  readonly openTimeoutMs?: number
  readonly replyTimeoutMs?: number
  readonly lateReplyMs?: number
  readonly minUnlockGapMs?: number
  readonly tap?: FrameTap
}

/** How long a board is asked often after a pulse, even when no door is seen open. */
const activeAfterPulseMs = 10_000
/** A bus on which nobody answers this long gets a new port: some adapters hang until re-opened. */
const reopenAfterSilenceMs = 10_000

function timingsOf(options: KerongCu16Options): BusTimings {
  const { replyTimeoutMs, lateReplyMs, minUnlockGapMs } = options
  return {
    ...defaultBusTimings,
    ...(replyTimeoutMs === undefined ? {} : { replyTimeoutMs }),
    ...(lateReplyMs === undefined ? {} : { lateReplyMs }),
    ...(minUnlockGapMs === undefined ? {} : { minUnlockGapMs }),
  }
}

function wiringOf(options: KerongCu16Options): Wiring {
  const { wired, hasItemSensor } = options
  return {
    lockBitWhenClosed: options.lockBitWhenClosed,
    itemBitWhenPresent: options.itemBitWhenPresent ?? 1,
    isWired: ({ board, lock }) =>
      wired?.some((address) => address.board === board && address.lock === lock) ?? true,
    hasItemSensor: typeof hasItemSensor === 'function' ? hasItemSensor : () => hasItemSensor,
  }
}

/** A bank of KERONG CU16 lock boards on one RS-485 bus. Throws `RangeError` for impossible addresses. */
export function kerongCu16Locker(options: KerongCu16Options): Locker {
  const { id, clock } = options
  for (const board of options.boards) {
    if (!Number.isInteger(board) || board < 0 || board > highestBoard) {
      throw new RangeError(`board ${board} is not in 0..${highestBoard}`)
    }
  }
  const wiring = wiringOf(options)
  const statusAttempts = options.statusAttempts ?? 3
  const counters = deviceCounters([...busCounterNames, 'connects'])
  const status = statusHolder()
  const sensorsChanged = listeners<{
    readonly address: LockAddress
    readonly sensors: CompartmentSensors
    readonly sequence: number
  }>()
  const boards = new Map<number, LockBoard>(
    options.boards.map((board) => [board, lockBoard(board, statusAttempts)]),
  )
  const lastPulseAtMs = new Map<number, number>()
  let unreachable: ReasonCode | undefined
  let heardAtMs = clock.monotonicMs()
  let sequence = 0

  const boardOf = ({ board, lock }: LockAddress): LockBoard => {
    const found = boards.get(board)
    const exists = Number.isInteger(lock) && lock >= 0 && lock < locksPerBoard
    if (found === undefined || !exists) throw new RangeError(`no lock ${lock} on board ${board}`)
    return found
  }

  const showStatus = (): void => {
    if (unreachable !== undefined) status.set(unreachableState(unreachable), [unreachable])
    else {
      const { state, reasons } = lockerStatus([...boards.values()])
      status.set(state, reasons)
    }
  }

  /** Runs a change of one board and tells which compartments it changed. */
  const tellChanges = (
    board: LockBoard,
    change: () => void,
    changeSequence: () => number,
  ): void => {
    const before = board.facts()
    change()
    board.facts().forEach((sensors, lock) => {
      if (sameFacts(before[lock] ?? nothingKnown, sensors)) return
      const address = { board: board.board, lock }
      sensorsChanged.emit({ address, sensors, sequence: changeSequence() })
    })
  }

  const answered = (reply: StatusReply, exchange: number): void => {
    const board = boards.get(reply.board)
    if (board === undefined) return
    const facts = factsOf(reply, wiring)
    const message = statusMessage(board.lastSeen(), facts)
    options.tap?.({ phase: 'before', direction: 'read', device: id, message })
    sequence += 1
    const mine = sequence
    heardAtMs = clock.monotonicMs()
    const reading: BoardReading = {
      board: reply.board,
      atMs: heardAtMs,
      sequence: mine,
      locks: facts,
    }
    tellChanges(
      board,
      () => board.answered(facts, reading, exchange),
      () => mine,
    )
    showStatus()
    options.tap?.({ phase: 'after', direction: 'read', device: id, message })
  }

  const missed = (boardNumber: number, reason: MissReason, exchange: number): void => {
    const board = boards.get(boardNumber)
    if (board === undefined) return
    tellChanges(
      board,
      () => board.missed(reason, exchange),
      () => 0,
    )
    showStatus()
    reopenIfDead()
  }

  const reopenIfDead = (): void => {
    const all = [...boards.values()]
    const dead = all.every((board) => board.silentBecause() !== undefined && !board.waitedFor())
    if (dead && clock.monotonicMs() - heardAtMs > reopenAfterSilenceMs) link.drop('BUS_SILENT')
  }

  const pollIntervalMs = (boardNumber: number): number => {
    const board = boards.get(boardNumber)
    const activeMs = options.activePollIntervalMs ?? 100
    if (board === undefined) return activeMs
    if (board.silentBecause() !== undefined && !board.waitedFor()) {
      return options.silentPollIntervalMs ?? 2_000
    }
    const sincePulseMs =
      clock.monotonicMs() - (lastPulseAtMs.get(boardNumber) ?? -activeAfterPulseMs)
    const active =
      board.misses() > 0 ||
      board.waitedFor() ||
      sincePulseMs < activeAfterPulseMs ||
      board.facts().some(({ door }) => door === 'open')
    return active ? activeMs : (options.pollIntervalMs ?? 400)
  }

  const loseEverything = (reason: ReasonCode): void => {
    bus.disconnected(reason)
    for (const board of boards.values()) {
      tellChanges(
        board,
        () => board.lost(reason),
        () => 0,
      )
    }
  }

  const link = connection({
    channel: options.channel,
    clock,
    handlers: {
      connected() {
        unreachable = undefined
        counters.add('connects')
        heardAtMs = clock.monotonicMs()
        for (const board of boards.values()) board.connected()
        showStatus()
        bus.connected()
      },
      data: (bytes) => bus.receive(bytes),
      disconnected(reason, wasConnected) {
        unreachable = reason
        if (wasConnected) loseEverything(reason)
        showStatus()
      },
    },
  })
  const bus = lockBus({
    device: id,
    boards: options.boards,
    clock,
    timings: timingsOf(options),
    counters,
    tap: options.tap,
    write: (bytes) => link.write(bytes),
    answered,
    missed,
    pollIntervalMs,
  })

  /** Why a board cannot be spoken to now. */
  const obstacle = (board: LockBoard): ReasonCode | undefined => {
    if (!link.connected()) return unreachable ?? 'NOT_CONNECTED'
    const silent = board.silentBecause()
    return silent === 'SILENT' ? 'BUS_SILENT' : silent
  }

  return {
    id,
    deviceClass: 'locker',
    status: status.current,
    identity: () => ({ maker: 'KERONG', model: 'CU16' }),
    onStatus: status.onStatus,
    lastExchanges: () => link.exchanges.list(),
    counters: counters.all,
    sensors: (address) => boardOf(address).facts()[address.lock] ?? nothingKnown,
    onSensors: sensorsChanged.add,

    async unlock(address): Promise<Outcome> {
      const board = boardOf(address)
      if (!wiring.isWired(address)) {
        throw new RangeError(`no door is wired to lock ${address.lock} of board ${address.board}`)
      }
      // A pulse that nobody can watch would be an opening that nobody saw.
      const reason = obstacle(board)
      if (reason !== undefined) return { outcome: 'refused', reason }
      // A door that is said to be open gets its pulse all the same: a broken switch must lock nobody out.
      const pulse = await bus.pulse(address.board, address.lock)
      switch (pulse.sent) {
        case 'no':
          return { outcome: 'refused', reason: pulse.reason }
        case 'maybe':
          return { outcome: 'unknown', reason: pulse.reason }
        case 'yes': {
          if (!link.connected()) return { outcome: 'unknown', reason: 'DISCONNECTED' }
          lastPulseAtMs.set(address.board, clock.monotonicMs())
          const watch = board.watch(address.lock, pulse.exchange)
          const cancel = clock.setTimer(options.openTimeoutMs ?? 3_000, watch.expire)
          const outcome = await watch.outcome
          cancel()
          return outcome
        }
      }
    },

    async read(boardNumber): Promise<Outcome<BoardReading>> {
      const board = boardOf({ board: boardNumber, lock: 0 })
      if (!link.connected()) return { outcome: 'refused', reason: unreachable ?? 'NOT_CONNECTED' }
      const reading = board.read(bus.lastExchange(), statusAttempts)
      bus.askSoon(boardNumber)
      return reading
    },

    start: () => link.start(),
    async stop() {
      loseEverything('DISCONNECTED')
      await link.stop()
    },
  }
}
