import { type BoardRequest, boardDecoder } from '../../protocols/kerong-cu16/board-decoder.ts'
import { everyBoard, locksPerBoard } from '../../protocols/kerong-cu16/frames.ts'
import { encodeStatusReply } from '../../protocols/kerong-cu16/replies.ts'
import type { RunningSimulator, SimulatorArguments } from '../base/process.ts'
import { type SerialWorld, startSerialSimulator } from '../base/serial-simulator.ts'
import type { FaultyWire } from '../base/wire-faults.ts'
import { bank } from './bank.ts'
import { lockerCommands } from './commands.ts'
import { readDoorStates, writeDoorStates } from './state-file.ts'

/** How long a board thinks before it answers a status request. */
const answerDelayMs = 2

export interface LockerSimulatorOptions {
  /** Boards 0 … boards - 1. */
  readonly boards: number
  readonly locks: number
  readonly lockBitWhenClosed: 0 | 1
  readonly itemBitWhenPresent: 0 | 1
}

function numberOption(
  options: Readonly<Record<string, string>>,
  name: string,
  fallback: number,
  highest: number,
): number {
  const value = options[name] === undefined ? fallback : Number(options[name])
  if (!Number.isInteger(value) || value < 0 || value > highest) {
    throw new Error(`--${name} must be a whole number up to ${highest}`)
  }
  return value
}

function bitOption(
  options: Readonly<Record<string, string>>,
  name: string,
  fallback: 0 | 1,
): 0 | 1 {
  return numberOption(options, name, fallback, 1) === 1 ? 1 : 0
}

/** `--boards N --locks N --lock-bit-when-closed 0|1 --item-bit-when-present 0|1` */
export function lockerSimulatorOptions(
  options: Readonly<Record<string, string>>,
): LockerSimulatorOptions {
  return {
    boards: numberOption(options, 'boards', 1, 15),
    locks: numberOption(options, 'locks', locksPerBoard, locksPerBoard),
    lockBitWhenClosed: bitOption(options, 'lock-bit-when-closed', 1),
    itemBitWhenPresent: bitOption(options, 'item-bit-when-present', 1),
  }
}

/** A bank of KERONG CU16 boards on one bus. */
export function startLockerSimulator(args: SimulatorArguments): Promise<RunningSimulator> {
  if (args.protocol !== 'kerong-cu16') {
    throw new Error(`the locker simulator speaks kerong-cu16, not ${args.protocol}`)
  }
  const options = lockerSimulatorOptions(args.options)
  return startSerialSimulator(args, (world) => lockerDevice(world, options))
}

function lockerDevice(world: SerialWorld, options: LockerSimulatorOptions) {
  const boards = Array.from({ length: options.boards }, (_, board) => board)
  const save = (): void => writeDoorStates(world.args.state, cabinet.state())
  // Wall clock with fractions, comparable between the processes of one machine: for measuring latency.
  let receivedAtMs = 0
  const cabinet = bank({
    boards,
    locksPerBoard: options.locks,
    lockBitWhenClosed: options.lockBitWhenClosed,
    itemBitWhenPresent: options.itemBitWhenPresent,
    clock: world.clock,
    remembered: readDoorStates(world.args.state),
    happened({ event, board, lock, ...detail }) {
      const arrival = event === 'pulse' ? { receivedAtMs } : {}
      world.log.append(event, { board, lock, ...detail, ...arrival })
      // The memory changes by pulses too, long after the command that caused them.
      save()
    },
  })
  // A wire a board: `fault` with `board` reaches one of them, without it all.
  const wires = new Map<number, FaultyWire>(
    boards.map((board) => [
      board,
      world.wire({ matches: (args) => args.board === undefined || args.board === board }),
    ]),
  )

  const answerStatus = (board: number): void => {
    world.clock.setTimer(answerDelayMs, () => {
      wires.get(board)?.send(encodeStatusReply({ board, ...cabinet.bits(board) }))
    })
  }
  const obey = (request: BoardRequest): void => {
    switch (request.type) {
      case 'unlock':
        cabinet.find(request.board, request.lock)?.pulse()
        return
      case 'unlockAll':
        for (const { board, lock } of cabinet.state()) {
          if (request.board === everyBoard || request.board === board) {
            cabinet.find(board, lock)?.pulse()
          }
        }
        return
      case 'status':
        answerStatus(request.board)
        return
      case 'statusAll':
        for (const board of boards) answerStatus(board)
        return
    }
  }

  let ear = boardDecoder()
  return {
    receive(bytes: Uint8Array) {
      receivedAtMs = performance.timeOrigin + performance.now()
      for (const request of ear.push(bytes)) obey(request)
    },
    commands: lockerCommands(cabinet, save),
    plugChanged() {
      ear = boardDecoder()
    },
  }
}
