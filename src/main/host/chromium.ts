import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Readable, Writable } from 'node:stream'

const executableNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

export interface ChromiumOptions {
  /** Without a secret: every user of this machine can read a command line. */
  readonly url: string
  /** What lets this browser and no other in; handed over on a pipe that only this process holds. */
  readonly session?: { readonly name: string; readonly token: string }
  /** `kiosk`: the whole screen, no way out by touch. `window`: one page without tabs and address bar. */
  readonly mode: 'kiosk' | 'window' | 'headless'
  readonly widthPx?: number
  readonly heightPx?: number
  readonly leftPx?: number
  readonly topPx?: number
}

export interface Chromium {
  readonly pid: number | undefined
  /** Resolves when the browser ended, by itself or by `close`; its profile is deleted by then. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

/** The system's Chromium or Chrome, if there is one. */
export function findChromium(path = process.env.PATH ?? ''): string | undefined {
  const folders = [...path.split(delimiter), '/usr/bin', '/usr/local/bin']
  const candidates = executableNames.flatMap((name) => folders.map((folder) => join(folder, name)))
  return candidates.find(isExecutable)
}

/** Whether this process may show a window. */
export function hasDisplay(environment: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY)
}

/** Starts a browser with a profile of its own that is deleted at its end. */
export async function openChromium(
  executable: string,
  options: ChromiumOptions,
): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'motcua-browser-'))
  const child = spawn(executable, chromiumArguments(options, profile, process.getuid?.() === 0), {
    // Chromium reads DevTools commands from 3 and answers on 4; when the pipe closes, it ends.
    stdio: ['ignore', 'ignore', 'ignore', ...(options.session ? (['pipe', 'pipe'] as const) : [])],
  })
  if (options.session) handOver(child, options.url, options.session)
  const exit = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const ended = exit.then(() =>
    rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  )
  return {
    pid: child.pid,
    ended,
    close: async () => {
      await end(child, exit)
      await ended
    },
  }
}

/** The page asks again until it is let in, so nobody waits for the answer. */
function handOver(
  child: ChildProcess,
  url: string,
  { name, token }: NonNullable<ChromiumOptions['session']>,
): void {
  const cookie = { name, value: token, url, httpOnly: true, sameSite: 'Strict' }
  const command = { id: 1, method: 'Storage.setCookies', params: { cookies: [cookie] } }
  const [, , , commands, answers] = child.stdio
  for (const stream of [commands, answers]) stream?.on('error', () => {})
  if (answers instanceof Readable) answers.resume()
  if (commands instanceof Writable) commands.write(`${JSON.stringify(command)}\0`)
}

export function chromiumArguments(
  options: ChromiumOptions,
  profile: string,
  isRoot: boolean,
): string[] {
  const { widthPx = 1080, heightPx = 1920, leftPx = 0, topPx = 0 } = options
  return [
    `--user-data-dir=${profile}`,
    ...(options.session ? ['--remote-debugging-pipe'] : []),
    // Chromium's sandbox does not run as root; a kiosk's account is never root.
    ...(isRoot ? ['--no-sandbox'] : []),
    ...(options.mode === 'headless' ? ['--headless=new', '--disable-gpu'] : []),
    ...(options.mode === 'kiosk' ? ['--kiosk'] : []),
    '--disable-background-networking',
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-component-update',
    '--disable-sync',
    '--disable-breakpad',
    '--disable-features=Translate,MediaRouter',
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    '--autoplay-policy=no-user-gesture-required',
    '--password-store=basic',
    `--window-size=${widthPx},${heightPx}`,
    `--window-position=${leftPx},${topPx}`,
    options.mode === 'headless' ? options.url : `--app=${options.url}`,
  ]
}

async function end(child: ChildProcess, exit: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000)
  await exit
  clearTimeout(timer)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
