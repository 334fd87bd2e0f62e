import { rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { ControlRequest, ControlResponse } from '../control.ts'

export type CommandArguments = Readonly<Record<string, unknown>>
/** Throws an `Error` when the world does not allow it: an item through a closed door. */
export type ControlCommand = (args: CommandArguments) => unknown | Promise<unknown>
export type ControlCommands = Readonly<Record<string, ControlCommand>>

export interface ControlServer {
  close(): Promise<void>
}

async function answer(commands: ControlCommands, line: string): Promise<ControlResponse> {
  let request: ControlRequest
  try {
    request = JSON.parse(line) as ControlRequest
  } catch {
    return { id: 0, ok: false, error: 'not a JSON object' }
  }
  const command = Object.hasOwn(commands, request.command) ? commands[request.command] : undefined
  if (command === undefined) {
    const known = Object.keys(commands).join(', ')
    return { id: request.id, ok: false, error: `no command ${request.command}; there are ${known}` }
  }
  try {
    return { id: request.id, ok: true, result: await command(request.args ?? {}) }
  } catch (error) {
    return { id: request.id, ok: false, error: error instanceof Error ? error.message : `${error}` }
  }
}

/** Listens at a Unix domain socket; what an earlier process left at the path is replaced. */
export async function serveControl(
  path: string,
  commands: ControlCommands,
): Promise<ControlServer> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const lines = createInterface({ input: socket })
    // It repeats the errors of its socket and would end the process.
    lines.on('error', () => undefined)
    lines.on('line', (line) => {
      void answer(commands, line).then((response) => {
        if (socket.writable) socket.write(`${JSON.stringify(response)}\n`)
      })
    })
  })
  rmSync(path, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
