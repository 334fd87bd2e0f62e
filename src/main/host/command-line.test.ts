import { describe, expect, it } from 'vitest'
import { readCommandLine } from './command-line.ts'

describe('readCommandLine', () => {
  it('reads file, port and browser', () => {
    expect(readCommandLine(['--config', 'a.json'])).toEqual({
      configFile: 'a.json',
      port: undefined,
      browser: true,
    })
    expect(readCommandLine(['--config=a.json', '--port', '8247', '--no-browser'])).toEqual({
      configFile: 'a.json',
      port: 8247,
      browser: false,
    })
  })

  it.each([
    [[]],
    [['--config', 'a', '--port', 'x']],
    [['--config', 'a', '--port', '65536']],
    [['--config', 'a', '--unknown']],
    [['--config', 'a', 'more']],
  ])('refuses %j with a sentence', (args) => {
    expect(readCommandLine(args)).toBeTypeOf('string')
  })
})
