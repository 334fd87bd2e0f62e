import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** Every file of ours that an entry reaches by relative imports, static or dynamic. */
function reach(entry: string): Set<string> {
  const seen = new Set<string>()
  const waiting = [path.join(root, entry)]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    if (!/\.tsx?$/.test(file)) continue
    const text = readFileSync(file, 'utf8')
    // `from '…'`, `import '…'`, `import('…')`, and files started by name: `new URL('…', import.meta.url)`.
    for (const [, name = ''] of text.matchAll(
      /(?:from|import|import\(|new URL\()\s*'(\.[^']+)'/g,
    )) {
      const target = path.resolve(path.dirname(file), name)
      if (/\.(tsx?|json)$/.test(target) && existsSync(target)) waiting.push(target)
    }
  }
  return seen
}

const relative = (file: string) => path.relative(root, file).split(path.sep).join('/')

test('the walk follows imports: the demo reaches its panel and the simulators', () => {
  const reached = [...reach('src/demo/main.ts')].map(relative)
  expect(reached).toContain('src/demo/panel/panel-server.ts')
  expect(reached).toContain('src/devices/simulators/start-simulator.ts')
})

const entries = globSync('src/{main,renderer,province}/**/main.{ts,tsx}', { cwd: root })

test.each(entries)('%s reaches nothing of the demo', (entry) => {
  const reached = [...reach(entry)].map(relative)
  expect(reached.filter((file) => file.startsWith('src/demo/'))).toEqual([])
})

test('there are entries to look at', () => {
  expect(entries).toContain('src/main/host/main.ts')
})
