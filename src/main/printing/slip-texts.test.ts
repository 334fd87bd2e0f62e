import { describe, expect, test } from 'vitest'
import catalogue from './slip-texts.json' with { type: 'json' }
import { clockAndDate, momentText, slipText, withMoment } from './slip-texts.ts'

describe('slip texts', () => {
  test('every text exists in all three languages', () => {
    const keys = Object.keys(catalogue.vi).filter((key) => key !== 'confirmationSubtitle')
    expect(Object.keys(catalogue.en).sort()).toEqual([...keys].sort())
    expect(Object.keys(catalogue.km).sort()).toEqual([...keys].sort())
  })

  test('never claims that the dossier was accepted', () => {
    expect(JSON.stringify(catalogue.vi).toLowerCase()).not.toContain('đã tiếp nhận')
    expect(catalogue.vi.notAcceptance).toContain(
      'không thay Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
    )
    expect(catalogue.vi.notASlip).toBe('KHÔNG PHẢI phiếu xác nhận')
  })

  test('times are those of the office', () => {
    expect(clockAndDate('2026-11-22T17:30:00Z', 'Asia/Ho_Chi_Minh')).toEqual({
      clock: '00:30',
      date: '23/11/2026',
    })
    const moment = momentText('2026-11-23T10:00:00Z', 'Asia/Ho_Chi_Minh', 'en')
    const loose = (text = '') => text.replaceAll('\u00a0', ' ')
    expect({ vi: loose(moment.vi), second: loose(moment.second) }).toEqual({
      vi: '17 giờ, thứ Hai 23/11/2026',
      second: '17:00, Monday 23/11/2026',
    })
    expect(withMoment(slipText('officerLooks', 'en'), moment).second).toContain('Monday')
    expect(momentText('2026-11-23T10:00:00Z', 'Asia/Ho_Chi_Minh', undefined).second).toBeUndefined()
  })
})
