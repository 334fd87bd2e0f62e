import type { BrowserWindowConstructorOptions } from 'electron'
import type { ElectronParts, SessionPart, WindowPart } from './electron-parts.ts'
import { lockedPreferences } from './policy.ts'

export interface WindowOptions {
  readonly parts: Pick<ElectronParts, 'BrowserWindow' | 'screen'>
  readonly session: SessionPart
  readonly preloadFile: string
  /** A window beside others, for a demo; otherwise the whole screen. */
  readonly windowed: boolean
}

const windowedSize = { width: 608, height: 1080 }
/** Until the page has painted, and between two pages. */
const groundColour = '#f4f1ea'

/** The one window of the machine. */
export function openWindow({ parts, session, preloadFile, windowed }: WindowOptions): WindowPart {
  const { screen } = parts
  const whole: BrowserWindowConstructorOptions = {
    ...screen.getPrimaryDisplay().bounds,
    kiosk: true,
    frame: false,
    resizable: false,
    movable: false,
    minimizable: false,
    maximizable: false,
    closable: false,
  }
  const window = new parts.BrowserWindow({
    ...(windowed ? windowedSize : whole),
    show: false,
    backgroundColor: groundColour,
    webPreferences: {
      ...lockedPreferences,
      preload: preloadFile,
      // Electron's own type of it; ours names only what is used.
      session: session as never,
    },
  })
  window.once('ready-to-show', () => window.show())
  if (!windowed) holdTheScreen(window, screen)
  return window
}

/** Whatever a window manager, a gesture or a pulled cable does: over the whole first display again. */
function holdTheScreen(window: WindowPart, screen: ElectronParts['screen']): void {
  const hold = () => {
    window.setBounds(screen.getPrimaryDisplay().bounds)
    window.setKiosk(true)
  }
  window.on('leave-full-screen', hold)
  window.on('minimize', () => window.restore())
  window.on('hide', () => window.show())
  for (const change of ['display-added', 'display-removed', 'display-metrics-changed'] as const) {
    screen.on(change, hold)
  }
}
