import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./answering-server.ts', import.meta.url))

export async function startAnswering(): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const [{ url }] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error('the bare server did not start'))),
  ])) as [{ url: string }]
  return {
    url: `${url}/messages`,
    async stop() {
      child.disconnect()
      await ended
    },
  }
}
