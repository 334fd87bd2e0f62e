import { join } from 'node:path'
import { expect } from 'vitest'
import { serialChannel } from '../../../src/devices/transport/serial.ts'
import { openCover, wireFault } from '../../support/fault-bench.ts'
import { eventually } from '../../support/journeys.ts'
import type { Machine } from '../../support/machine.ts'
import { newRoll, powerCycle, type Remedy, tryOut } from './remedy.ts'

const printer = (machine: Machine, command: string, args: object) =>
  machine.printer.control.send(command, { ...args })
const plugged = (machine: Machine, is: boolean) => wireFault(machine, 'printer', 'unplugged', !is)

const testSlip = (machine: Machine, meanwhile?: () => Promise<unknown>) =>
  tryOut(machine, 'printer', 'testSlip', meanwhile)
/** A slip is under way: some of it is on the paper, most of it is not. */
const inMidSlip = (machine: Machine) =>
  eventually(async () => {
    const { hangingRows } = (await printer(machine, 'state', {})) as { hangingRows: number }
    return hangingRows > 0
  })

let otherProgram: { close(): Promise<void> } | undefined

export const printerRemedies: readonly Remedy[] = [
  {
    code: 'PAPER_OUT',
    subject: 'printer',
    bring: (machine) => printer(machine, 'paper', { state: 'out' }),
    follow: newRoll,
  },
  {
    code: 'PAPER_LOW',
    subject: 'printer',
    bring: (machine) => printer(machine, 'paper', { state: 'low' }),
    follow: newRoll,
  },
  {
    code: 'COVER_OPEN',
    subject: 'printer',
    bring: (machine) => openCover(machine, true),
    follow: (machine) => openCover(machine, false),
  },
  {
    code: 'HEAD_TOO_HOT',
    subject: 'printer',
    bring: (machine) => printer(machine, 'headTooHot', { on: true }),
    follow: (machine) => printer(machine, 'headTooHot', { on: false }),
  },
  {
    code: 'CUTTER_ERROR',
    subject: 'printer',
    async bring(machine) {
      await printer(machine, 'cutterJam', { on: true })
      expect(await testSlip(machine)).toBe('bad CUTTER_ERROR')
    },
    async follow(machine) {
      await plugged(machine, false)
      await printer(machine, 'cutterJam', { on: false })
      await plugged(machine, true)
    },
  },
  {
    code: 'PRINTER_ERROR',
    subject: 'printer',
    bring: (machine) => printer(machine, 'broken', { on: true }),
    async follow(machine) {
      await printer(machine, 'broken', { on: false })
      await powerCycle(machine, 'printer')
    },
  },
  {
    code: 'SILENT',
    subject: 'printer',
    bring: (machine) => wireFault(machine, 'printer', 'silent', true),
    async follow(machine) {
      await wireFault(machine, 'printer', 'silent', false)
      await powerCycle(machine, 'printer')
    },
  },
  {
    code: 'GARBLED',
    subject: 'printer',
    bring: (machine) => wireFault(machine, 'printer', 'wrongChecksum', true),
    follow: (machine) => wireFault(machine, 'printer', 'wrongChecksum', false),
  },
  {
    code: 'PORT_MISSING',
    subject: 'printer',
    bring: (machine) => plugged(machine, false),
    follow: (machine) => plugged(machine, true),
  },
  {
    code: 'PORT_BUSY',
    subject: 'printer',
    async bring(machine) {
      const core = machine.core.pid() ?? 0
      await plugged(machine, false)
      // Core is not quicker than the program that takes the port.
      process.kill(core, 'SIGSTOP')
      try {
        await plugged(machine, true)
        const other = serialChannel({
          path: join(machine.folder, 'devices', 'printer'),
          baudRate: 115_200,
        })()
        await other.open()
        otherProgram = other
      } finally {
        process.kill(core, 'SIGCONT')
      }
    },
    follow: () => otherProgram?.close() ?? Promise.resolve(),
  },
  {
    code: 'DISCONNECTED',
    subject: 'printer',
    async bring(machine) {
      await printer(machine, 'slow', { bandMs: 300 })
      const told = await testSlip(machine, async () => {
        await inMidSlip(machine)
        await plugged(machine, false)
      })
      expect(told).toBe('bad DISCONNECTED')
    },
    seen: async () => undefined,
    async follow(machine) {
      await printer(machine, 'slow', { on: false })
      await plugged(machine, true)
    },
  },
  {
    code: 'PRINT_NOT_CONFIRMED',
    subject: 'printer',
    async bring(machine) {
      await printer(machine, 'noProcessId', { on: true })
      expect(await testSlip(machine)).toBe('bad PRINT_NOT_CONFIRMED')
    },
    seen: async () => undefined,
    async follow(machine) {
      await printer(machine, 'noProcessId', { on: false })
      expect(await testSlip(machine)).toMatch(/^good/)
    },
  },
]
