import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, systemClock } from '../../src/devices/clock.ts'
import type { DeviceState, ScannedPage, Scanner } from '../../src/devices/contract.ts'
import type { SaneProfile } from '../../src/devices/protocols/scanimage/command-line.ts'
import type { SaneScannerOptions } from '../../src/devices/scanner/sane-options.ts'
import { saneScanner } from '../../src/devices/scanner/sane-scanner.ts'
import { simulatedScanner } from '../../src/devices/simulators/scanner/simulator.ts'
import {
  type StartedSimulator,
  startSimulator,
} from '../../src/devices/simulators/start-simulator.ts'
import { type RunningProcess, startProcess } from '../../src/devices/transport/process.ts'

export interface ScannerBench {
  readonly scanner: Scanner
  /** Where pages go. */
  readonly pages: string
  /** `SANE_CONFIG_DIR` of every process of this bench. */
  readonly saneFolder: string
  /** Everything that the driver started, oldest first. */
  readonly processes: readonly RunningProcess[]
  /** One run to its end. */
  scan(options?: {
    readonly maxPages?: number
    readonly onPage?: (page: ScannedPage, cancel: () => void) => unknown
  }): Promise<{
    readonly outcome: Awaited<ReturnType<Scanner['scan']>['outcome']>
    readonly told: readonly ScannedPage[]
  }>
  until(state: DeviceState): Promise<readonly string[]>
  /** Names in the pages' folder. */
  left(): readonly string[]
  stop(): Promise<void>
}

export interface BenchOptions {
  readonly profile: SaneProfile
  /** `dll.conf`: which real backends are loaded. */
  readonly backends?: readonly string[]
  readonly saneFolder?: string
  readonly clock?: Clock
  readonly command?: SaneScannerOptions['command']
  readonly timings?: Partial<SaneScannerOptions>
}

/** The real driver over the real scanimage with a SANE configuration of its own. */
export function scannerBench(options: BenchOptions): ScannerBench {
  const folder = mkdtempSync(join(tmpdir(), 'scanner-'))
  const pages = join(folder, 'pages')
  mkdirSync(pages)
  const saneFolder = options.saneFolder ?? join(folder, 'sane')
  if (options.backends !== undefined) {
    mkdirSync(saneFolder)
    writeFileSync(join(saneFolder, 'dll.conf'), options.backends.map((b) => `${b}\n`).join(''))
  }
  const processes: RunningProcess[] = []
  const scanner = saneScanner({
    id: 'scanner',
    clock: options.clock ?? systemClock,
    command: options.command ?? ['setpriv', '--pdeathsig', 'KILL', 'scanimage'],
    environment: { SANE_CONFIG_DIR: saneFolder },
    profile: options.profile,
    troubleIntervalMs: 200,
    start(start) {
      const process = startProcess(start)
      processes.push(process)
      return process
    },
    ...options.timings,
  })
  return {
    scanner,
    pages,
    saneFolder,
    processes,
    async scan({ maxPages = 20, onPage } = {}) {
      const told: ScannedPage[] = []
      const job = scanner.scan({ resolutionDpi: 200, folder: pages, maxPages })
      job.onPage((page) => {
        told.push(page)
        onPage?.(page, job.cancel)
      })
      return { outcome: await job.outcome, told }
    },
    async until(state) {
      const { promise, resolve } = Promise.withResolvers<readonly string[]>()
      const look = () => {
        const status = scanner.status()
        if (status.state === state) resolve(status.reasons)
      }
      const unsubscribe = scanner.onStatus(look)
      look()
      const reasons = await promise
      unsubscribe()
      return reasons
    },
    left: () => readdirSync(pages),
    async stop() {
      await scanner.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface FeederBench extends ScannerBench {
  readonly simulator: StartedSimulator
  readonly control: (command: string, args?: Readonly<Record<string, unknown>>) => Promise<unknown>
}

/** The driver at the simulated feeder. */
export async function feederBench(options: Partial<BenchOptions> = {}): Promise<FeederBench> {
  const folder = mkdtempSync(join(tmpdir(), 'feeder-'))
  const saneFolder = join(folder, 'scanner')
  const simulator = await startSimulator({ device: 'scanner', protocol: 'sane', on: saneFolder })
  const bench = scannerBench({
    ...options,
    saneFolder,
    profile: { device: simulatedScanner, mode: 'Color', options: {} },
  })
  return {
    ...bench,
    simulator,
    control: (command, args) => simulator.control.send(command, args),
    async stop() {
      await bench.stop()
      await simulator.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
