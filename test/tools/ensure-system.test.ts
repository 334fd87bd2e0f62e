import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = path.resolve(import.meta.dirname, '../../scripts/ensure-system.sh')
const programs = ['chromium', 'socat', 'umockdev-run', 'scanimage', 'zbarimg']

/** A PATH of its own, so that each case says what the machine has. */
let bin: string
beforeEach(() => {
  bin = mkdtempSync(path.join(tmpdir(), 'ensure-system-'))
  for (const tool of ['mktemp', 'tail', 'rm', 'cat'])
    symlinkSync(`/usr/bin/${tool}`, path.join(bin, tool))
})
afterEach(() => rmSync(bin, { recursive: true, force: true }))

function program(name: string, body = 'exit 0'): void {
  const file = path.join(bin, name)
  writeFileSync(file, `#!/bin/bash\n${body}\n`)
  chmodSync(file, 0o755)
}
function user(uid: number): void {
  program('id', `echo ${uid}`)
}
function run(...args: string[]) {
  return spawnSync('/bin/bash', [script, ...args], { env: { PATH: bin }, encoding: 'utf8' })
}
/** An apt-get that notes its calls and brings what it is told to. */
function debian(brings: readonly string[]): void {
  const install = brings.map((name) => `printf '#!/bin/bash\\n' > ${bin}/${name}`).join('\n')
  program('apt-get', `echo "$*" >> ${bin}/calls\n[ "$1" = install ] || exit 0\n${install}\nexit 0`)
}

test('says nothing when all is there', () => {
  for (const name of programs) program(name)
  const result = run('test')
  expect(result).toMatchObject({ status: 0, stdout: '', stderr: '' })
})

test('another Chromium will do', () => {
  for (const name of programs.slice(1)) program(name)
  program('google-chrome-stable')
  expect(run('run').status).toBe(0)
})

test('root: updates the lists, installs what is missing and no more', () => {
  user(0)
  program('chromium')
  program('scanimage')
  program('zbarimg')
  debian(['socat', 'umockdev-run'])
  const result = run('test')
  expect(result).toMatchObject({ status: 0, stdout: 'Installing from Debian: socat umockdev\n' })
  expect(readFileSync(path.join(bin, 'calls'), 'utf8').trim().split('\n')).toEqual([
    'update -q',
    'install -y -q --no-install-recommends socat umockdev',
  ])
})

test('root: an installation that fails is told with its output', () => {
  user(0)
  program('apt-get', 'echo "E: Unable to locate package"; exit 100')
  const result = run('run')
  expect(result.status).toBe(1)
  expect(result.stderr).toContain('Unable to locate package')
  expect(result.stderr).toContain(
    'Could not install: chromium socat umockdev sane-utils zbar-tools',
  )
  const log = /whole output: (.*)\)/.exec(result.stderr)?.[1] ?? ''
  expect(existsSync(log)).toBe(true)
  rmSync(log)
})

test('not root: names the packages and the exact command, installs nothing', () => {
  user(1000)
  program('socat')
  debian([])
  const result = run('test')
  expect(result.status).toBe(1)
  expect(result.stderr).toContain('umockdev: USB of the simulated reader (umockdev-run)')
  expect(result.stderr).toContain(
    'sudo apt-get install -y --no-install-recommends chromium umockdev sane-utils zbar-tools\n',
  )
  expect(existsSync(path.join(bin, 'calls'))).toBe(false)
})

test('no Debian: says what is needed', () => {
  user(0)
  const result = run('run')
  expect(result.status).toBe(1)
  expect(result.stderr).toContain('is no Debian')
  expect(result.stderr).toContain('socat: serial lines')
})

test('not root: the machine runs without a browser, the tests do not', () => {
  user(1000)
  debian([])
  for (const name of programs.slice(1)) program(name)
  expect(run('run')).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('open the printed address'),
  })
  expect(run('test').status).toBe(1)
})

test('refuses to guess what it is asked for', () => {
  expect(run().status).toBe(2)
})
