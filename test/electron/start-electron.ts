import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ElectronApplication, _electron as electron } from 'playwright-core'
import { processTree } from '../support/processes.ts'
import type { KioskWithScreen } from '../support/screen/kiosk-with-screen.ts'
import { personBefore } from '../support/screen/person.ts'
import { startWorld } from '../support/world.ts'

export interface KioskInElectron extends KioskWithScreen {
  readonly app: ElectronApplication
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The whole machine with its screen in the real Electron. */
export async function startElectron(): Promise<KioskInElectron> {
  const world = await startWorld()
  const app = await electron.launch({
    executablePath: process.env.MOTCUA_ELECTRON ?? '',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${join(world.folder, 'electron')}`,
      root,
      ...['--config', world.configFile],
    ],
    env: { ...(process.env as Record<string, string>), ...world.environment },
  })
  const page = await app.firstWindow()
  page.setDefaultTimeout(20_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  for (const journey of ['intake', 'collection']) {
    await page.locator(`[data-testid="choose-${journey}"]:enabled`).waitFor()
  }
  return {
    ...world,
    app,
    page,
    person: personBefore(clicking(page)),
    complaints,
    host: {
      url: page.url(),
      corePid: () =>
        processTree(app.process().pid ?? 0).find(({ command }) =>
          command.includes('node.mojom.NodeService'),
        )?.pid,
      stop: () => app.close(),
    },
    async stop() {
      await app.close()
      await world.stop()
    },
  }
}

/** Playwright gives Electron's pages no touch: a finger is a click here. */
function clicking<T extends object>(target: T): T {
  return new Proxy(target, {
    get: (object, name) => {
      const value: unknown = Reflect.get(object, name === 'tap' ? 'click' : name)
      if (typeof value !== 'function') return value
      return (...args: readonly unknown[]) => {
        const result: unknown = value.apply(object, args)
        return isLocator(result) ? clicking(result) : result
      }
    },
  })
}

function isLocator(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'tap' in value && 'last' in value
}
