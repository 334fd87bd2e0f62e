import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { ControlResponse } from '../control.ts'

export interface ControlClient {
  /** Rejects with the simulator's own words when the world does not allow it. */
  send(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>
  close(): void
}

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

export async function connectControl(path: string): Promise<ControlClient> {
  const socket = connect(path)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  let nextId = 1
  const waiting = new Map<number, Waiting>()

  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error(`the simulator at ${path} is gone`))
    waiting.clear()
  })
  const lines = createInterface({ input: socket })
  // It repeats the errors of its socket and would end the process.
  lines.on('error', () => undefined)
  lines.on('line', (line) => {
    const response = JSON.parse(line) as ControlResponse
    const entry = waiting.get(response.id)
    if (entry === undefined) return
    waiting.delete(response.id)
    if (response.ok) entry.resolve(response.result)
    else entry.reject(new Error(response.error))
  })

  return {
    send(command, args = {}) {
      if (!socket.writable) return Promise.reject(new Error(`the simulator at ${path} is gone`))
      return new Promise((resolve, reject) => {
        const id = nextId
        nextId += 1
        waiting.set(id, { resolve, reject })
        socket.write(`${JSON.stringify({ id, command, args })}\n`)
      })
    },
    close: () => socket.destroy(),
  }
}
