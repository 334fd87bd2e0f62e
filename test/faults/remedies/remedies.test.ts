import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Diagnosis, diagnosisSchema } from '../../../src/contract/diagnosis.ts'
import { type ReasonCode, reasonCodes } from '../../../src/contract/faults.ts'
import { askLocally } from '../../../src/devices/transport/local-socket.ts'
import { diagnosisSocketPath } from '../../../src/main/core/diagnose-command.ts'
import technician from '../../../src/renderer/i18n/en/technician.json' with { type: 'json' }
import { startBench } from '../../support/fault-bench.ts'
import { eventually } from '../../support/journeys.ts'
import type { Machine, MachineOptions } from '../../support/machine.ts'
import { busRemedies, doorRemedies } from './of-locker.ts'
import { printerRemedies } from './of-printer.ts'
import { readerRemedies } from './of-reader.ts'
import { scannerRemedies } from './of-scanner.ts'
import { supplyRemedies } from './of-supplies.ts'
import type { Remedy } from './remedy.ts'

const folder = mkdtempSync(join(tmpdir(), 'remedies-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The program that scans, as a file that a technician can lose or lock. */
const scanProgram = join(folder, 'scan')
writeFileSync(scanProgram, '#!/bin/sh\nexec scanimage "$@"\n', { mode: 0o755 })

const atDevices = [
  ...printerRemedies,
  ...busRemedies,
  ...readerRemedies,
  ...scannerRemedies(() => scanProgram),
]
const atDoors = [...doorRemedies, ...supplyRemedies]

/** Followed where the fault needs a machine of its own, or more bytes than a slip has. */
const elsewhere: Partial<Record<ReasonCode, string>> = {
  CERTIFICATE_EXPIRED: 'test/journeys/hostile-province.test.ts',
  CERTIFICATE_EXPIRING: 'test/journeys/hostile-province.test.ts',
  BACKUP_FAILED: 'src/main/store/backup/backup.test.ts',
  CAP_REACHED: 'test/store/caps.test.ts',
  CLOCK_UNSYNCHRONISED: 'src/main/core/process/clock-watch.test.ts',
  CLOCK_WRONG: 'test/store/clock-jumps.test.ts',
  DATABASE_LOG_LONG: 'test/store/long-reader.test.ts',
  DISK_ERROR: 'src/main/core/process/disk-watch.test.ts',
  DISK_FULL: 'test/store/full-disk.test.ts',
  DISK_LOW: 'test/store/full-disk.test.ts',
  PROVINCE_WENT_BACK: 'test/sync/older-province.test.ts',
  STORE_RESTORED: 'test/store/damaged-database.test.ts',
  SUSPECTED_CRASH: 'test/crash/suspect.test.ts',
  WRITE_TIMEOUT: 'src/devices/transport/serial.test.ts',
}

function followed(options: MachineOptions, remedies: readonly Remedy[]): void {
  let machine: Machine
  beforeAll(async () => {
    machine = await startBench(options)
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
    told.devices.every(
      ({ id, state, reasons }) => id === 'clock' || (state === 'online' && reasons.length === 0),
    ) &&
    told.findings.every(({ subject }) => subject !== 'compartments')
  const well = () =>
    eventually(
      async () => isWell(await diagnosis()) && machine.core.current().screen.name === 'idle',
    )

  it.each(remedies)('clears $code of the $subject', async ({ code, subject, ...remedy }) => {
    const { bring, follow } = remedy
    const asFinding = () =>
      eventually(async () => found(await diagnosis()).includes(`${subject} ${code}`))
    expect(technician.remedy).toHaveProperty([code])
    await well()
    await bring(machine)
    await (remedy.seen ? remedy.seen(machine) : asFinding())
    await follow(machine)
    await well()
    expect(found(await diagnosis())).not.toContain(`${subject} ${code}`)
  })
}

describe('a remedy followed to the letter', () => {
  describe('at a device', { concurrent: false }, () => {
    const command = ['setpriv', '--pdeathsig', 'KILL', scanProgram]
    followed(
      { scanner: { command, options: { probeIntervalMs: 1_000, silentAfterMs: 8_000 } } },
      atDevices,
    )
  })
  describe('at a door or a stock', { concurrent: false }, () => {
    followed(
      {
        compartments: [1, 2, 3, 4, 13],
        supplies: { bags: { capacity: 2, lowAt: 1 } },
        timeouts: { doorOpenMs: 1_500, doorCallMs: 1_500 },
      },
      atDoors,
    )
  })

  it('is followed for every reason code', () => {
    const here = [...atDevices, ...atDoors].map(({ code }) => code)
    for (const [code, file] of Object.entries(elsewhere)) {
      expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`remedy of .*${code}`))
    }
    expect([...new Set([...here, ...Object.keys(elsewhere)])].sort()).toEqual(
      [...reasonCodes].sort(),
    )
  })

  it('is written for every reason code', () => {
    expect(Object.keys(technician.remedy).sort()).toEqual([...reasonCodes].sort())
  })
})
