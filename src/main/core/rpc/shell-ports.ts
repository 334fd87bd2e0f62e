import { z } from 'zod'
import { type MessagePortLike, messagePort } from './message-port.ts'
import type { Port } from './port.ts'

/** What the shell says to core: `open` brings one port with it, `end` asks core to end in good order. */
export const shellMessageSchema = z.discriminatedUnion('rpc', [
  z.strictObject({ rpc: z.literal('open') }),
  z.strictObject({ rpc: z.literal('end') }),
])
export type ShellMessage = z.infer<typeof shellMessageSchema>
/** What core says to the shell: ports may be opened from now on. */
export const coreMessageSchema = z.strictObject({ rpc: z.literal('ready') })
export type CoreMessage = z.infer<typeof coreMessageSchema>

/** `process.parentPort` of a process that Electron's `utilityProcess` started. */
export interface ShellLink {
  on(
    event: 'message',
    listener: (event: {
      readonly data: unknown
      readonly ports: readonly MessagePortLike[]
    }) => void,
  ): unknown
  postMessage(message: CoreMessage): void
}

export function shellLinkOf(side: object): ShellLink | undefined {
  return (side as { readonly parentPort?: ShellLink | null }).parentPort ?? undefined
}

/**
 * Takes the ports that the shell hands over and tells it that core is ready. There is one page: a new port
 * closes the one before it. Chromium ends a utility process with its parent, so nobody has to watch for that.
 */
export function acceptShellPorts(
  link: ShellLink,
  onPort: (port: Port) => void,
  onEnd: () => void,
): void {
  let current: Port | undefined
  link.on('message', ({ data, ports }) => {
    const { data: message } = shellMessageSchema.safeParse(data)
    switch (message?.rpc) {
      case 'open': {
        const [carrier] = ports
        if (carrier === undefined) return
        current?.close()
        current = messagePort(carrier)
        onPort(current)
        return
      }
      case 'end':
        onEnd()
        return
      case undefined:
        return
    }
  })
  link.postMessage({ rpc: 'ready' })
}
