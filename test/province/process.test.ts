import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startProvince } from '../../src/province/server.ts'
import {
  depositMessage,
  intakeIdOf,
  kioskClient,
  seal,
  syntheticDossier,
  type WireMessage,
  wireMessage,
} from '../support/kiosk-client.ts'
import { signInOfficer } from '../support/officer.ts'
import {
  demoKiosk,
  startTestProvince,
  testProvinceConfig,
  webOfficer,
} from '../support/province.ts'

const main = fileURLToPath(new URL('../../src/province/main.ts', import.meta.url))

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'province-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe('the province killed at any moment', () => {
  it('still holds everything it gave a receipt for, and nothing twice', async () => {
    const province = await startTestProvince()
    onTestFinished(() => province.stop())
    const kiosk = kioskClient(province.url, demoKiosk)
    await kiosk.registerEpoch(1)
    const messages: WireMessage[] = []
    for (let number = 1; number <= 60; number++) {
      const dossier = syntheticDossier(intakeIdOf(number))
      messages.push(await depositMessage(province.published.ageRecipient, dossier))
    }

    const receipts = new Map<string, string>()
    const killAfter = [7, 20, 41]
    for (const limit of killAfter) {
      let killing: Promise<void> | undefined
      // Several at once, so that the kill falls between commits and answers.
      await Promise.all(
        messages.map(async (message) => {
          try {
            const answer = await kiosk.send(message)
            if (answer.status !== 200) throw new Error(answer.text)
            const before = receipts.get(message.key)
            if (before !== undefined) expect(answer.text).toBe(before)
            receipts.set(message.key, answer.text)
            if (receipts.size >= limit) killing ??= province.kill()
          } catch (error) {
            if (!(error instanceof TypeError)) throw error // fetch failed: the process is gone
          }
        }),
      )
      expect(killing).toBeDefined()
      await killing
      const held = new Set((await province.messages()).map(({ key }) => key))
      for (const key of receipts.keys()) expect(held.has(key)).toBe(true)
      await province.restart()
    }

    for (const message of messages) {
      const answer = await kiosk.send(message)
      expect(answer.status).toBe(200)
      const before = receipts.get(message.key)
      if (before !== undefined) expect(answer.text).toBe(before)
    }
    expect((await province.dossiers()).map(({ intakeId }) => intakeId).sort()).toEqual(
      messages.map((_, index) => intakeIdOf(index + 1)),
    )
    expect(await province.messages()).toHaveLength(messages.length)
  })

  it('keeps its keys, codes, staff and feed cursors over a restart', async () => {
    const province = await startTestProvince()
    onTestFinished(() => province.stop())
    const kiosk = kioskClient(province.url, demoKiosk)
    await kiosk.registerEpoch(1)
    const dossier = syntheticDossier(intakeIdOf(1))
    await kiosk.send(await depositMessage(province.published.ageRecipient, dossier))
    const code = await (await province.officer()).accept(dossier.intakeId)
    const before = [await kiosk.feed('staff'), await kiosk.feed('statuses')]
    await province.kill()
    await province.restart()
    expect([await kiosk.feed('staff'), await kiosk.feed('statuses')]).toEqual(before)
    expect(await (await fetch(`${province.url}/v1/keys`)).json()).toEqual(province.published)
    expect(await (await province.officer()).accept(dossier.intakeId)).toBe(code)
  })

  it('sends a notice that it left unsent, once', async () => {
    const province = await startTestProvince()
    onTestFinished(() => province.stop())
    const kiosk = kioskClient(province.url, demoKiosk)
    await kiosk.registerEpoch(1)
    const sealed = await seal(province.published.ageRecipient, {
      version: 1,
      phone: '0900000001',
      text: 'Thông báo thử',
    })
    const message = wireMessage('notification', { template: 'slipNotPrinted', sealed })
    await kiosk.send(message)
    // Whether the kill comes before or after the notice was settled, the outcome is the same.
    await province.kill()
    await province.restart()
    await kiosk.send(message)
    const sms = await vi.waitUntil(
      async () => {
        const found = await province.sms()
        return found.length > 0 && found
      },
      { timeout: 10_000 },
    )
    expect(sms).toMatchObject([{ phone: '0900000001', text: 'Thong bao thu' }])
  })
})

describe('the command', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', timeout: 30_000 })

  it('says what runs where, in one line, and ends with the process that started it', async () => {
    const folder = temporaryFolder()
    const args = ['--port', '0', '--data', join(folder, 'data')]
    const child = spawn(process.execPath, [main, ...args], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    const [{ url }] = (await once(child, 'message')) as [{ url: string }]
    // Without --demo nobody can read the citizens' messages.
    expect((await fetch(`${url}/demo/sms`)).status).toBe(404)
    const exit = once(child, 'exit')
    child.disconnect()
    expect(await exit).toEqual([0, null])
    expect(output).toBe(
      `province   ${url}   data ${join(folder, 'data')}   config config/demo/province.json\n`,
    )
  })

  it('refuses a bad configuration with file, key and reason', () => {
    const file = join(temporaryFolder(), 'bad.json')
    writeFileSync(file, JSON.stringify({ provinceId: 'x', kiosks: [{ id: 'k' }], extra: 1 }))
    const { status, stderr } = run('--port', '0', '--config', file)
    expect(status).toBe(1)
    expect(stderr).toContain(`${file}: kiosks.0.id: `)
    expect(stderr).toContain(`${file}: units: `)
    expect(stderr).toMatch(/Unrecognized key/)
    expect(run('--port', '0', '--config', `${file}.none`).stderr).toContain(`${file}.none`)
  })

  it('refuses a missing port, and a demo that strangers could reach', () => {
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('--port') })
    const data = join(temporaryFolder(), 'data')
    const open = run('--port', '0', '--host', '0.0.0.0', '--data', data)
    expect(open).toMatchObject({ status: 1, stderr: expect.stringContaining('loopback') })
    expect(existsSync(data)).toBe(false)
  })
})

describe('the data folder', () => {
  const start = async (dataFolder: string) =>
    startProvince({ config: await testProvinceConfig(), dataFolder, log: () => undefined })

  it('has keys that only its owner can read, and a damaged or lost key file is never replaced', async () => {
    const dataFolder = join(temporaryFolder(), 'data')
    const first = await start(dataFolder)
    await first.stop()
    const file = join(dataFolder, 'keys.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const content = readFileSync(file, 'utf8')
    writeFileSync(file, content.slice(0, 40))
    await expect(start(dataFolder)).rejects.toThrow()
    expect(readFileSync(file, 'utf8')).toBe(content.slice(0, 40))
    rmSync(file)
    await expect(start(dataFolder)).rejects.toThrow('missing beside an existing store')
    writeFileSync(file, content, { mode: 0o644 })
    await expect(start(dataFolder)).rejects.toThrow('chmod 600')
    rmSync(file)
    writeFileSync(file, content, { mode: 0o600 })
    const again = await start(dataFolder)
    expect(again.published).toEqual(first.published)
    await again.stop()
  })

  it('does not give staff back who were revoked', async () => {
    const dataFolder = join(temporaryFolder(), 'data')
    const first = await start(dataFolder)
    for (const { grantId } of await first.store.staff.list()) {
      await first.store.staff.revoke(grantId, 'quanly', '2026-02-09T03:00:00.000Z')
    }
    await first.stop()
    const again = await start(dataFolder)
    expect(await again.store.staff.list()).toHaveLength(2)
    await again.stop()
  })
})

describe('set-password', () => {
  const run = (input: string, ...args: string[]) =>
    spawnSync(process.execPath, [main, 'set-password', ...args], { input, encoding: 'utf8' })

  it('gives a user a new password beside the running province, and ends their sessions', async () => {
    const province = await startTestProvince()
    onTestFinished(() => province.stop())
    const data = ['--data', province.dataFolder]
    const officer = await signInOfficer(province.url, webOfficer)
    await officer.page('/')

    expect(run('short\n', webOfficer.name, ...data)).toMatchObject({ status: 1 })
    expect(run('một câu dài hơn\n', 'nobody', ...data)).toMatchObject({ status: 1 })
    expect(run('một câu dài hơn\n', webOfficer.name)).toMatchObject({ status: 2 })
    expect(run('một câu dài hơn\n', webOfficer.name, '--data', temporaryFolder())).toMatchObject({
      status: 1,
    })
    await officer.page('/')

    expect(run('một câu dài hơn\n', webOfficer.name, ...data)).toMatchObject({ status: 0 })
    await expect(officer.page('/')).rejects.toThrow('303')
    await expect(signInOfficer(province.url, webOfficer)).rejects.toThrow('401')
    const next = { ...webOfficer, password: 'một câu dài hơn' }
    await (await signInOfficer(province.url, next)).page('/')
  })
})
