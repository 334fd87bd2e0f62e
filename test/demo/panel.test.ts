import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoDevices, startDemoDevices } from '../../src/demo/demo-devices.ts'
import { type DemoFolders, demoFolders, prepareFolders } from '../../src/demo/demo-folders.ts'
import { createNetworkCut, type NetworkCut } from '../../src/demo/network-cut.ts'
import { type Panel, startPanel } from '../../src/demo/panel/panel-server.ts'
import { readPhysicalLog } from '../../src/devices/simulators/base/physical-log.ts'
import { findChromium } from '../../src/main/host/chromium.ts'

let root: string
let folders: DemoFolders
let devices: DemoDevices
let network: NetworkCut
let panel: Panel
let browser: Browser
let page: Page

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'panel-'))
  folders = demoFolders(root)
  prepareFolders(folders, false)
  devices = await startDemoDevices(folders)
  network = await createNetworkCut({ host: '127.0.0.1', port: 9 })
  const compartments = [1, 2].map((number) => ({
    ...{ number, kind: 'drop' as const, size: 'small' as const, board: 0, lock: number - 1 },
    ...{ row: 1, column: number },
  }))
  panel = await startPanel({
    ...{ port: 0, config: { kioskId: 'K07', compartments }, devices, network },
    ...{ provinceUrl: 'http://127.0.0.1:9', slipFolder: folders.slips },
    memoryFile: path.join(root, 'panel.json'),
  })
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('needs Chromium: scripts/ensure-system.sh test')
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  page = await browser.newPage()
  await page.goto(panel.url)
  await page.locator('.door').first().waitFor()
})
afterAll(async () => {
  await browser?.close()
  await panel?.close()
  await network?.close()
  for (const device of Object.values(devices ?? {})) await device.stop()
  rmSync(root, { recursive: true, force: true })
})

const events = (device: keyof DemoDevices) =>
  readPhysicalLog(devices[device].logPath).map(({ event }) => event)
const button = (name: string) => page.getByRole('button', { name, exact: false }).first()

test('hands work at the doors: force, put in, take out, close', async () => {
  await page.locator('.door header').first().click()
  await button('Cạy mở').click()
  await button('Bỏ vào').click()
  await page.locator('.door .item').waitFor()
  await button('Lấy ra').click()
  await page.locator('.door .item').waitFor({ state: 'detached' })
  await button('Đóng').click()
  await page.locator('.door.open').waitFor({ state: 'detached' })
  expect(events('locker').filter((event) => event !== 'plugged')).toEqual([
    ...['doorOpened', 'itemIn', 'itemOut', 'doorClosed'],
  ])
})

test('what the world does not allow is said in its own words', async () => {
  const answer = await post({ on: 'locker', command: 'putItem', args: { lock: 1, item: 'X' } })
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({ ok: false, error: expect.stringContaining('closed') })
})

test('a bag from the stock is held, and no code comes twice', async () => {
  await button('Lấy túi mới').click()
  await page.getByText('TUI00000013', { exact: true }).first().waitFor()
  const second = await (await post({ on: 'stock', command: 'takeBag' })).json()
  expect(second).toMatchObject({ result: { bagCode: expect.stringMatching(/^TUI0000002\d$/) } })
  await expect.poll(() => events('reader')).toContain('held')
})

test('sheets go into the feeder and out of it', async () => {
  await button('Tờ khai').click()
  await page.getByText('Trong khay: 1', { exact: false }).waitFor()
  await button('Lấy giấy ra').click()
  await page.getByText('Trong khay: 0', { exact: false }).waitFor()
  expect(events('scanner')).toEqual(['paperInserted', 'paperTakenOut'])
})

test('cables come out and go in again', async () => {
  const row = page.locator('tr', { hasText: 'Máy in' })
  await row.getByRole('button', { name: 'Rút cáp' }).click()
  await row.getByRole('button', { name: 'Cắm lại' }).click()
  await row.getByRole('button', { name: 'Rút cáp' }).waitFor()
  expect(
    events('printer')
      .filter((event) => event.includes('plugged'))
      .slice(-2),
  ).toEqual([...['unplugged', 'plugged']])
  await button('Cắt mạng').click()
  await button('Nối lại mạng').waitFor()
  expect(network.isCut()).toBe(true)
  await button('Nối lại mạng').click()
  await expect.poll(() => network.isCut()).toBe(false)
})

test('the paper lies in the tray, its code can be held', async () => {
  const picture = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    return canvas.toDataURL('image/png').slice('data:image/png;base64,'.length)
  })
  mkdirSync(folders.slips, { recursive: true })
  writeFileSync(path.join(folders.slips, '000001.png'), Buffer.from(picture, 'base64'))
  await page.locator('.paper img').waitFor()
  await expect.poll(() => page.locator('.paper img').getAttribute('src')).toMatch(/^blob:/)
})

test('only this page, on this machine, with the token of this start', async () => {
  const { origin } = new URL(panel.url)
  expect((await fetch(`${origin}/api/state`)).status).toBe(401)
  expect((await fetch(`${origin}/api/state`, { headers: { 'x-panel-token': 'x' } })).status).toBe(
    401,
  )
  expect((await post({ on: 'network', cut: true }, { origin: 'http://evil.example' })).status).toBe(
    403,
  )
  expect(network.isCut()).toBe(false)
  expect(await statusWithHost('evil.example')).toBe(403)
  expect((await get('/api/slips/..%2Fpanel.json')).status).toBe(404)
  expect((await get('/../../package.json')).status).toBe(404)
})

function get(name: string): Promise<Response> {
  const { origin, hash } = new URL(panel.url)
  return fetch(`${origin}${name}`, { headers: { 'x-panel-token': hash.slice(1) } })
}

function post(act: unknown, more: Readonly<Record<string, string>> = {}): Promise<Response> {
  const { origin, hash } = new URL(panel.url)
  const headers = { origin, 'x-panel-token': hash.slice(1), ...more }
  return fetch(`${origin}/api/act`, { method: 'POST', headers, body: JSON.stringify(act) })
}

/** `fetch` does not let anybody choose the Host header; a rebinding attacker's browser does. */
function statusWithHost(host: string): Promise<number | undefined> {
  const { hostname, port } = new URL(panel.url)
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path: '/', headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}
