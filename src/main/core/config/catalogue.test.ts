import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Catalogue, loadCatalogue, type Procedure } from './catalogue.ts'
import { problemLine } from './config-problem.ts'

const demoFile = path.resolve(import.meta.dirname, '../../../../config/demo/procedures.json')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'catalogue-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function demo(): Catalogue {
  const loaded = loadCatalogue(demoFile)
  if (!loaded.ok) throw new Error(loaded.problems.map(problemLine).join('\n'))
  return loaded.catalogue
}

test('the demo catalogue holds the procedures of a ward, each complete', () => {
  const { procedures } = demo()
  expect(procedures.length).toBeGreaterThanOrEqual(20)
  for (const { MATTHC, TENTTHC, kiosk } of procedures) {
    expect(TENTTHC, MATTHC).toBe(TENTTHC.normalize('NFC'))
    expect(kiosk.plainName.en, MATTHC).toBeDefined()
    for (const paper of kiosk.papers) expect(paper.name.en, MATTHC).toBeDefined()
  }
  const takeIn = new Set(procedures.map((procedure) => procedure.kiosk.takeIn))
  expect(takeIn).toEqual(new Set(['paper', 'scanOnly', 'no']))
})

test('a certified copy is not done by a machine, and people are told why', () => {
  const copies = demo().procedures.find((procedure) => procedure.MATTHC === '2.000815')
  expect(copies?.kiosk).toMatchObject({ takeIn: 'no', handOut: false })
  expect(copies?.kiosk.takeInReason?.vi).toContain('bản chính')
})

type Draft = { procedures: (Omit<Procedure, 'kiosk'> & { kiosk: Record<string, unknown> })[] }
test.each<[string, (first: Draft['procedures'][number], all: Draft) => void, string]>([
  [
    'an unknown key',
    (p) => Object.assign(p.kiosk, { take: 1 }),
    'procedures[0].kiosk.take: unknown',
  ],
  ['no code', (p) => Object.assign(p, { MATTHC: 'khai sinh' }), 'procedures[0].MATTHC: must look'],
  ['a code twice', (p, all) => all.procedures.push(p), 'MATTHC: 1.001193 is used twice'],
  [
    'a refusal without a reason',
    (p) => Object.assign(p.kiosk, { takeIn: 'no' }),
    'procedures[0].kiosk.takeInReason: missing',
  ],
  [
    'a result kept back without a reason',
    (p) => Object.assign(p.kiosk, { handOutReason: undefined }),
    'procedures[0].kiosk.handOutReason: missing',
  ],
  [
    'a signed book at a machine',
    (p) => Object.assign(p.kiosk, { handOut: true }),
    'procedures[0].kiosk.handOut: a result that needs',
  ],
  [
    'an intake of nothing',
    (p) => Object.assign(p.kiosk, { papers: [] }),
    'procedures[0].kiosk.papers: has nothing to hand in',
  ],
  [
    'an unknown assurance',
    (p) => Object.assign(p.kiosk, { assurance: 'phone' }),
    'procedures[0].kiosk.assurance: Invalid',
  ],
])('refuses %s', (_name, change, expected) => {
  const draft = JSON.parse(readFileSync(demoFile, 'utf8')) as Draft
  const [first] = draft.procedures
  if (first === undefined) throw new Error('empty catalogue')
  change(first, draft)
  const file = path.join(folder, 'procedures.json')
  writeFileSync(file, JSON.stringify(draft))
  const loaded = loadCatalogue(file)
  if (loaded.ok) throw new Error('was accepted')
  expect(loaded.problems.map(problemLine).join('\n')).toContain(expected)
})
