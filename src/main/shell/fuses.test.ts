import { describe, expect, it } from 'vitest'
import { fuseProblems } from './fuses.ts'

const binary = (states: string, version = 1) =>
  Buffer.concat([
    Buffer.from('ELF and so on dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([version, states.length]),
    Buffer.from(`${states} and more`),
  ])

describe('fuseProblems', () => {
  it('finds none on a binary as it ships', () => {
    expect(fuseProblems(binary('01001100'))).toEqual([])
    expect(fuseProblems(binary('r10011001'))).toEqual([])
  })

  it('names each fuse that is set otherwise, or not there', () => {
    expect(fuseProblems(binary('11001100'))).toEqual(['RunAsNode is 1, not 0'])
    expect(fuseProblems(binary('0100110'))).toEqual([
      'GrantFileProtocolExtraPrivileges is missing, not 0',
    ])
  })

  it('believes nothing that it cannot read', () => {
    expect(fuseProblems(Buffer.from('some file'))).toHaveLength(1)
    expect(fuseProblems(binary('01001100', 2))).toHaveLength(1)
  })
})
