import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createNetworkCut, type NetworkCut } from './network-cut.ts'

let far: Server
let line: NetworkCut
let requests: number
beforeEach(async () => {
  requests = 0
  far = createServer((_request, response) => {
    requests += 1
    response.end('held')
  })
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve))
  line = await createNetworkCut({ host: '127.0.0.1', port: (far.address() as AddressInfo).port })
})
afterEach(async () => {
  await line.close()
  far.closeAllConnections()
  await new Promise((resolve) => far.close(resolve))
})

const ask = (signal?: AbortSignal) =>
  fetch(`http://127.0.0.1:${line.port}/`, { signal: signal ?? null }).then((r) => r.text())

/** By the time it answers, what was asked of the line before has been written. */
const roundTripPastTheLine = () => fetch(`http://127.0.0.1:${(far.address() as AddressInfo).port}/`)

test('a whole line carries requests both ways', async () => {
  expect(await ask()).toBe('held')
  expect(await ask()).toBe('held')
})

test('a cut line answers nothing, neither on the old connection nor on a new one', async () => {
  await ask()
  line.cut()
  expect(line.isCut()).toBe(true)
  const patience = new AbortController()
  const asked = ask(patience.signal)
  await roundTripPastTheLine()
  patience.abort()
  await expect(asked).rejects.toThrow()
  expect(requests).toBe(2)
})

test('after the cut, old connections are gone and new requests get through', async () => {
  const old = connect(line.port, '127.0.0.1')
  old.on('error', () => undefined)
  old.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  await once(old, 'data')
  line.cut()
  const closed = once(old, 'close')
  line.restore()
  await closed
  expect(await ask()).toBe('held')
})
