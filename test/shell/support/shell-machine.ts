import { fileURLToPath } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { dialShell } from '../../../src/renderer/api/dial-shell.ts'
import { createCoreView } from '../../support/core-view.ts'
import type { Machine } from '../../support/machine.ts'
import { startWorld } from '../../support/world.ts'
import { type ShellBench, startShell } from './shell-bench.ts'

const coreEntry = fileURLToPath(new URL('../../../src/main/core/main.ts', import.meta.url))

export interface ShellMachine extends Machine {
  readonly bench: ShellBench
}

/** The whole machine as the shell carries it: real core, real wires, the page's port, a person before it. */
export async function startShellMachine(preloadFile: string): Promise<ShellMachine> {
  const world = await startWorld()
  const { configFile, environment } = world
  const bench = await startShell(preloadFile, { coreEntry, configFile, environment })
  const view = createCoreView()
  const isReady = (line: string) => line.startsWith('core ready')
  const counted = (wanted: (line: string) => boolean) => bench.said.filter(wanted).length

  const dial = () => {
    const { page } = bench.window().webContents
    if (page === undefined) throw new Error('The window shows no page')
    const socket = dialShell(page.shell, page.window)()
    const client = createORPCClient(new RPCLink({ websocket: socket as never }))
    socket.addEventListener('open', () => view.attach(client as never))
    socket.addEventListener('close', () => {
      view.detach()
      dial()
    })
  }
  dial()
  await view.until(({ services }) => services.every(({ available }) => available), 'all services')
  return {
    ...world,
    bench,
    core: {
      ...view,
      pid: () => bench.electron.cores.at(-1)?.pid,
      starts: () => counted(isReady),
      deaths: () => counted((line) => line.startsWith('core ended')),
      started: async () => {},
      kill: () => process.kill(bench.electron.cores.at(-1)?.pid ?? 0, 'SIGKILL'),
      stop: () => bench.stop(),
    },
    async stop() {
      await bench.stop()
      await world.stop()
    },
  }
}
