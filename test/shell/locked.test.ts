import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { shellName } from '../../src/contract/shell.ts'
import { pageUrl } from '../../src/main/shell/app-scheme.ts'
import { fuses } from '../../src/main/shell/fuses.ts'
import { debuggingSwitches, denials, lockedSwitches } from '../../src/main/shell/policy.ts'
import { type StandInElectron, standInElectron } from './stand-in/electron.ts'
import type { StandInContents } from './stand-in/window.ts'
import { buildPreload, type ShellBench, startShell } from './support/shell-bench.ts'

let preload: Awaited<ReturnType<typeof buildPreload>>
let bench: ShellBench
let electron: StandInElectron
let contents: StandInContents
beforeAll(async () => {
  preload = await buildPreload()
  bench = await startShell(preload.file)
  electron = bench.electron
  contents = bench.window().webContents
  await vi.waitFor(() => expect(contents.page?.url).toBe(pageUrl))
})
afterAll(async () => {
  await bench.stop()
  preload.remove()
})

const preferences = () => bench.window().options.webPreferences ?? {}
const source = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const elsewhere = [
  'https://kiosk.example/',
  'file:///etc/passwd',
  'motcua://kiosk.example/',
  'motcua://kiosk/stopped',
  'motcua://kiosk/#x',
  'chrome://gpu',
  'view-source:motcua://kiosk/',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
]

/** Electron's own security checklist, in its numbering. */
const checklist: readonly (readonly [number: number, item: string, check: () => unknown])[] = [
  [
    1,
    'load secure content only: nothing but the own scheme leaves the page',
    async () => {
      for (const url of ['http://kiosk.example/', 'https://kiosk.example/', 'ws://127.0.0.1:1/']) {
        expect(await electron.session.request(url), url).toBeUndefined()
      }
      expect((await electron.session.request(pageUrl))?.status).toBe(200)
    },
  ],
  [
    2,
    'no Node in the page',
    () => {
      const { nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames } = preferences()
      expect([nodeIntegration, nodeIntegrationInWorker, nodeIntegrationInSubFrames]).toEqual([
        false,
        false,
        false,
      ])
    },
  ],
  [3, 'context isolation', () => expect(preferences().contextIsolation).toBe(true)],
  [
    4,
    'sandbox',
    () => {
      expect(preferences().sandbox).toBe(true)
      expect(electron.app.switches.has('no-sandbox')).toBe(false)
    },
  ],
  [
    5,
    'permission requests are answered, and with no',
    () => {
      for (const permission of [
        'media',
        'geolocation',
        'notifications',
        'openExternal',
        'hid',
        'serial',
        'clipboard-read',
        'fileSystem',
        'pointerLock',
        'keyboardLock',
        'fullscreen',
      ]) {
        expect(electron.session.askPermission(permission), permission).toBe(false)
      }
      expect(electron.session.permissionCheck?.()).toBe(false)
    },
  ],
  [6, 'web security stays on', () => expect(preferences().webSecurity).toBe(true)],
  [
    7,
    'a content security policy',
    async () => {
      const policy = (await electron.session.request(pageUrl))?.headers.get(
        'content-security-policy',
      )
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain("connect-src 'none'")
      expect(policy).not.toMatch(/unsafe|\*|https?:/)
    },
  ],
  [8, 'no insecure content', () => expect(preferences().allowRunningInsecureContent).toBe(false)],
  [9, 'no experimental features', () => expect(preferences().experimentalFeatures).toBe(false)],
  [
    10,
    'no Blink features switched on',
    () => {
      expect(preferences().enableBlinkFeatures).toBeUndefined()
      expect(electron.app.switches.has('enable-blink-features')).toBe(false)
    },
  ],
  [
    11,
    'no webview that could allow popups',
    () => {
      expect(preferences().webviewTag).toBe(false)
      expect(source('src/renderer/index.html')).not.toContain('allowpopups')
    },
  ],
  [
    12,
    'no webview is ever attached, whatever its options',
    () => expect(contents.attempt('will-attach-webview', {}, {})).toBe(false),
  ],
  [
    13,
    'navigation',
    () => {
      for (const url of elsewhere) {
        expect(contents.attemptNavigation(url), url).toEqual([false, false, false])
      }
    },
  ],
  [
    14,
    'new windows',
    () => {
      for (const url of [...elsewhere, pageUrl])
        expect(contents.attemptWindow(url), url).toBe('deny')
    },
  ],
  [
    15,
    'openExternal is used nowhere',
    () => {
      expect(source('src/main/shell/electron-parts.ts')).not.toContain('openExternal')
      expect(source('src/main/shell/main.ts')).not.toMatch(/\bshell,|openExternal/)
    },
  ],
  [
    16,
    'a current Electron',
    () => {
      const { devDependencies } = JSON.parse(source('package.json'))
      expect(Number(devDependencies.electron.split('.')[0])).toBeGreaterThanOrEqual(45)
    },
  ],
  [
    17,
    'the sender of every message is checked',
    () => {
      const said = bench.said.length
      for (const channel of ['kiosk:connect', 'kiosk:beat']) {
        electron.ipcMain.receive({ id: contents.id }, null, channel, [{ idle: true }])
      }
      expect(bench.said.slice(said)).toEqual(['denied sender', 'denied sender'])
    },
  ],
  [
    18,
    'an own scheme instead of file://',
    async () => {
      expect(contents.loaded.every((url) => url.startsWith('motcua://kiosk/'))).toBe(true)
      expect(electron.schemes).toEqual([
        { scheme: 'motcua', privileges: { standard: true, secure: true, codeCache: true } },
      ])
      for (const path of [
        'secret.key',
        '../secret.key',
        '%2e%2e/secret.key',
        '/etc/passwd',
        '..%2fsecret.key',
      ]) {
        expect((await electron.session.request(`${pageUrl}${path}`))?.status, path).toBe(404)
      }
      expect((await electron.session.request(pageUrl, 'POST'))?.status).toBe(405)
      expect(await electron.session.request('motcua://other/')).toBeUndefined()
    },
  ],
  [
    19,
    'fuses: each is decided, and the installation names the same',
    () => {
      const install = source('docs/install.md')
      for (const { name, on } of fuses) {
        expect(install).toMatch(new RegExp(`\\| \`${name}\`\\s*\\| ${on ? 'on' : 'off'}\\s*\\|`))
      }
      expect(fuses.filter(({ on }) => !on).map(({ name }) => name)).toEqual(
        expect.arrayContaining([
          'RunAsNode',
          'EnableNodeCliInspectArguments',
          'EnableNodeOptionsEnvironmentVariable',
          'GrantFileProtocolExtraPrivileges',
        ]),
      )
    },
  ],
  [
    20,
    'the page gets nothing of Electron but two functions of ours',
    () => {
      const exposed: Readonly<Record<string, unknown>> = contents.page?.exposed ?? {}
      expect(Object.keys(exposed)).toEqual([shellName])
      const shell = exposed[shellName] as object
      expect(Object.entries(shell).map(([name, value]) => [name, typeof value])).toEqual([
        ['connect', 'function'],
        ['beat', 'function'],
      ])
    },
  ],
]

describe("Electron's security checklist", () => {
  it('is asserted in full', () => {
    expect(checklist.map(([number]) => number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  })
  it.each(checklist)('%i %s', async (_number, _item, check) => {
    await check()
  })
})

/** For each row of the policy: what somebody tries, and true when it worked. */
const attempts: Readonly<Record<string, () => unknown>> = {
  permission: () => electron.session.askPermission('media'),
  device: () =>
    ['select-hid-device', 'select-serial-port', 'select-usb-device']
      .map((name) => attemptAt(electron.session, name))
      .some(Boolean) ||
    contents.attempt('select-bluetooth-device', []) ||
    electron.session.devicePermission?.(),
  displayMedia: () => electron.session.askDisplayMedia() !== null,
  network: () => electron.session.request('https://kiosk.example/').then(Boolean),
  download: () => attemptAt(electron.session, 'will-download'),
  navigation: () => contents.attemptNavigation('https://kiosk.example/').some(Boolean),
  newWindow: () => contents.attemptWindow('https://kiosk.example/') === 'allow',
  webview: () => contents.attempt('will-attach-webview', {}, {}),
  devtools: () => {
    contents.devToolsOpen = true
    contents.emit('devtools-opened')
    return contents.devToolsOpen || preferences().devTools !== false
  },
  shortcut: () =>
    shortcuts
      .filter(([key, held]) => contents.attemptKey(key, held))
      .map(([key]) => key)
      .join(),
  contextMenu: () => contents.attempt('context-menu', {}),
  zoom: () => {
    contents.zoomFactor = 2
    contents.emit('zoom-changed')
    return contents.zoomFactor !== 1 || String(contents.zoomLimits) !== '1,1'
  },
  // Here "prevented" is what lets the page be left.
  holdingThePage: () => contents.attempt('will-prevent-unload'),
  spellcheck: () => electron.session.spellChecker || preferences().spellcheck !== false,
  signIn: () =>
    attemptAt(electron.app, 'login') || attemptAt(electron.app, 'select-client-certificate'),
  closing: () => bench.window().attemptClose(),
}

const shortcuts: readonly (readonly [key: string, held?: object])[] = [
  ...Array.from({ length: 12 }, (_, index) => [`F${index + 1}`] as const),
  ...[...'rRwWnNtTpPsSoOlLfFuUjJ+-0a'].map((key) => [key, { control: true }] as const),
  ...[...'iIjJcC'].map((key) => [key, { control: true, shift: true }] as const),
  ['Tab', { control: true }],
  ['Delete', { control: true, alt: true }],
  ['Escape', { control: true, shift: true }],
  ['F4', { alt: true }],
  ['Tab', { alt: true }],
  ['ArrowLeft', { alt: true }],
  [' ', { alt: true }],
  ['d', { meta: true }],
  ['Meta'],
  ['Alt'],
  ['Escape'],
  ['ContextMenu'],
  ['BrowserBack'],
  ['BrowserHome'],
  ['PrintScreen'],
  ['Print'],
  ['Insert', { shift: true }],
  ['Insert', { control: true }],
  ['NumLock'],
  ['Process'],
]

function attemptAt(target: { emit(name: string, event: unknown): void }, name: string): boolean {
  let prevented = false
  target.emit(name, {
    preventDefault: () => {
      prevented = true
    },
  })
  return !prevented
}

describe('ways out', () => {
  it('has an attempt for every row of the policy', () => {
    expect(Object.keys(attempts).sort()).toEqual(denials.map(({ name }) => name).sort())
  })

  it.each(denials.map(({ name }) => name))('%s', async (name) => {
    expect(await attempts[name]?.()).toBeFalsy()
  })

  it('lets plain typing through', () => {
    for (const key of ['a', 'Đ', '7', ' ', 'Enter', 'Backspace', 'Tab']) {
      expect(contents.attemptKey(key), key).toBe(true)
    }
    expect(contents.attemptKey('A', { shift: true })).toBe(true)
  })

  it('locks contents that nobody meant to make, too', () => {
    const stray = electron.createContents()
    expect(stray.attemptNavigation('https://kiosk.example/')).toEqual([false, false, false])
    expect(stray.attemptWindow(pageUrl)).toBe('deny')
    expect(stray.attemptKey('F12')).toBe(false)
  })

  it('takes nothing dragged in or out, no menu, no clipboard and no zoom by wheel, before the page hears of it', () => {
    const page = contents.page
    for (const type of [
      'contextmenu',
      'dragstart',
      'dragover',
      'drop',
      'copy',
      'cut',
      'paste',
      'wheel',
    ]) {
      let prevented = false
      const preventDefault = () => {
        prevented = true
      }
      page?.dispatch(type, { ctrlKey: true, preventDefault })
      expect(prevented, type).toBe(true)
    }
    let scrolled = true
    page?.dispatch('wheel', {
      ctrlKey: false,
      preventDefault: () => {
        scrolled = false
      },
    })
    expect(scrolled).toBe(true)
  })

  it('prints nothing, whoever asks', () => {
    const page = contents.page
    page?.window.print()
    expect(page?.printed).toBe(0)
  })

  it('closes pinch, overscroll and the browser’s own traffic by switches', () => {
    for (const [name, value] of lockedSwitches) {
      expect([...electron.app.switches], name).toContainEqual([name, value])
    }
    expect(electron.app.switches.has('disable-pinch')).toBe(true)
  })

  it('holds the whole screen whatever the desktop or a cable does', () => {
    const window = bench.window()
    expect(window.options).toMatchObject({ kiosk: true, frame: false, width: 1080, height: 1920 })
    window.kiosk = false
    window.emit('leave-full-screen')
    expect(window.kiosk).toBe(true)
    electron.display.bounds = { x: 0, y: 0, width: 1920, height: 1080 }
    electron.screen.emit('display-metrics-changed')
    expect(window.bounds).toMatchObject({ width: 1920, height: 1080 })
    window.emit('minimize')
    window.emit('hide')
    expect(window.calls).toEqual(expect.arrayContaining(['removeMenu', 'restore', 'show']))
    expect(electron.seen).toEqual({ partition: 'kiosk', menu: null, powerSaveBlockers: 1 })
  })

  it.each(debuggingSwitches)('refuses to start packaged with --%s', async (name) => {
    const packaged = standInElectron()
    packaged.app.isPackaged = true
    packaged.app.commandLine.appendSwitch(name)
    const refused = await startShell(preload.file, { electron: packaged })
    expect(packaged.app.exitCode).toBe(64)
    expect([packaged.windows.length, packaged.cores.length]).toEqual([0, 0])
    await refused.stop()
  })
})
