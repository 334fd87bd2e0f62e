import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import type { WebSocket } from 'ws'
import { type Chromium, findChromium, openChromium } from '../../src/main/host/chromium.ts'
import { screenCookie } from '../../src/main/host/session-cookie.ts'
import { mintToken } from '../../src/main/host/token.ts'
import { startWebServer } from '../../src/main/host/web-server.ts'
import { eventually } from '../support/journeys.ts'
import { isStillRunning, processTree } from '../support/processes.ts'

const text = (body: string, type: string) => ({ body: Buffer.from(body), type })
/** Dials as our page does: with what the browser knows, and again when it is not let in; the browser slows it down. */
const pageFiles = new Map([
  ['/', text('<!doctype html><script type="module" src="/page.js"></script>', 'text/html')],
  [
    '/page.js',
    text(
      `let tries = 0
      const dial = () => {
        const socket = new WebSocket('ws://' + location.host + '/rpc', ['motcua.v1'])
        socket.onopen = () => socket.send(JSON.stringify({ hash: location.hash, cookie: document.cookie }))
        socket.onclose = () => {
          tries += 1
          if (tries < 6) setTimeout(dial, 50)
          else location.href = '/kept-out'
        }
      }
      dial()`,
      'text/javascript',
    ),
  ],
])

async function opened(given: 'the right token' | 'a wrong one') {
  const token = mintToken()
  let letIn = (_socket: WebSocket) => {}
  const client = new Promise<WebSocket>((resolve) => {
    letIn = resolve
  })
  let gaveUp = () => {}
  const keptOut = new Promise<void>((resolve) => {
    gaveUp = resolve
  })
  const files = new Map(pageFiles)
  files.get = (path) => {
    if (path === '/kept-out') gaveUp()
    return pageFiles.get(path)
  }
  const server = await startWebServer({
    port: 0,
    token,
    files,
    onClient: (socket) => letIn(socket),
  })
  onTestFinished(() => server.close())
  const executable = findChromium()
  if (executable === undefined) throw new Error('Chromium is missing: apt-get install chromium')
  const browser: Chromium = await openChromium(executable, {
    url: `http://127.0.0.1:${server.port}/`,
    session: { name: screenCookie, token: given === 'the right token' ? token : mintToken() },
    mode: 'headless',
  })
  onTestFinished(() => browser.close())
  return { client, keptOut, token, browser }
}

it('the browser of the host is let in, by what neither a command line nor the page can read', async () => {
  const { client, token, browser } = await opened('the right token')
  const socket = await client
  const [said] = await new Promise<[Buffer]>((resolve) =>
    socket.once('message', (data) => resolve([data as Buffer])),
  )
  expect(JSON.parse(said.toString())).toEqual({ hash: '', cookie: '' })
  const processes = processTree(browser.pid ?? 0)
  expect(processes.length).toBeGreaterThan(1)
  for (const { pid } of processes) {
    expect(commandLine(pid)).not.toContain(token)
  }
})

/** Empty for one that has ended meanwhile. */
function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
  } catch {
    return ''
  }
}

it('a browser that was given another token is not let in', async () => {
  const { client, keptOut, browser } = await opened('a wrong one')
  const how = await Promise.race([client.then(() => 'let in'), keptOut.then(() => 'kept out')])
  expect(how).toBe('kept out')
  const processes = processTree(browser.pid ?? 0)
  await browser.close()
  // Its helpers end with it, each in its own time.
  await eventually(async () => !processes.some(isStillRunning))
})
