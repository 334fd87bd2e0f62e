import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { encodeUnlock } from '../../../src/devices/protocols/kerong-cu16/requests.ts'
import { pty } from '../../../src/devices/simulators/base/pty.ts'

export interface Echo {
  /** Milliseconds from the first byte in to the last byte of the answer out. */
  exchange(): Promise<number>
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('./echo-program.ts', import.meta.url))

/** A process that answers `requestBytes` on a PTY with as many bytes as an unlock frame has. */
export async function startEcho(path: string, requestBytes: number): Promise<Echo> {
  const line = pty(path)
  await line.plug()
  const child = spawn(process.execPath, [program, path, String(requestBytes)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('the echo did not start'))),
  ])
  const request = new Uint8Array(requestBytes)
  const answerBytes = encodeUnlock(0, 0).length
  let received = 0
  let answered = () => {}
  line.onData((bytes) => {
    received += bytes.length
    if (received >= answerBytes) answered()
  })
  return {
    exchange() {
      received = 0
      return new Promise((resolve) => {
        const sentAtMs = performance.now()
        answered = () => resolve(performance.now() - sentAtMs)
        line.write(request)
      })
    },
    async stop() {
      child.stdin.end()
      await ended
      await line.unplug()
    },
  }
}
