import type { Dial, Socket } from './socket.ts'

/** To the host that served this page; its token came in the fragment of the address. */
export function dialHost(address: Pick<Location, 'host' | 'hash'>): Dial {
  const token = new URLSearchParams(address.hash.slice(1)).get('token') ?? ''
  return () =>
    new WebSocket(`ws://${address.host}/rpc`, ['motcua.v1', `token.${token}`]) as unknown as Socket
}
