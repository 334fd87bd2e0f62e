import type { PageFile } from '../page/page-files.ts'
import type { SupervisionClock } from '../supervision/supervision-clock.ts'
import { appScheme, pageUrl, serveAppScheme } from './app-scheme.ts'
import { lockApp, lockSession, lockWindow } from './apply-policy.ts'
import type { ShellCommand } from './command-line.ts'
import { superviseCore } from './core-supervisor.ts'
import type { ElectronParts } from './electron-parts.ts'
import { listenToPage } from './page-link.ts'
import { joinPageToCore } from './page-to-core.ts'
import { crashesBeforeStopped, superviseScreen } from './screen-supervisor.ts'
import { khmerFontAmong, type StoppedFacts, type StopReason, stoppedPage } from './stopped-page.ts'
import { openWindow } from './window.ts'

/** Core has to stay up for so long before the screen believes that it is over. */
export const coreSteadyMs = 10_000
/** A page that crashed again and again is tried once more after so long. */
export const screenRetryMs = 300_000

export interface ShellOptions {
  readonly parts: ElectronParts
  readonly command: ShellCommand
  readonly coreEntry: string
  readonly preloadFile: string
  readonly files: ReadonlyMap<string, PageFile>
  /** Added to core's environment. */
  readonly environment?: Readonly<Record<string, string>>
  readonly clock: SupervisionClock
  readonly now: () => Date
  readonly say: (line: string) => void
}

export interface Shell {
  corePid(): number | undefined
}

/**
 * The machine's window and what keeps it alive: core as utility process, the page over its own scheme, a channel
 * between the two. Resolves when the window is there; undefined when this is a second one or was refused.
 */
export async function runShell(options: ShellOptions): Promise<Shell | undefined> {
  const { parts, command, clock, now, say } = options
  const { app } = parts
  const report = (denied: string) => say(`denied ${denied}`)

  const refusedSwitch = lockApp(app, report)
  if (refusedSwitch !== undefined) {
    say(`refuses to start with --${refusedSwitch}`)
    app.exit(64)
    return undefined
  }
  parts.protocol.registerSchemesAsPrivileged([appScheme])
  if (!app.requestSingleInstanceLock()) {
    say('is running already')
    app.exit(1)
    return undefined
  }
  await app.whenReady()

  let stopping = false
  let facts: StoppedFacts | undefined
  let callOffRetry = () => {}
  parts.Menu.setApplicationMenu(null)
  parts.powerSaveBlocker.start('prevent-display-sleep')
  // No `persist:`: what a page leaves behind ends with the process.
  const session = parts.session.fromPartition('kiosk', { cache: false })
  lockSession(session, report)
  const khmerFont = khmerFontAmong(options.files.keys())
  serveAppScheme(session, {
    files: options.files,
    stopped: () => stoppedPage(facts ?? factsOf('SCREEN_MISSING', ''), khmerFont),
  })
  const window = openWindow({
    parts,
    session,
    preloadFile: options.preloadFile,
    windowed: command.windowed,
  })
  const mayClose = () => stopping || command.windowed
  lockWindow(window, report, mayClose)
  app.on('second-instance', () => window.focus())

  const core = superviseCore({
    utilityProcess: parts.utilityProcess,
    clock,
    entry: options.coreEntry,
    args: ['--config', command.configFile],
    ...(options.environment && { environment: options.environment }),
    onReady: () => {
      say(`core ready (pid ${core.pid()})`)
      link.coreReady()
      if (facts?.reason.startsWith('CORE_')) retryAfter(coreSteadyMs)
    },
    onDown: (description, crashes) => {
      say(`core ended (${description})`)
      callOffRetry()
      link.coreDown()
      if (crashes >= crashesBeforeStopped) stop('CORE_CRASH_LOOP', description)
    },
    onGaveUp: (exitCode) => stop('CORE_REFUSED_TO_START', `exit code ${exitCode}`),
  })
  const link = joinPageToCore(parts.MessageChannelMain, () => core)
  const screen = superviseScreen({
    window,
    clock,
    now,
    say,
    onCrashLoop: () => {
      facts = factsOf('SCREEN_CRASH_LOOP', '')
      retryAfter(screenRetryMs)
    },
  })
  listenToPage({
    ipcMain: parts.ipcMain,
    contents: window.webContents,
    onConnect: link.connect,
    onBeat: screen.beat,
    report,
  })
  // The one link of the static page.
  window.webContents.on('will-navigate', (details) => {
    if (details.url !== pageUrl || !screen.isStopped()) return
    details.preventDefault()
    say('tries again')
    core.retry()
    resume()
  })

  const end = () => {
    if (stopping) return
    stopping = true
    callOffRetry()
    screen.stop()
    void core.stop().then(() => app.exit(0))
  }
  app.on('before-quit', (event) => {
    event.preventDefault()
    end()
  })
  app.on('window-all-closed', end)
  if (options.files.has('/')) screen.showPage()
  else screen.showStopped()
  return { corePid: core.pid }

  function factsOf(reason: StopReason, detail: string): StoppedFacts {
    return { reason, detail, at: now(), version: app.getVersion() }
  }
  function stop(reason: StopReason, detail: string): void {
    say(`out of service: ${reason}`)
    facts = factsOf(reason, detail)
    screen.showStopped()
  }
  function resume(): void {
    callOffRetry()
    if (!options.files.has('/')) return
    facts = undefined
    screen.showPage()
  }
  function retryAfter(delayMs: number): void {
    callOffRetry()
    callOffRetry = clock.setTimer(delayMs, resume)
  }
}
