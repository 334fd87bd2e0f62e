import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditDetails, type AuditRow, auditGenesisHash, auditHash } from './audit-row.ts'
import { cleanDetails } from './clean-details.ts'
import { verifyAudit } from './verify-audit.ts'

function chain(details: readonly AuditDetails[]): AuditRow[] {
  let hash = auditGenesisHash
  return details.map((detail, index) => {
    const row = { sequence: index + 1, at: '2026-03-02T08:00:00.000Z', event: 'e', details: detail }
    hash = auditHash(hash, row)
    return { ...row, hash }
  })
}

const details = fc.dictionary(
  fc.string({ maxLength: 5 }),
  fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
)

describe('audit chain', () => {
  it('verifies what it made, and the empty one', () => {
    expect(verifyAudit([])).toEqual({ ok: true, head: auditGenesisHash, count: 0 })
    fc.assert(
      fc.property(fc.array(details, { maxLength: 8 }), (all) => {
        const rows = chain(all)
        expect(verifyAudit(rows)).toMatchObject({ ok: true, count: all.length })
      }),
    )
  })

  it('does not care in which order details were given', () => {
    expect(chain([{ a: 1, b: 2 }])).toEqual(chain([{ b: 2, a: 1 }]))
  })

  const rows = chain([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }])
  it.each<[string, AuditRow[], object]>([
    ['a removed row', rows.filter((row) => row.sequence !== 2), { code: 'GAP', sequence: 3 }],
    ['a removed start', rows.slice(1), { code: 'GAP', sequence: 2 }],
    [
      'swapped rows',
      rows.toSpliced(1, 2, ...rows.slice(1, 3).reverse()),
      { code: 'GAP', sequence: 3 },
    ],
    [
      'a changed detail',
      rows.map((row) => (row.sequence === 2 ? { ...row, details: { n: 9 } } : row)),
      { code: 'HASH', sequence: 2 },
    ],
    [
      'a row forged with its own hash',
      rows.map((row) => {
        const forged = { ...row, event: 'other' }
        return row.sequence === 2
          ? { ...forged, hash: auditHash(rows[0]?.hash ?? '', forged) }
          : row
      }),
      { code: 'HASH', sequence: 3 },
    ],
  ])('shows %s', (_, changed, verdict) => {
    expect(verifyAudit(changed)).toMatchObject({ ok: false, ...verdict })
  })
})

describe('cleanDetails', () => {
  it('keeps identifiers, codes, numbers and flags', () => {
    const kept = {
      intakeId: 'K07-1-000123-F',
      bagCode: 'BAG-000001',
      reason: 'DOOR_NOT_OPENED',
      scope: 'right:0190-abc',
      count: 3,
      open: true,
      none: null,
    }
    expect(cleanDetails(kept)).toEqual(kept)
  })

  it('withholds what looks like a name or a bare number', () => {
    const found = cleanDetails({
      a: 'NGUYEN VAN MAU',
      b: 'Mẫu',
      c: '099912345678',
      d: '+84999123456',
    })
    expect(Object.values(found)).toEqual(Array(4).fill('(withheld)'))
  })
})
