import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { rpcProtocol } from '../../src/main/host/web-server.ts'
import { type AttachableView, createCoreView } from './core-view.ts'
import { eventually } from './journeys.ts'
import type { Machine } from './machine.ts'
import { processTree } from './processes.ts'
import { startWorld, type WorldOptions } from './world.ts'

/** The machine as it stands in the street: the real host starts core, a renderer speaks over a real WebSocket. */
export interface HostedMachine extends Machine {
  readonly port: number
  /** Everything that host and core have written to standard output and standard error. */
  readonly outputFile: string
  /** What core and host get as `TMPDIR`. */
  readonly temporaryFolder: string
  /** A WebSocket that the host lets in. */
  dial(): WebSocket
  /** Another renderer on a connection of its own; it comes back when core has been away. */
  renderer(): Renderer
}

export interface Renderer extends AttachableView {
  close(): void
}

const hostEntry = fileURLToPath(new URL('../../src/main/host/main.ts', import.meta.url))

export interface HostedMachineOptions extends WorldOptions {
  /** The host also opens the screen in the system's Chromium, headless. */
  readonly browser?: boolean
}

export async function startHostedMachine(
  options: HostedMachineOptions = {},
): Promise<HostedMachine> {
  const world = await startWorld(options)
  const outputFile = join(world.folder, 'output.log')
  const temporaryFolder = join(world.folder, 'temporary')
  mkdirSync(temporaryFolder)
  const output = openSync(outputFile, 'a', 0o600)
  const host = spawn(
    process.execPath,
    [
      ...[hostEntry, '--config', world.configFile, '--port', '0'],
      ...(options.browser ? [] : ['--no-browser']),
    ],
    {
      stdio: ['ignore', output, output],
      env: { ...process.env, DISPLAY: '', TMPDIR: temporaryFolder, ...world.environment },
    },
  )
  closeSync(output)
  const ended = once(host, 'exit')
  const said = (pattern: RegExp) => pattern.exec(readFileSync(outputFile, 'utf8'))
  const count = (pattern: RegExp) => readFileSync(outputFile, 'utf8').match(pattern)?.length ?? 0
  await eventually(async () => host.exitCode !== null || said(/#token=\S+/) !== null)
  const [, port = '', token = ''] = said(/127\.0\.0\.1:(\d+)\/#token=(\S+)/) ?? []
  if (port === '') throw new Error(`the host did not start: ${readFileSync(outputFile, 'utf8')}`)

  const dial = () =>
    new WebSocket(`ws://127.0.0.1:${port}/rpc`, [rpcProtocol, `token.${token}`], {
      origin: `http://127.0.0.1:${port}`,
    })

  function renderer(): Renderer {
    const view = createCoreView()
    let socket: WebSocket | undefined
    let closed = false
    const connect = () => {
      if (closed) return
      const own = dial()
      socket = own
      own.on('open', () => {
        const link = new RPCLink({ websocket: own as never })
        view.attach(createORPCClient(link), () => own.terminate())
      })
      own.on('error', () => {})
      own.on('close', () => {
        view.detach()
        connect()
      })
    }
    connect()
    return {
      ...view,
      close() {
        closed = true
        socket?.terminate()
      },
    }
  }

  const first = renderer()
  await first.until(({ services }) => services.every(({ available }) => available), 'all services')
  const corePid = () =>
    processTree(host.pid ?? 0).find(({ command }) => /main\/core\/main\.ts/.test(command))?.pid
  const deaths = () => count(/^host {3}core ended/gm)
  return {
    ...world,
    port: Number(port),
    outputFile,
    temporaryFolder,
    dial,
    renderer,
    core: {
      ...first,
      pid: corePid,
      deaths,
      starts: () => deaths() + (first.isUp() ? 1 : 0),
      async started(wanted) {
        await eventually(async () => deaths() + 1 >= wanted && first.isUp())
      },
      kill() {
        const pid = corePid()
        if (pid !== undefined) process.kill(pid, 'SIGKILL')
      },
      stop: async () => {},
    },
    async stop() {
      first.close()
      host.kill('SIGTERM')
      await ended
      await world.stop()
    },
  }
}
