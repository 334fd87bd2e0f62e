import { describe, expect, it } from 'vitest'
import { smsWriter, withoutDiacritics } from './sms-texts.ts'

const notice = {
  version: 1 as const,
  resultId: 'r-1',
  dossierCode: 'H99.01-260209-0001',
  code: '48213377',
  qr: 'MC1R.synthetic-one-time-payload',
  place: 'Trung tâm phường Hoa Sen {code}',
  lastDay: '2026-02-19',
}

describe('SMS texts', () => {
  it('carries digits, place and last day, and the QR only beside the text', () => {
    const sms = smsWriter({ diacritics: false }).collection(notice, 'result', '0900000001', 'vi')
    expect(sms.text).toContain('48213377')
    expect(sms.text).toContain('Trung tam phuong Hoa Sen')
    expect(sms.text).toContain('19/02/2026')
    expect(sms.text).not.toContain(notice.qr)
    expect(sms.attachment).toEqual({ kind: 'qr', payload: notice.qr })
  })

  it('fits the 7-bit alphabet unless the province wants diacritics', () => {
    const plain = smsWriter({ diacritics: false }).collection(
      notice,
      'result',
      '0900000001',
      'vi',
    ).text
    expect([...plain].every((character) => character.charCodeAt(0) < 128)).toBe(true)
    expect(
      smsWriter({ diacritics: true }).collection(notice, 'result', '0900000001', 'vi').text,
    ).toContain('kết quả')
  })

  it('never shows an officer the code, nor fills in a placeholder that a place brought along', () => {
    for (const language of ['vi', 'en', 'km'] as const) {
      const writer = smsWriter({ diacritics: true })
      const sms = writer.collection(notice, 'result', '0900000001', language)
      expect(sms.maskedText).not.toContain('48213377')
      expect(sms.text.split('48213377')).toHaveLength(2)
      const phoneCode = { version: 1 as const, phone: '0900000001', code: '135791', language }
      expect(writer.phoneCode(phoneCode).text).toContain('135791')
      expect(writer.phoneCode(phoneCode).maskedText).not.toContain('135791')
    }
  })

  it('has no link in any text', () => {
    for (const language of ['vi', 'en', 'km'] as const) {
      const text = smsWriter({ diacritics: true }).collection(
        notice,
        'result',
        '0900000001',
        language,
      ).text
      expect(text).not.toMatch(/https?:|www\.|\.vn\b/)
    }
  })

  it('leaves Khmer untouched', () => {
    expect(withoutDiacritics('ទទួល ែ Đặng')).toBe('ទទួល ែ Dang')
  })
})
