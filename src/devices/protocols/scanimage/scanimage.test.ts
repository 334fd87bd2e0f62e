import fc from 'fast-check'
import { expect, test } from 'vitest'
import { probeArguments, readPageLine, type SaneProfile, scanArguments } from './command-line.ts'
import { runEnd } from './run-end.ts'
import { readSensors } from './sensors.ts'
import { readStderrLine, type Said } from './status-text.ts'

const profile: SaneProfile = { device: 'fujitsu:fi-8170:1', mode: 'Color', options: {} }
const run = { resolutionDpi: 200, folder: '/run/scans', prefix: 'a-', maxPages: 40 }
const said = (...lines: string[]): Said[] =>
  lines.map(readStderrLine).filter((word) => word !== undefined)

test('a scan names device, colour, resolution, format, files and the most pages', () => {
  expect(scanArguments(profile, run)).toEqual([
    '--device-name=fujitsu:fi-8170:1',
    '--mode=Color',
    '--resolution=200',
    '--format=jpeg',
    '--batch=/run/scans/a-%04d.jpg',
    '--batch-count=40',
    '--batch-print',
  ])
  expect(probeArguments(profile)).toEqual(['--device-name=fujitsu:fi-8170:1', '--all-options'])
})

test('what a model needs is added, and nothing can become another argument', () => {
  const model: SaneProfile = {
    device: 'x',
    source: 'ADF Front',
    pageWidthMm: 210,
    pageHeightMm: 297,
    options: { 'df-action': 'Stop' },
  }
  const args = scanArguments(model, { ...run, folder: '/run/100%d' })
  expect(args).toContain('--source=ADF Front')
  expect(args).toContain('--df-action=Stop')
  expect(args.join(' ')).toContain('-x 210 -y 297')
  expect(args).toContain('--batch=/run/100%%d/a-%04d.jpg')
  expect(args.join(' ')).not.toContain('--mode')
  for (const name of ['-o', 'output-file=x', 'a b', 'Batch', '']) {
    expect(() => scanArguments({ ...model, options: { [name]: 'x' } }, run)).toThrow(RangeError)
  }
})

test('only final names of this run are pages', () => {
  expect(readPageLine('/run/scans/a-0001.jpg', run)).toBe(1)
  expect(readPageLine('/run/scans/a-12345.jpg', run)).toBe(12_345)
  for (const line of [
    '/run/scans/a-0001.jpg.part',
    '/run/scans/b-0001.jpg',
    '/run/scans/a-1.jpg',
    '/run/scans/a-../../x.jpg',
    'Scanned page 1. (scanner status = 5)',
    '',
  ]) {
    expect(readPageLine(line, run), line).toBeUndefined()
  }
})

test.each([
  ['scanimage: open of device test:9 failed: Invalid argument', 'openFailed', 'PORT_MISSING'],
  [
    'scanimage: open of device net:a failed: Error during device I/O',
    'openFailed',
    'NOT_CONNECTED',
  ],
  ['scanimage: open of device x failed: Device busy', 'openFailed', 'PORT_BUSY'],
  [
    'scanimage: open of device x failed: Access to resource has been denied',
    'openFailed',
    'PERMISSION',
  ],
  ['scanimage: open of device x failed: something new', 'openFailed', 'SCANNER_ERROR'],
  ['scanimage: sane_start: Document feeder jammed', 'callFailed', 'JAM'],
  ['scanimage: sane_read: Scanner cover is open', 'callFailed', 'COVER_OPEN'],
  ['scanimage: sane_read: Error during device I/O', 'callFailed', 'DISCONNECTED'],
  ['scanimage: sane_start: Document feeder out of documents', 'callFailed', 'FEEDER_EMPTY'],
])('stderr: %s', (line, word, reason) => {
  expect(readStderrLine(line)).toEqual({ said: word, reason })
})

const ended = 'Batch terminated, 3 pages scanned'
const empty = 'scanimage: sane_start: Document feeder out of documents'

test.each([
  ['a stack until it is empty', 0, 3, [empty, ended], 'fed', undefined],
  ['as many as asked for', 0, 3, [ended], 'fed', undefined],
  [
    'one page of a one page backend',
    5,
    1,
    ['scanimage: sane_start: End of file reached', ended],
    'fed',
    undefined,
  ],
  ['an empty feeder exits with 0', 0, 0, [empty, ended], 'nothingMoved', 'FEEDER_EMPTY'],
  ['single page mode says it by the code', 7, 0, [], 'nothingMoved', 'FEEDER_EMPTY'],
  ['jam', 6, 2, ['scanimage: sane_read: Document feeder jammed', ended], 'stopped', 'JAM'],
  ['cover', 8, 0, ['scanimage: sane_start: Scanner cover is open', ended], 'stopped', 'COVER_OPEN'],
  [
    'pulled, and died cleaning up with 0',
    0,
    0,
    ['scanimage: sane_read: Error during device I/O'],
    'stopped',
    'DISCONNECTED',
  ],
  [
    'pulled after pages, exit 0',
    0,
    2,
    ['scanimage: sane_read: Error during device I/O'],
    'stopped',
    'DISCONNECTED',
  ],
  [
    'pulled between two pages, regular end and exit 0',
    0,
    2,
    ['scanimage: received signal 13', ended],
    'stopped',
    'DISCONNECTED',
  ],
  ['0 and no word at all', 0, 0, [], 'unclear', 'SCANNER_ERROR'],
  ['0 with pages but no regular end', 0, 2, [], 'unclear', 'SCANNER_ERROR'],
  ['busy', 1, 0, ['scanimage: open of device x failed: Device busy'], 'nothingMoved', 'PORT_BUSY'],
  ['cancelled', 2, 1, [], 'stopped', 'SCAN_CANCELLED'],
  ['option not known', 4, 0, [], 'stopped', 'SCANNER_ERROR'],
  ['launcher found no program', 127, 0, [], 'nothingMoved', 'PROGRAM_MISSING'],
  ['aborted', 134, 0, [], 'unclear', 'SCANNER_ERROR'],
] as const)('the end of a run: %s', (_name, code, pages, lines, end, reason) => {
  expect(runEnd(code, pages, said(...lines))).toEqual(
    reason === undefined ? { end } : { end, reason },
  )
})

test('no exit code and no words make a run good without a page', () => {
  const line = fc.oneof(fc.string(), fc.constantFrom(empty, ended, 'scanimage: sane_read: x'))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), fc.array(line), (code, lines) => {
      expect(runEnd(code, 0, said(...lines)).end).not.toBe('fed')
    }),
  )
})

test('sensors are read where a backend has them', () => {
  expect(
    readSensors([
      '    --page-loaded[=(yes|no)] [yes] [read-only]',
      '    --cover-open[=(yes|no)] [no] [hardware]',
      '    --mode Gray|Color [Color]',
      '    --omr-df[=(auto|yes|no)] [no] [read-only]',
    ]),
  ).toEqual({ paperLoaded: true, coverOpen: false, doubleFeed: false })
  expect(readSensors(['    --page-loaded[=(yes|no)] [inactive]', 'nonsense'])).toEqual({
    paperLoaded: undefined,
    coverOpen: undefined,
    doubleFeed: undefined,
  })
})
