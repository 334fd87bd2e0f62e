import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { type ProcessStart, startProcess } from './process.ts'

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

function run(start: Partial<ProcessStart>) {
  const running = startProcess({
    ...{ command: [process.execPath, '-e'], args: [], environment: {} },
    ...start,
  })
  const lines: string[] = []
  running.onLine((stream, line) => lines.push(`${stream}: ${line}`))
  return { running, lines }
}

test('lines come whole, from both streams, also those that a counter overwrites', async () => {
  const program = `
    process.stdout.write('one\\ntw'); process.stdout.write('o\\nlast')
    process.stderr.write('1%\\r2%\\r\\ndone\\n')`
  const { running, lines } = run({ args: [program] })
  expect(await running.ended).toEqual({ end: 'exit', code: 0 })
  expect(lines.filter((line) => line.startsWith('stdout'))).toEqual([
    ...['stdout: one', 'stdout: two', 'stdout: last'],
  ])
  expect(lines.filter((line) => line.startsWith('stderr'))).toEqual([
    ...['stderr: 1%', 'stderr: 2%', 'stderr: done'],
  ])
})

test('a line without an end fills no memory', async () => {
  const program = "process.stdout.write('x'.repeat(300000) + '\\nend\\n')"
  const { running, lines } = run({ args: [program] })
  await running.ended
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(5_000)
  expect(lines.at(-1)).toBe('stdout: end')
})

test('no shell reads the arguments, and nothing of our environment is handed on', async () => {
  vi.stubEnv('KIOSK_SECRET', 'marked')
  cleanUps.push(() => vi.unstubAllEnvs())
  const program =
    'console.log(process.argv[1]); console.log(Object.keys(process.env).sort().join())'
  const { running, lines } = run({ args: [program, '$(id); *'], environment: { GIVEN: '1' } })
  await running.ended
  expect(lines).toEqual(['stdout: $(id); *', 'stdout: GIVEN,LC_ALL,PATH'])
})

test('exit codes and signals are told apart', async () => {
  expect(await run({ args: ['process.exit(6)'] }).running.ended).toEqual({ end: 'exit', code: 6 })
  const { running, lines } = run({ args: ["console.log('up'); setInterval(String, 1000)"] })
  await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 15_000 })
  running.signal('SIGKILL')
  expect(await running.ended).toEqual({ end: 'signal', signal: 'SIGKILL' })
})

test('a program that is not there, or may not run, is an answer', async () => {
  const missing = run({ command: ['/nowhere/scanimage'] })
  expect(await missing.running.ended).toEqual({ end: 'notStarted', reason: 'PROGRAM_MISSING' })
  const forbidden = run({ command: [fileURLToPath(import.meta.url)] })
  expect(await forbidden.running.ended).toEqual({ end: 'notStarted', reason: 'PERMISSION' })
})

test('a grandchild that keeps the pipes open holds nobody up', async () => {
  const program = `
    const { spawn } = require('node:child_process')
    const child = spawn(process.execPath, ['-e', 'setInterval(String, 1000)'], { stdio: 'inherit' })
    console.log(child.pid); child.unref(); setTimeout(() => process.exit(0), 10)`
  const { running, lines } = run({ args: [program] })
  expect(await running.ended).toEqual({ end: 'exit', code: 0 })
  const pid = Number(lines[0]?.split(' ')[1])
  cleanUps.push(() => process.kill(pid, 'SIGKILL'))
  expect(existsSync(`/proc/${pid}`)).toBe(true)
})

test('behind setpriv the program ends with the process that started it, however that ended', async () => {
  const module = new URL('./process.ts', import.meta.url).href
  const parentProgram = `
    import { startProcess } from '${module}'
    const running = startProcess({
      command: ['setpriv', '--pdeathsig', 'KILL', process.execPath, '-e'],
      args: ["console.log(process.pid); setInterval(String, 1000)"], environment: {} })
    running.onLine((_stream, line) => console.log(line))`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', parentProgram], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(line.toString())
  expect(existsSync(`/proc/${pid}`)).toBe(true)
  parent.kill('SIGKILL')
  await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), { timeout: 15_000 })
})
