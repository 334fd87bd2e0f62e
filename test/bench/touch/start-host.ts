import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../src/main/host/main.ts', import.meta.url))

/** The kiosk as it is started by hand: host and core, without a browser of its own. */
export async function startHostProcess(
  configFile: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const args = [program, '--config', configFile, '--port', '0', '--no-browser']
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  const ended = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    ended.then(() => reject(new Error('the host did not start')))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\S+/.exec(line)?.[0]
      if (found !== undefined) resolve(found)
    })
  })
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
