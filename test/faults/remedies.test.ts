import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Diagnosis, diagnosisSchema } from '../../src/contract/diagnosis.ts'
import { type ReasonCode, reasonCodes } from '../../src/contract/faults.ts'
import { askLocally } from '../../src/devices/transport/local-socket.ts'
import { diagnosisSocketPath } from '../../src/main/core/diagnose-command.ts'
import technician from '../../src/renderer/i18n/en/technician.json' with { type: 'json' }
import { openCover, startBench, wireFault } from '../support/fault-bench.ts'
import { eventually } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'

interface Remedy {
  readonly code: ReasonCode
  readonly subject: 'printer' | 'locker' | 'reader' | 'scanner'
  /** What befalls the machine. */
  readonly bring: (machine: Machine) => Promise<unknown>
  /** What the remedy says, done to the letter. */
  readonly follow: (machine: Machine) => Promise<unknown>
}

const printer = (machine: Machine, command: string, args: object) =>
  machine.printer.control.send(command, { ...args })
const scanner = (machine: Machine, command: string, args: object = {}) =>
  machine.atScanner(command, { ...args })
/** Off and on again: its memory of the wire is gone. */
async function powerCycle(machine: Machine, device: 'printer' | 'locker' | 'reader') {
  await wireFault(machine, device, 'unplugged', true)
  await wireFault(machine, device, 'unplugged', false)
}
async function newRoll(machine: Machine) {
  await openCover(machine, true)
  await printer(machine, 'paper', { state: 'ok' })
  await openCover(machine, false)
}

const remedies: readonly Remedy[] = [
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
    code: 'PORT_MISSING',
    subject: 'printer',
    bring: (machine) => wireFault(machine, 'printer', 'unplugged', true),
    follow: (machine) => wireFault(machine, 'printer', 'unplugged', false),
  },
  {
    code: 'BUS_SILENT',
    subject: 'locker',
    bring: (machine) => wireFault(machine, 'locker', 'silent', true),
    follow: (machine) => wireFault(machine, 'locker', 'silent', false),
  },
  {
    code: 'PORT_MISSING',
    subject: 'reader',
    bring: (machine) => wireFault(machine, 'reader', 'unplugged', true),
    follow: (machine) => wireFault(machine, 'reader', 'unplugged', false),
  },
  {
    code: 'NOT_CONNECTED',
    subject: 'scanner',
    bring: (machine) => scanner(machine, 'fault', { fault: 'unplugged', on: true }),
    follow: (machine) => scanner(machine, 'fault', { fault: 'unplugged', on: false }),
  },
  {
    code: 'SCANNER_SILENT',
    subject: 'scanner',
    bring: (machine) => scanner(machine, 'fault', { fault: 'silent', on: true }),
    async follow(machine) {
      await scanner(machine, 'fault', { fault: 'silent', on: false })
      await scanner(machine, 'fault', { fault: 'unplugged', on: true })
      await scanner(machine, 'fault', { fault: 'unplugged', on: false })
    },
  },
  {
    code: 'COVER_OPEN',
    subject: 'scanner',
    bring: (machine) => scanner(machine, 'openCover', { on: true }),
    follow: (machine) => scanner(machine, 'openCover', { on: false }),
  },
]

describe('a remedy followed to the letter', () => {
  let machine: Machine
  beforeAll(async () => {
    machine = await startBench({ scanner: true })
  })
  afterAll(() => machine?.stop())

  async function diagnosis(): Promise<Diagnosis> {
    const path = diagnosisSocketPath(join(machine.folder, 'kiosk'))
    return diagnosisSchema.parse(JSON.parse(await askLocally(path, 3_000)))
  }
  const found = ({ findings }: Diagnosis) =>
    findings.map(({ subject, reason }) => `${subject} ${reason}`)
  /** What is only said, and not wrong with a device: this machine's clock, and what was never counted. */
  const isWell = (told: Diagnosis) =>
    told.fit &&
    told.devices.every(({ state, reasons }) => state === 'online' && reasons.length === 0)

  it.each(remedies)('clears $code of the $subject', async ({ code, subject, bring, follow }) => {
    expect(technician.remedy).toHaveProperty([code])
    await eventually(async () => isWell(await diagnosis()))
    await bring(machine)
    await eventually(async () => found(await diagnosis()).includes(`${subject} ${code}`))
    await follow(machine)
    await eventually(async () => isWell(await diagnosis()))
    expect(found(await diagnosis())).not.toContain(`${subject} ${code}`)
  })

  it('is written for every reason code', () => {
    expect(Object.keys(technician.remedy).sort()).toEqual([...reasonCodes].sort())
  })
})
