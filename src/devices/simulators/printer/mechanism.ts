import type { Clock } from '../../clock.ts'
import type { PhysicalLog } from '../base/physical-log.ts'
import type { PrinterCommand, RealTimeCommand } from './command-parser.ts'
import type { ExitTray } from './exit-tray.ts'
import {
  autoStatusBytes,
  healthyBody,
  isOnline,
  type PrinterBody,
  queuedPaperByte,
  realTimeStatusByte,
} from './status-bytes.ts'

export interface MechanismOptions {
  readonly clock: Clock
  readonly log: PhysicalLog
  readonly tray: ExitTray
  readonly send: (bytes: Uint8Array) => void
  /** Half commands that were heard are forgotten, too. */
  readonly forgetHalfCommands: () => void
}

export interface Mechanism {
  queue(command: PrinterCommand): void
  obey(command: RealTimeCommand): void
  readonly body: Readonly<PrinterBody>
  /** Changes what a person can change, and lets the printer notice. */
  change(change: Partial<PrinterBody>): void
  /** The roll ends in the middle of the n-th band from now. */
  endRollAfter(bands: number): void
  readonly abilities: { processId: boolean; clear: boolean }
  bandMs: number
  waiting(): number
  letters(): number
}

const texts: Readonly<Record<number, string>> = {
  65: '1.00',
  66: 'MOTCUA',
  67: 'SIM-80',
  68: 'SIM0001',
}
const cutMs = 5

/**
 * Paper, knife and buffer. Commands wait in the buffer until the paper that belongs to the one before has
 * moved; while the printer is offline they go on waiting, as in a real one.
 */
export function mechanism(options: MechanismOptions): Mechanism {
  const { clock, log, tray, send } = options
  const body = healthyBody()
  const abilities = { processId: true, clear: true }
  let buffer: PrinterCommand[] = []
  let moving = false
  let generation = 0
  let bandsLeft = Number.POSITIVE_INFINITY
  let autoStatus = false
  let lastTold = ''
  let letters = 0

  const tellIfChanged = (): void => {
    const bytes = autoStatusBytes(body)
    const told = bytes.join()
    if (told === lastTold) return
    lastTold = told
    if (autoStatus) send(bytes)
  }

  const move = (durationMs: number, then: () => void): void => {
    moving = true
    const mine = generation
    clock.setTimer(durationMs, () => {
      if (mine !== generation) return
      moving = false
      then()
      work()
    })
  }

  function runOut(): void {
    bandsLeft = Number.POSITIVE_INFINITY
    body.paper = 'out'
    tray.spoil()
    log.append('paperOut')
    tellIfChanged()
  }

  function printRows(command: PrinterCommand & { readonly name: 'rows' }): void {
    const { rowBytes, data } = command
    const rows = rowBytes === 0 ? 0 : data.length / rowBytes
    // The first rows of the band are on paper when the roll ends; the rest waits for a new roll.
    const ends = bandsLeft <= 1
    const printable = ends ? Math.floor(rows / 2) : rows
    move(self.bandMs, () => {
      for (let row = 0; row < printable; row += 1) {
        tray.print(data.subarray(row * rowBytes, (row + 1) * rowBytes))
      }
      bandsLeft -= 1
      if (!ends) return
      buffer.unshift({ name: 'rows', rowBytes, data: data.subarray(printable * rowBytes) })
      runOut()
    })
  }

  function cut(command: PrinterCommand): void {
    move(cutMs, () => {
      if (!body.cutterBlocked) {
        tray.cut()
        return
      }
      buffer.unshift(command)
      body.cutterError = true
      log.append('cutterJammed')
      tellIfChanged()
    })
  }

  function perform(command: PrinterCommand): void {
    switch (command.name) {
      case 'reset':
        // A new beginning while something hangs: that will not be finished.
        tray.spoil()
        return
      case 'rows':
        printRows(command)
        return
      case 'feed':
        for (let row = 0; row < command.dots; row += 1) {
          if (tray.hangingRows() > 0) tray.print(new Uint8Array())
        }
        return
      case 'cut':
        cut(command)
        return
      case 'autoStatus':
        autoStatus = command.mask !== 0
        lastTold = autoStatusBytes(body).join()
        if (autoStatus) send(autoStatusBytes(body))
        return
      case 'tellProcessId':
        if (abilities.processId) send(Uint8Array.of(0x37, 0x22, ...command.id, 0x00))
        return
      case 'tellPaper':
        send(Uint8Array.of(queuedPaperByte(body)))
        return
      case 'tellText': {
        const text = texts[command.which]
        if (text !== undefined) send(Uint8Array.of(0x5f, ...Buffer.from(text, 'latin1'), 0x00))
        return
      }
      case 'letters':
        letters += command.count
        log.append('lettersPrinted', { count: command.count })
        return
    }
  }

  function work(): void {
    while (!moving && isOnline(body)) {
      const command = buffer.shift()
      if (command === undefined) return
      perform(command)
    }
  }

  function clear(): void {
    generation += 1
    moving = false
    buffer = []
    options.forgetHalfCommands()
    tray.spoil()
    log.append('bufferCleared')
  }

  const self: Mechanism = {
    body,
    abilities,
    bandMs: 2,
    queue(command) {
      buffer.push(command)
      work()
    },
    obey(command) {
      switch (command.name) {
        case 'tellStatus':
          send(Uint8Array.of(realTimeStatusByte(body, command.which)))
          return
        case 'tellAutoStatus':
          send(autoStatusBytes(body))
          return
        case 'clear':
          if (!abilities.clear) return
          clear()
          send(Uint8Array.of(0x37, 0x25, 0x00))
          return
        case 'recover':
          if (!body.cutterError) return
          if (command.clearing) clear()
          if (!body.cutterBlocked) self.change({ cutterError: false })
          return
      }
    },
    change(change) {
      Object.assign(body, change)
      tellIfChanged()
      work()
    },
    endRollAfter(bands) {
      bandsLeft = bands
    },
    waiting: () => buffer.length,
    letters: () => letters,
  }
  return self
}
