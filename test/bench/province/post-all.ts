import { connect, type Socket } from 'node:net'

const headEnd = Buffer.from('\r\n\r\n')

/**
 * Posts all requests over so many kept connections, one at a time on each, and checks every status. Speaks bare
 * HTTP/1.1: a full client would use up the core that the server needs. Answers the seconds it took.
 * @param requests whole requests, head and body
 */
export async function postAll(
  url: string,
  requests: readonly Buffer[],
  connections: number,
): Promise<number> {
  const { hostname, port } = new URL(url)
  const waiting = requests.toReversed()
  const beforeMs = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true })
      try {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          const status = await exchange(socket, next)
          if (status !== 200) throw new Error(`the province answered ${status}`)
        }
      } finally {
        socket.destroy()
      }
    }),
  )
  return (performance.now() - beforeMs) / 1_000
}

/** The status of the answer, once the whole of it is there. */
function exchange(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    const done = (finish: () => void) => {
      socket.off('data', take)
      socket.off('error', fail)
      socket.off('close', closed)
      finish()
    }
    const fail = (error: Error) => done(() => reject(error))
    const closed = () => fail(new Error('the province closed the connection'))
    const take = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const end = received.indexOf(headEnd)
      if (end < 0) return
      const head = received.toString('latin1', 0, end)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
      if (received.length < end + headEnd.length + length) return
      done(() => resolve(Number(head.slice(9, 12))))
    }
    socket.on('data', take)
    socket.on('error', fail)
    socket.on('close', closed)
    socket.write(request)
  })
}
