import type { ConfirmationContent, IncidentContent, TestContent } from './slip-content.ts'

/** Invented slips for tests and for looking at the layout; nobody lives there. */
const common = {
  widthDots: 576,
  secondLanguage: 'en',
  authority: 'Ủy ban nhân dân phường Mẫu',
  place: 'Trụ sở một cửa, 1 đường Ví Dụ',
  kioskId: 'K07',
  at: '2026-11-22T13:41:00Z',
  clockSynchronised: true,
  timeZone: 'Asia/Ho_Chi_Minh',
  helpLine: '0292 000 0000',
  helpHours: '7:30–11:30, 13:30–17:00 ngày làm việc',
} as const

/** As long as a signed payload: version, key, intake id, time, hash, signature. */
export const sampleQrPayload = `1.k1.K07-1-000123-F.20261122T134100Z.${'h'.repeat(43)}.${'Ab3_'.repeat(21)}xy`

export const sampleConfirmation: ConfirmationContent = {
  ...common,
  kind: 'slip',
  intakeId: 'K07-1-000123-F',
  procedureName: 'Đăng ký khai sinh có yếu tố nước ngoài',
  procedureNameSecond: 'Register a birth with a foreign parent',
  bagCode: 'TUI-0004711',
  applicantMasked: 'N***** V** Mẫu',
  ownerMasked: 'T*** T** Thử',
  papers: [
    { name: 'Tờ khai đăng ký khai sinh theo mẫu', kind: 'original', count: 1 },
    { name: 'Giấy chứng sinh', kind: 'original', count: 1 },
    { name: 'Giấy chứng nhận kết hôn của cha mẹ', kind: 'certifiedCopy', count: 2 },
  ],
  officerLooksBy: '2026-11-23T10:00:00Z',
  qrPayload: sampleQrPayload,
}

export const sampleIncident: IncidentContent = {
  ...common,
  kind: 'incident',
  reference: 'K07-1-000124-3',
  bagCode: 'TUI-0004712',
  compartment: '12',
  officerLooksBy: '2026-11-23T10:00:00Z',
}

export const sampleTest: TestContent = { ...common, kind: 'test', qrPayload: 'TEST K07' }
