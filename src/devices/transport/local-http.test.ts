import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { answerLocally } from './local-http.ts'

test('a port that is taken is a fault that is told, never a crash', async () => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as AddressInfo
  const code = await new Promise((resolve) => answerLocally(port, () => undefined, resolve))
  expect(code).toBe('EADDRINUSE')
  other.close()
})
