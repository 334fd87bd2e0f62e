import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** File, and what it tries to import. Each must be refused. */
const refused: readonly (readonly [file: string, imported: string])[] = [
  ['src/contract/a.ts', '../devices/contract.ts'],
  ['src/contract/b.ts', '../province/server.ts'],
  ['src/contract/province/c.ts', '../../province/server.ts'],
  ['src/contract/d.ts', '../main/domain/dossier.ts'],
  ['src/contract/e.ts', 'node:crypto'],
  ['src/main/domain/a.ts', 'node:crypto'],
  ['src/main/domain/b.ts', '../../devices/contract.ts'],
  ['src/main/domain/c.ts', '../flows/clock.ts'],
  ['src/devices/protocols/x/a.ts', 'node:buffer'],
  ['src/devices/protocols/x/b.ts', '../../transport/serial.ts'],
  ['src/devices/protocols/x/c.ts', '../../simulators/base/pty.ts'],
  ['src/main/flows/a.ts', '../../devices/printer/escpos-printer.ts'],
  ['src/main/flows/b.ts', 'better-sqlite3'],
  ['src/main/flows/c.ts', '../store/open.ts'],
  ['src/main/flows/d.ts', '../sync/outbox-worker.ts'],
  ['src/main/flows/e.ts', 'undici'],
  ['src/main/flows/f.ts', 'node:fs'],
  ['src/devices/printer/a.ts', 'electron'],
  ['src/devices/printer/b.ts', 'better-sqlite3'],
  ['src/devices/printer/c.ts', '../../main/flows/deposit.ts'],
  ['src/devices/printer/d.ts', 'serialport'],
  ['src/devices/printer/e.ts', '../simulators/printer/main.ts'],
  ['src/devices/simulators/x/a.ts', '../../../main/store/open.ts'],
  ['src/renderer/citizen/a.tsx', '../../main/flows/clock.ts'],
  ['src/renderer/citizen/b.tsx', '../../devices/contract.ts'],
  ['src/renderer/citizen/c.tsx', 'node:fs'],
  ['src/renderer/citizen/d.tsx', '../../province/server.ts'],
  ['src/main/sync/a.ts', 'better-sqlite3'],
  ['src/main/core/a.ts', 'better-sqlite3'],
  ['src/province/a.ts', 'better-sqlite3'],
  ['src/province/web/c.ts', 'pg'],
  ['src/province/b.ts', '../main/domain/dossier.ts'],
  ['src/main/core/b.ts', 'electron'],
  ['src/main/host/a.ts', 'electron'],
  ['src/main/shell/a.ts', '../store/open.ts'],
  ['src/main/shell/b.ts', '../../devices/contract.ts'],
  ['src/main/access/a.ts', 'node:http'],
  ['src/main/printing/a.ts', 'ws'],
  ['src/main/store/a.ts', 'undici'],
  ['src/main/core/c.ts', '../../demo/main.ts'],
  ['src/main/host/b.ts', '../../demo/panel/server.ts'],
  ['src/main/core/rpc/d.ts', '../../../devices/simulators/reader/main.ts'],
  ['src/main/sync/b.ts', '../../province/server.ts'],
  ['src/demo/a.ts', '../main/core/main.ts'],
]

const allowed: readonly (readonly [file: string, imported: string])[] = [
  ['src/contract/ok.ts', './province/message.ts'],
  ['src/contract/province/ok.ts', '../roles.ts'],
  ['src/main/domain/ok.ts', '../../contract/roles.ts'],
  ['src/main/flows/ok.ts', '../../devices/contract.ts'],
  ['src/main/store/ok.ts', 'better-sqlite3'],
  ['src/province/store/ok.ts', 'better-sqlite3'],
  ['src/main/sync/ok.ts', '../../contract/province/message.ts'],
  ['src/main/sync/ok-network.ts', 'undici'],
  ['src/main/host/ok.ts', 'ws'],
  ['src/main/shell/ok.ts', 'electron'],
  ['src/devices/transport/ok.ts', 'serialport'],
  ['src/devices/simulators/x/ok.ts', '../base/pty.ts'],
  ['src/main/core/ok.ts', '../../devices/simulators/reader/hid-backend.ts'],
  ['src/demo/ok.ts', '../devices/simulators/base/control-client.ts'],
  ['src/renderer/citizen/ok.tsx', '../../contract/snapshot.ts'],
  ['src/main/flows/ok.test.ts', 'node:fs'],
]

const globals: readonly (readonly [file: string, line: string])[] = [
  ['src/main/flows/global-a.ts', "export const answer = fetch('https://a.example')"],
  ['src/main/domain/global-b.ts', 'export const at = performance.now()'],
  ['src/devices/protocols/x/global-c.ts', 'export const timer = setTimeout(String, 1)'],
  ['src/main/store/global-d.ts', "export const answer = fetch('https://a.example')"],
  ['src/renderer/ui/global-e.ts', "export const socket = new WebSocket('wss://a.example')"],
]

interface Finding {
  readonly file: string
  readonly rule: string
}

let folder: string
let findings: readonly Finding[]

beforeAll(async () => {
  // The tree's own rules over files of a tree of their own: nobody else's check sees them.
  folder = await mkdtemp(path.join(tmpdir(), 'import-rules-'))
  const config = JSON.parse(await readFile(path.join(root, 'biome.json'), 'utf8')) as object
  await writeFile(
    path.join(folder, 'biome.json'),
    JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }),
  )
  for (const [file, imported] of [...refused, ...allowed]) {
    await write(file, `import * as it from '${imported}'\n\nexport const use = it\n`)
  }
  for (const [file, line] of globals) await write(file, `${line}\n`)
  await write(
    'src/main/core/cycle-a.ts',
    "import { b } from './cycle-b.ts'\n\nexport const a = () => b\n",
  )
  await write(
    'src/main/core/cycle-b.ts',
    "import { a } from './cycle-a.ts'\n\nexport const b = () => a\n",
  )
  findings = await lint()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function write(file: string, text: string): Promise<void> {
  const target = path.join(folder, file)
  await mkdir(path.dirname(target), { recursive: true })
  await writeFile(target, text)
}

function lint(): Promise<Finding[]> {
  const biome = path.join(root, 'node_modules/.bin/biome')
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', 'src']
  return new Promise((resolve, reject) => {
    execFile(biome, args, { cwd: folder, maxBuffer: 50_000_000 }, (_error, stdout, stderr) => {
      const start = stdout.indexOf('{')
      if (start < 0) return reject(new Error(`biome said nothing:\n${stderr}`))
      const report = JSON.parse(stdout.slice(start)) as { diagnostics: Diagnostic[] }
      resolve(
        report.diagnostics.map((diagnostic) => ({
          file: fileOf(diagnostic),
          rule: diagnostic.category,
        })),
      )
    })
  })
}

interface Diagnostic {
  readonly category: string
  readonly location: { readonly path: string | { readonly file: string } }
}
function fileOf({ location }: Diagnostic): string {
  return typeof location.path === 'string' ? location.path : location.path.file
}
function rulesFor(file: string): string[] {
  return findings.filter((finding) => finding.file === file).map((finding) => finding.rule)
}

test.each(refused)('%s may not import %s', (file) => {
  expect(rulesFor(file)).toContain('lint/style/noRestrictedImports')
})

test.each(allowed)('%s may import %s', (file) => {
  expect(rulesFor(file)).not.toContain('lint/style/noRestrictedImports')
})

test.each(globals)('%s may not say: %s', (file) => {
  expect(rulesFor(file)).toContain('lint/style/noRestrictedGlobals')
})

test('a cycle of imports is refused', () => {
  expect(rulesFor('src/main/core/cycle-a.ts')).toContain('lint/suspicious/noImportCycles')
})

test('no room silences the rules', async () => {
  const { stdout } = await new Promise<{ stdout: string }>((resolve) => {
    execFile(
      'grep',
      ['-rnE', 'biome-ignore.*(noRestricted|noImportCycles)', 'src'],
      { cwd: root },
      (_e, out) => resolve({ stdout: out }),
    )
  })
  expect(stdout).toBe('')
})
