import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Contract } from '../../src/contract/contract.ts'
import type { Snapshot } from '../../src/contract/snapshot.ts'
import { type Host, startHost } from '../../src/main/host/host.ts'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

let folder: string
let logFile: string
let host: Host
const sockets: WebSocket[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'motcua-host-test-'))
  logFile = join(folder, 'core.log')
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(folder, 'secret.key'), 'not for the page')
  host = await startHost({
    coreEntry: here('./fake-core.ts'),
    coreArgs: [logFile, 'depositDoor-open'],
    pageFolder: folder,
    port: 0,
  })
})

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  await host.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Attempt {
  readonly cookie?: string
  readonly token?: string
  readonly origin?: string
  readonly hostHeader?: string
  readonly path?: string
}

function dial(attempt: Attempt = {}): WebSocket {
  const socket = new WebSocket(
    `ws://127.0.0.1:${host.port}${attempt.path ?? '/rpc'}`,
    ['motcua.v1', `token.${attempt.token ?? host.token}`],
    {
      origin: attempt.origin ?? `http://127.0.0.1:${host.port}`,
      headers: {
        Host: attempt.hostHeader ?? `127.0.0.1:${host.port}`,
        ...(attempt.cookie !== undefined && { Cookie: attempt.cookie }),
      },
    },
  )
  sockets.push(socket)
  return socket
}

/** Status of the answer to an upgrade: 101 when it was let in. */
function statusOf(attempt: Attempt): Promise<number | undefined> {
  const socket = dial(attempt)
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(101))
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode))
    socket.on('error', reject)
  })
}

function get(path: string, hostHeader = `127.0.0.1:${host.port}`) {
  return new Promise<{ status?: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      request(
        { host: '127.0.0.1', port: host.port, path, headers: { Host: hostHeader } },
        async (response) => {
          let body = ''
          for await (const part of response) body += part
          resolve({ status: response.statusCode, headers: response.headers, body })
        },
      )
        .on('error', reject)
        .end()
    },
  )
}

async function client() {
  const socket = dial()
  await once(socket, 'open')
  const contract: ContractRouterClient<Contract> = createORPCClient(
    new RPCLink({ websocket: socket as never }),
  )
  const watch = await contract.snapshot.watch()
  const next = async (): Promise<Snapshot> => {
    const { value, done } = await watch.next()
    if (done || value === undefined) throw new Error('The stream of snapshots ended')
    return value
  }
  return { socket, contract, next }
}

const coreStarts = async () =>
  (await readFile(logFile, 'utf8')).split('\n').filter((line) => line.startsWith('started'))

describe('who is let in', () => {
  it('the page with the token of this start', async () => {
    expect(await statusOf({})).toBe(101)
  })

  it('the browser that has the cookie of this start', async () => {
    const cookie = `other=1; motcua_screen=${host.token}`
    expect(await statusOf({ token: '', cookie })).toBe(101)
    expect(host.pageUrl).not.toContain(host.token)
  })

  it('not a foreign page in that browser, nor the cookie of another page', async () => {
    const cookie = `motcua_screen=${host.token}`
    expect(await statusOf({ token: '', cookie, origin: 'http://127.0.0.1:1' })).toBe(403)
    expect(await statusOf({ token: '', cookie, hostHeader: 'kiosk.example' })).toBe(403)
    expect(await statusOf({ token: '', cookie: `motcua_panel=${host.token}` })).toBe(401)
    expect(await statusOf({ token: '', cookie: 'motcua_screen=' })).toBe(401)
  })

  it.each<[string, number, Attempt]>([
    ['no token', 401, { token: '' }],
    ['a wrong token', 401, { token: 'x'.repeat(43) }],
    ['a page from elsewhere', 403, { origin: 'http://kiosk.example' }],
    ['another port of this machine', 403, { origin: 'http://127.0.0.1:1' }],
    ['a file', 403, { origin: 'null' }],
    ['a foreign name that leads here', 403, { hostHeader: 'kiosk.example' }],
    ['another path', 404, { path: '/other' }],
  ])('not %s', async (_, status, attempt) => {
    expect(await statusOf(attempt)).toBe(status)
  })

  it('not a client without any protocol or origin', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`)
    sockets.push(socket)
    socket.on('error', () => {})
    const [, response] = await once(socket, 'unexpected-response')
    expect(response.statusCode).toBe(403)
  })
})

describe('the page', () => {
  it('comes with a policy that allows nothing but its own host', async () => {
    const page = await get('/')
    expect(page.status).toBe(200)
    expect(page.body).toContain('<title>page</title>')
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`connect-src ws://127.0.0.1:${host.port}`)
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(page.headers['x-content-type-options']).toBe('nosniff')
  })

  it('is refused under a foreign name', async () => {
    expect((await get('/', 'kiosk.example')).status).toBe(403)
    expect((await get('/', 'localhost')).status).toBe(403)
  })

  it.each(['/../core.log', '/%2e%2e/core.log', '/core.log', '/secret.key', '//etc/passwd'])(
    'has no file %s',
    async (path) => {
      expect((await get(path)).status).toBe(404)
    },
  )
})

describe('the pipe', () => {
  it('carries snapshots and intentions of two clients, each its own answers', async () => {
    const [one, two] = [await client(), await client()]
    expect((await one.next()).language).toBe('vi')
    const { screenId } = await two.next()
    expect(await one.contract.session.setLanguage({ screenId, language: 'en' })).toEqual({
      taken: true,
    })
    expect((await one.next()).language).toBe('en')
    expect((await two.next()).language).toBe('en')
    one.socket.close()
    await once(one.socket, 'close')
    await two.contract.session.setLanguage({ screenId, language: 'vi' })
    expect((await two.next()).language).toBe('vi')
  })

  it('cuts off a client that speaks something else, and only that one', async () => {
    const good = await client()
    await good.next()
    for (const garbage of ['not json', Buffer.from([1, 2, 3]), 'x'.repeat(70_000)]) {
      const bad = dial()
      await once(bad, 'open')
      bad.send(garbage)
      await once(bad, 'close')
    }
    const { screenId } = { screenId: 'example-depositDoor' }
    expect(await good.contract.session.stay({ screenId })).toEqual({ taken: true })
    expect(await coreStarts()).toHaveLength(1)
  })
})

describe('core and host', () => {
  it('a killed core is back at once and shows the same screen', async () => {
    const before = await client()
    const seen = await before.next()
    process.kill(host.corePid() ?? 0, 'SIGKILL')
    const [code] = await once(before.socket, 'close')
    expect(code).toBe(1012)
    const after = await client()
    const again = await after.next()
    expect(again.screen).toEqual(seen.screen)
    expect(again.screenId).toBe(seen.screenId)
    expect(again.coreId).not.toBe(seen.coreId)
  })

  it('the third crash in a minute starts core without the suspect device', async () => {
    for (let crash = 1; crash <= 3; crash++) {
      const { socket, contract, next } = await client()
      const { screenId } = await next()
      contract.session.leave({ screenId }).catch(() => {})
      await once(socket, 'close')
    }
    const { next } = await client()
    await next()
    const starts = await coreStarts()
    expect(starts.map((line) => line.includes('--safe-start'))).toEqual([false, false, false, true])
  })

  it('core ends with a stopped host', async () => {
    const pid = host.corePid() ?? 0
    expect(isAlive(pid)).toBe(true)
    await host.stop()
    expect(isAlive(pid)).toBe(false)
  })

  it('core ends when its host is killed', async () => {
    const hostProcess = spawn(
      process.execPath,
      [here('./fake-host.ts'), folder, join(folder, 'second.log'), 'idle'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = await once(createInterface({ input: hostProcess.stdout }), 'line')
    const { corePid } = JSON.parse(line) as { corePid: number }
    expect(isAlive(corePid)).toBe(true)
    hostProcess.kill('SIGKILL')
    await expect.poll(() => isAlive(corePid), { timeout: 10_000 }).toBe(false)
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
