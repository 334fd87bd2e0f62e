import { crashWindowMs, planRestart } from '../supervision/restart-policy.ts'
import type { SupervisionClock } from '../supervision/supervision-clock.ts'
import { pageUrl, stoppedUrl } from './app-scheme.ts'
import type { WindowPart } from './electron-parts.ts'
import { isNightlyReloadDue, type NightlyReload } from './nightly-reload.ts'

/** A page that said nothing for so long hangs; a loaded machine may well need a few seconds for its first word. */
export const longestSilenceMs = 15_000
const checkEveryMs = 1_000
/** So many crashes of the page within a minute, and the static page is shown instead. */
export const crashesBeforeStopped = 5

export interface ScreenSupervisorOptions {
  readonly window: Pick<WindowPart, 'webContents' | 'on'>
  readonly clock: SupervisionClock
  /** Local time of day. */
  readonly now: () => Date
  readonly say: (line: string) => void
  /** The page crashes again and again. */
  readonly onCrashLoop: () => void
}

export interface ScreenSupervisor {
  /** Loads the page, anew if it is there. */
  showPage(): void
  /** Loads the static page that asks for a technician. */
  showStopped(): void
  beat(idle: boolean): void
  isStopped(): boolean
  stop(): void
}

/** Keeps a living page in the window: loads it again when it is gone, hangs or shows nothing, and once a night. */
export function superviseScreen(options: ScreenSupervisorOptions): ScreenSupervisor {
  const { clock, window, say } = options
  const { webContents } = window
  let showing: 'page' | 'stopped' = 'page'
  let lastBeatMs = clock.monotonicMs()
  let idleSinceMs: number | undefined
  let crashTimesMs: readonly number[] = []
  let lastNightly: NightlyReload['lastDay']
  let callOffReload = () => {}
  let callOffCheck = () => {}
  let stopped = false

  const load = (url: string) => {
    callOffReload()
    lastBeatMs = clock.monotonicMs()
    idleSinceMs = undefined
    // A load that fails is told by `did-fail-load`.
    webContents.loadURL(url).catch(() => {})
  }
  const show = (what: 'page' | 'stopped') => {
    showing = what
    load(what === 'page' ? pageUrl : stoppedUrl)
  }
  const onGone = (why: string) => {
    if (stopped) return
    const nowMs = clock.monotonicMs()
    crashTimesMs = [...crashTimesMs.filter((time) => nowMs - time < crashWindowMs), nowMs]
    say(`screen gone (${why})`)
    if (showing === 'page' && crashTimesMs.length >= crashesBeforeStopped) {
      showing = 'stopped'
      options.onCrashLoop()
    }
    // The new page has its whole time to come up.
    lastBeatMs = nowMs
    callOffReload()
    callOffReload = clock.setTimer(planRestart(crashTimesMs, nowMs).delayMs, () => show(showing))
  }
  const check = () => {
    callOffCheck = clock.setTimer(checkEveryMs, check)
    if (showing === 'stopped') return
    const nowMs = clock.monotonicMs()
    if (nowMs - lastBeatMs > longestSilenceMs) {
      lastBeatMs = nowMs
      say('screen silent')
      // A page that hangs would not hear of being loaded again; `render-process-gone` follows.
      webContents.forcefullyCrashRenderer()
      return
    }
    const now = options.now()
    const idleForMs = idleSinceMs === undefined ? 0 : nowMs - idleSinceMs
    if (!isNightlyReloadDue({ now, idleForMs, lastDay: lastNightly })) return
    lastNightly = now.toDateString()
    say('screen reloaded for the night')
    show('page')
  }

  webContents.on('render-process-gone', (_event, { reason }) => onGone(reason))
  window.on('unresponsive', () => webContents.forcefullyCrashRenderer())
  webContents.on('did-fail-load', (_event, errorCode, _description, _url, isMainFrame) => {
    // -3: a load that another one overtook.
    if (isMainFrame && errorCode !== -3) onGone(`load failed: ${errorCode}`)
  })
  check()
  return {
    showPage: () => show('page'),
    showStopped: () => {
      if (showing !== 'stopped') show('stopped')
    },
    beat: (idle) => {
      lastBeatMs = clock.monotonicMs()
      if (!idle) idleSinceMs = undefined
      else idleSinceMs ??= lastBeatMs
    },
    isStopped: () => showing === 'stopped',
    stop: () => {
      stopped = true
      callOffReload()
      callOffCheck()
    },
  }
}
