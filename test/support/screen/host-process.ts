import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { processTree } from '../processes.ts'

/** The kiosk as it is started in the street: host and core, each a process, without a browser of its own. */
export interface HostProcess {
  /** Address of the page, token included. */
  readonly url: string
  /** The running core, started by the host; undefined while it is away. */
  corePid(): number | undefined
  /** Ends host and core. */
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('../../../src/main/host/main.ts', import.meta.url))

export async function startHostProcess(
  configFile: string,
  environment: Readonly<Record<string, string>>,
): Promise<HostProcess> {
  const args = [program, '--config', configFile, '--port', '0', '--no-browser']
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  const ended = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    ended.then(([code]) => reject(new Error(`the host did not start: exit code ${code}`)))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\S+/.exec(line)?.[0]
      if (found !== undefined) resolve(found)
    })
  })
  return {
    url,
    corePid: () =>
      processTree(child.pid ?? 0).find(({ command }) => /main\/core\/main\.ts/.test(command))?.pid,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
