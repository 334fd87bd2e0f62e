import { describe, expect, it } from 'vitest'
import { officialCode } from './official-code.ts'

const parts = { unitCode: 'H99.01', day: '2026-02-09', sequence: 7 }

describe('official code', () => {
  it('fills the default pattern', () => {
    expect(officialCode('{unitCode}-{yyMMdd}-{seq4}', parts)).toBe('H99.01-260209-0007')
  })

  it('takes a long year and another width', () => {
    expect(officialCode('{yyyyMMdd}/{seq6}/{unitCode}', parts)).toBe('20260209/000007/H99.01')
  })

  it('grows rather than repeats when the counter overflows', () => {
    const codes = [9999, 10_000, 10_001].map((sequence) =>
      officialCode('{unitCode}-{yyMMdd}-{seq4}', { ...parts, sequence }),
    )
    expect(codes).toEqual(['H99.01-260209-9999', 'H99.01-260209-10000', 'H99.01-260209-10001'])
  })

  it('does not interpret what a unit code contains', () => {
    expect(officialCode('{unitCode}-{seq1}', { ...parts, unitCode: '$&{seq4}' })).toBe('$&{seq4}-7')
  })
})
