import type { WebPreferences } from 'electron'
import { isOwnUrl, pageUrl } from './app-scheme.ts'
import type { AppPart, ContentsPart, Navigated, SessionPart, WindowPart } from './electron-parts.ts'
import { isKeyAllowed } from './keys.ts'

/** What the page is run with. The preload is the only thing in it that knows Electron. */
export const lockedPreferences: WebPreferences = {
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  devTools: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  enableDeprecatedPaste: false,
  // Neither `alert` nor a question on leaving the page can hold the screen.
  disableDialogs: true,
  // Warnings sound without a touch before them.
  autoplayPolicy: 'no-user-gesture-required',
  // The heartbeat goes on while a screen saver or another window covers the page.
  backgroundThrottling: false,
}

/** Switches of Chromium that close ways out by touch and stop its own traffic. */
export const lockedSwitches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-pinch'],
  ['overscroll-history-navigation', '0'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-quic'],
  ['disable-http-cache'],
  ['disable-features', 'Translate,MediaRouter,TouchpadOverscrollHistoryNavigation'],
  ['no-proxy-server'],
]

/** Switches that open the browser to a debugger: refused on a packaged machine. */
export const debuggingSwitches: readonly string[] = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'js-flags',
  'load-extension',
]

export type Report = (denied: string) => void

/** One thing that nobody may do at the screen, and how it is refused wherever it could happen. */
export interface Denial {
  readonly name: string
  readonly app?: (app: AppPart, report: Report) => void
  readonly session?: (session: SessionPart, report: Report) => void
  readonly contents?: (contents: ContentsPart, report: Report) => void
  /** `mayClose`: the shell itself is ending, or it is a demo's window. */
  readonly window?: (window: WindowPart, report: Report, mayClose: () => boolean) => void
}

export const denials: readonly Denial[] = [
  {
    name: 'permission',
    session: (session, report) => {
      session.setPermissionRequestHandler((_contents, _permission, callback) => {
        report('permission')
        callback(false)
      })
      session.setPermissionCheckHandler(() => false)
      session.setDevicePermissionHandler(() => false)
    },
  },
  {
    name: 'device',
    session: (session, report) => {
      for (const event of [
        'select-hid-device',
        'select-serial-port',
        'select-usb-device',
      ] as const) {
        session.on(event, (chosen) => {
          chosen.preventDefault()
          report('device')
        })
      }
      session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }))
    },
    contents: (contents) => {
      contents.on('select-bluetooth-device', (event) => event.preventDefault())
    },
  },
  {
    name: 'displayMedia',
    session: (session, report) => {
      session.setDisplayMediaRequestHandler((_request, callback) => {
        report('displayMedia')
        callback(null)
      })
    },
  },
  {
    name: 'network',
    session: (session, report) => {
      session.webRequest.onBeforeRequest(({ url }, callback) => {
        const cancel = !isOwnUrl(url) && !url.startsWith('data:')
        if (cancel) report('network')
        callback({ cancel })
      })
    },
  },
  {
    name: 'download',
    session: (session, report) => {
      session.on('will-download', (event) => {
        event.preventDefault()
        report('download')
      })
    },
  },
  {
    name: 'navigation',
    contents: (contents, report) => {
      // To the page itself is a reload, which loses nothing, and the way back from the crash-loop screen.
      const refuse: Navigated = (details) => {
        if (details.url === pageUrl) return
        details.preventDefault()
        report('navigation')
      }
      contents.on('will-navigate', refuse)
      contents.on('will-frame-navigate', refuse)
      contents.on('will-redirect', refuse)
    },
  },
  {
    name: 'newWindow',
    contents: (contents, report) => {
      contents.setWindowOpenHandler(() => {
        report('newWindow')
        return { action: 'deny' }
      })
    },
  },
  {
    name: 'webview',
    contents: (contents, report) => {
      contents.on('will-attach-webview', (event) => {
        event.preventDefault()
        report('webview')
      })
    },
  },
  {
    name: 'devtools',
    contents: (contents, report) => {
      contents.on('devtools-opened', () => {
        contents.closeDevTools()
        report('devtools')
      })
    },
  },
  {
    // Also print (Ctrl+P), save (Ctrl+S), reload, close, find, zoom and every menu behind a function key.
    name: 'shortcut',
    contents: (contents, report) => {
      contents.on('before-input-event', (event, input) => {
        if (isKeyAllowed(input)) return
        event.preventDefault()
        if (input.type === 'keyDown' && !input.isAutoRepeat) report('shortcut')
      })
    },
  },
  {
    name: 'contextMenu',
    contents: (contents, report) => {
      contents.on('context-menu', (event) => {
        event.preventDefault()
        report('contextMenu')
      })
    },
  },
  {
    name: 'zoom',
    contents: (contents) => {
      contents.on('did-finish-load', () => {
        contents.setZoomFactor(1)
        // Rejects only when the page is gone again: the next one is limited anew.
        contents.setVisualZoomLevelLimits(1, 1).catch(() => {})
      })
      contents.on('zoom-changed', () => contents.setZoomFactor(1))
    },
  },
  {
    name: 'holdingThePage',
    contents: (contents) => {
      // `preventDefault` here means: unload although the page objects.
      contents.on('will-prevent-unload', (event) => event.preventDefault())
    },
  },
  {
    name: 'spellcheck',
    session: (session) => session.setSpellCheckerEnabled(false),
  },
  {
    name: 'signIn',
    app: (app) => {
      app.on('login', (event) => event.preventDefault())
      app.on('select-client-certificate', (event) => event.preventDefault())
    },
  },
  {
    name: 'closing',
    window: (window, report, mayClose) => {
      window.on('close', (event) => {
        if (mayClose()) return
        event.preventDefault()
        report('closing')
      })
    },
  },
]
