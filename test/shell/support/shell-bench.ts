import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, vi } from 'vitest'
import { buildShell } from '../../../scripts/build-shell.ts'
import { type ManualClock, manualClock } from '../../../src/devices/manual-clock.ts'
import { readPageFiles } from '../../../src/main/page/page-files.ts'
import { runShell } from '../../../src/main/shell/run-shell.ts'
import { type BridgeState, connectBridge } from '../../../src/renderer/api/bridge.ts'
import { dialShell } from '../../../src/renderer/api/dial-shell.ts'
import type { FakeCoreFile } from '../fake-core.ts'
import { type StandInElectron, standInElectron } from '../stand-in/electron.ts'
import type { StandInWindow } from '../stand-in/window.ts'

const fakeCore = fileURLToPath(new URL('../fake-core.ts', import.meta.url))

/** The shell's own code around a stand-in of Electron, the built preload and a core in a process of its own. */
export interface ShellBench {
  readonly electron: StandInElectron
  window(): StandInWindow
  readonly clock: ManualClock
  readonly said: readonly string[]
  /** Local time of day that the shell sees. */
  now: Date
  tellCore(changes: Partial<FakeCoreFile>): void
  coreStarts(): readonly string[]
  stop(): Promise<void>
}

export interface BenchOptions {
  readonly electron?: StandInElectron
  readonly core?: Partial<FakeCoreFile>
  readonly windowed?: boolean
  /** The built page is missing. */
  readonly withoutPage?: boolean
  readonly coreEntry?: string
  readonly configFile?: string
  readonly environment?: Readonly<Record<string, string>>
}

/** Builds the preload as it ships; once for each test file. */
export async function buildPreload(): Promise<{ readonly file: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-shell-build-'))
  await buildShell(folder)
  return {
    file: join(folder, 'preload.cjs'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export async function startShell(
  preloadFile: string,
  options: BenchOptions = {},
): Promise<ShellBench> {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-shell-test-'))
  const page = mkdtempSync(join(folder, 'page-'))
  if (!options.withoutPage)
    writeFileSync(join(page, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(folder, 'secret.key'), 'not for the page')
  const configFile = options.configFile ?? join(folder, 'core.json')
  const logFile = join(folder, 'core.log')
  writeFileSync(logFile, '')
  let file: FakeCoreFile = { logFile, screen: 'idle', ...options.core }
  const tellCore = (changes: Partial<FakeCoreFile>) => {
    file = { ...file, ...changes }
    writeFileSync(join(folder, 'core.json'), JSON.stringify(file))
  }
  tellCore({})

  const electron = options.electron ?? standInElectron()
  const clock = manualClock()
  const said: string[] = []
  const bench = { now: new Date(2026, 1, 9, 12, 0) }
  await runShell({
    parts: electron.parts,
    command: { configFile, windowed: options.windowed ?? false },
    coreEntry: options.coreEntry ?? fakeCore,
    preloadFile,
    files: readPageFiles(page),
    ...(options.environment && { environment: options.environment }),
    clock,
    now: () => bench.now,
    say: (line) => said.push(line),
  })
  const [opened] = electron.windows
  if (opened) await vi.waitFor(() => expect(opened.webContents.page).toBeDefined())
  return Object.assign(bench, {
    electron,
    window: () => {
      const [window] = electron.windows
      if (window === undefined) throw new Error('The shell has opened no window')
      return window
    },
    clock,
    said,
    tellCore,
    coreStarts: () =>
      readFileSync(logFile, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('started')),
    stop: async () => {
      electron.app.quit()
      await electron.app.exited
      rmSync(folder, { recursive: true, force: true })
    },
  })
}

/** The renderer's own bridge in the page that the window shows now. */
export function openBridge(bench: Pick<ShellBench, 'window'>) {
  const page = bench.window().webContents.page
  if (page === undefined) throw new Error('The window shows no page')
  const seen: { state: BridgeState; beat(idle: boolean): void } = {
    state: { snapshot: undefined, connected: false },
    beat: page.shell.beat,
  }
  const bridge = connectBridge(dialShell(page.shell, page.window), (state) => {
    seen.state = state
  })
  return Object.assign(seen, bridge)
}
