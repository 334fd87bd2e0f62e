import { connect, createServer, type Socket } from 'node:net'

export interface NetworkCut {
  /** Loopback port that stands for the far end while the line is whole. */
  readonly port: number
  isCut(): boolean
  /** The cable is out: open connections hear nothing any more, new ones are never answered. */
  cut(): void
  /** The cable is back: what hung in between is gone, new connections get through. */
  restore(): void
  close(): Promise<void>
}

/** A line between kiosk and province that can be cut, as a cable can: silently, without a goodbye. */
export async function createNetworkCut(target: {
  readonly host: string
  readonly port: number
}): Promise<NetworkCut> {
  let isCut = false
  const pairs = new Map<Socket, Socket | undefined>()

  const forget = (near: Socket) => {
    const far = pairs.get(near)
    pairs.delete(near)
    near.destroy()
    far?.destroy()
  }
  const server = createServer({ allowHalfOpen: true }, (near) => {
    pairs.set(near, undefined)
    near.on('error', () => forget(near))
    near.on('close', () => forget(near))
    if (isCut) return
    const far = connect({ ...target, allowHalfOpen: true })
    pairs.set(near, far)
    far.on('error', () => forget(near))
    far.on('close', () => forget(near))
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')

  return {
    port: address.port,
    isCut: () => isCut,
    cut() {
      isCut = true
      for (const [near, far] of pairs) {
        near.unpipe()
        far?.unpipe()
        // The far end sees no goodbye either; its bytes go nowhere.
        near.pause()
        far?.pause()
      }
    },
    restore() {
      isCut = false
      for (const near of [...pairs.keys()]) forget(near)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const near of [...pairs.keys()]) forget(near)
      }),
  }
}
