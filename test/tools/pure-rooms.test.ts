import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const rooms = ['src/main/domain', 'src/devices/protocols', 'src/main/flows', 'src/contract']

/** Clock and randomness come in as arguments: otherwise no test could hold them still. */
const impure = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\b|\brandomUUID\b/

test.each([
  'const at = Date.now()',
  'const at = new Date()',
  'const dice = Math.random()',
  'const at = performance.now()',
])('the scan finds: %s', (line) => {
  expect(impure.test(line)).toBe(true)
})

test('the scan leaves a date made of an argument alone', () => {
  expect(impure.test('const day = new Date(atMs)')).toBe(false)
})

test.each(rooms)('%s uses neither clock nor randomness', (room) => {
  const files = globSync(`${room}/**/*.ts`, { cwd: root }).filter((f) => !f.endsWith('.test.ts'))
  expect(files.length).toBeGreaterThan(0)
  const found = files.flatMap((file) =>
    readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      .map((line, index) => ({
        line: line.replace(/\/\/.*|^\s*\*.*/, ''),
        at: `${file}:${index + 1}`,
      }))
      .filter(({ line }) => impure.test(line))
      .map(({ at }) => at),
  )
  expect(found).toEqual([])
})
