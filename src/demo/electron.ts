import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Long enough for its hundred megabytes on a good line; whoever asked is waiting. */
const fetchTimeoutMs = 120_000

export type ElectronFound =
  | { readonly executable: string }
  /** Half a sentence. */
  | { readonly missing: string }

/** Electron's binary where its package would look for it; nothing is fetched. */
export function findElectron(
  packageFolder: string = path.join(root, 'node_modules/electron'),
  overrideFolder: string | undefined = process.env.ELECTRON_OVERRIDE_DIST_PATH,
): ElectronFound {
  const nameFile = path.join(packageFolder, 'path.txt')
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8').trim() : 'electron'
  const executable = path.join(overrideFolder ?? path.join(packageFolder, 'dist'), name)
  return existsSync(executable)
    ? { executable }
    : { missing: 'its binary is not on this machine (npm start -- --electron fetches it)' }
}

/** Lets the package fetch its binary, for a while. */
export async function fetchElectron(): Promise<ElectronFound> {
  const found = findElectron()
  if ('executable' in found) return found
  const install = path.join(root, 'node_modules/electron/install.js')
  const failed = await new Promise<boolean>((resolve) => {
    execFile(process.execPath, [install], { timeout: fetchTimeoutMs }, (error) =>
      resolve(error !== null),
    )
  })
  return failed ? { missing: 'its binary could not be fetched' } : findElectron()
}

export interface ScreenWishes {
  /** Whether anything is to be shown at all. */
  readonly browser: boolean
  /** Electron is asked for: its binary may be fetched. */
  readonly electron: boolean
  readonly hasDisplay: boolean
}

/** What carries the screen, and why it is not Electron where it is not. */
export async function chooseScreen(
  { browser, electron, hasDisplay }: ScreenWishes,
  find: () => ElectronFound = findElectron,
  fetch: () => Promise<ElectronFound> = fetchElectron,
): Promise<ElectronFound> {
  if (!browser) return { missing: 'no window is wanted' }
  if (!hasDisplay) return { missing: 'there is no display' }
  return electron ? fetch() : find()
}

/** Builds what Electron loads when nobody has yet. */
export async function ensureShell(say: (line: string) => void): Promise<void> {
  const built = ['dist/shell/main.js', 'dist/shell/preload.cjs', 'dist/renderer/index.html']
  if (built.every((file) => existsSync(path.join(root, file)))) return
  say('building screens and shell once (npm run build)')
  await new Promise<void>((resolve, reject) => {
    execFile('npm', ['run', 'build'], { cwd: root }, (error) => (error ? reject(error) : resolve()))
  })
}

export function electronCommand(
  executable: string,
  options: {
    readonly configFile: string
    readonly windowed: boolean
    readonly profileFolder: string
  },
): readonly string[] {
  return [
    executable,
    // Chromium's sandbox does not run as root; a kiosk's account is never root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${options.profileFolder}`,
    root,
    ...['--config', options.configFile],
    ...(options.windowed ? ['--windowed'] : []),
  ]
}
