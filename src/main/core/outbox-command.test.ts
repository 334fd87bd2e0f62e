import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Store } from '../store/open-store.ts'
import { dumpDatabase } from '../store/testing/dump-database.ts'
import { depositSample, openSampleStore, sampleIntakeId } from '../store/testing/sample.ts'
import { outboxCommand } from './outbox-command.ts'

const demo = fileURLToPath(new URL('../../../config/demo/', import.meta.url))
let folder: string
let config: string
let store: Store | undefined

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'outbox-command-'))
  config = path.join(folder, 'kiosk.json')
  const text = JSON.parse(readFileSync(path.join(demo, 'kiosk.json'), 'utf8'))
  const catalogueFile = path.join(demo, 'procedures.json')
  writeFileSync(config, JSON.stringify({ ...text, catalogueFile, dataFolder: 'data' }))
})
afterEach(() => {
  store?.close()
  store = undefined
  rmSync(folder, { recursive: true })
})

const dataFolder = () => path.join(folder, 'data')

function queueOfThree(): Store {
  const opened = openSampleStore(dataFolder())
  store = opened
  depositSample(opened, 1, 1)
  opened.flow.queueSlipSms(sampleIntakeId(1))
  depositSample(opened, 2, 2)
  const [first] = opened.outbox.due(0, 1)
  opened.outbox.markSending(first?.key ?? '')
  opened.outbox.park(first?.key ?? '', 'INVALID_MESSAGE')
  return opened
}

it('as a command: writes every message as CSV while core has the store open, and changes nothing', () => {
  queueOfThree()
  const before = dumpDatabase(dataFolder())
  const program = fileURLToPath(new URL('./outbox.ts', import.meta.url))
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  const { status, stdout, stderr } = run('--config', config, '--csv')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const lines = stdout.trimEnd().split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toMatch(/^sequence,key,kind,lane,state/)
  expect(stdout).toContain(`dossierDeposited,${sampleIntakeId(1)},parked,1,`)
  expect(stdout).not.toContain('c2VhbGVk')
  expect(dumpDatabase(dataFolder())).toEqual(before)
  const wrong = run('--csv')
  expect([wrong.status, wrong.stdout]).toEqual([2, ''])
  expect(wrong.stderr).toContain('usage')
})

it('says in words what is still open, and why', () => {
  queueOfThree()
  const { exitCode, text } = outboxCommand(['--config', config])
  expect(exitCode).toBe(0)
  expect(text).toContain('pending 2   sending 0   acknowledged 0   parked 1   deliveredByHand 0')
  expect(text).toContain('oldest open since 2026-03-02T08:00:00.000Z')
  expect(text).toMatch(/parked {2}1 attempt {2}INVALID_MESSAGE/)
  expect(text).toMatch(/notification.*waits for an older one of its lane/)
})

it('reads a store that nobody has open, too', () => {
  queueOfThree().close()
  store = undefined
  expect(outboxCommand(['--config', config, '--csv'])).toMatchObject({ exitCode: 0 })
})

it('makes no database where there is none', () => {
  expect(outboxCommand(['--config', config])).toMatchObject({ exitCode: 1 })
  expect(existsSync(dataFolder())).toBe(false)
})

it('names a file that is no database', () => {
  queueOfThree().close()
  store = undefined
  writeFileSync(path.join(dataFolder(), 'kiosk.sqlite'), 'no database at all'.repeat(100))
  const { exitCode, text } = outboxCommand(['--config', config])
  expect([exitCode, text.split(':')[0]]).toEqual([1, 'CORRUPT'])
})

it.each([
  ['no configuration', []],
  ['a configuration that is not there', ['--config', '/nowhere/kiosk.json']],
  ['an unknown option', ['--config', 'x', '--yes']],
])('is asked wrongly with %s', (_, args) => {
  expect(outboxCommand(args).exitCode).toBe(2)
})
