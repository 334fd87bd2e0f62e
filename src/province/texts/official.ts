import type { PaperKind } from '../../contract/words.ts'

/** What official systems are told in words; their officers read it. */
export const stepTexts: Readonly<Record<number, string>> = {
  2: 'Tiếp nhận hồ sơ',
  7: 'Công dân yêu cầu rút hồ sơ',
  9: 'Kết thúc xử lý hồ sơ',
  10: 'Trả kết quả',
}
export const otherStepText = 'Đang xử lý hồ sơ'

export const paperKindTexts: Readonly<Record<PaperKind, string>> = {
  original: 'Bản chính',
  certifiedCopy: 'Bản sao có chứng thực',
  photocopy: 'Bản chụp',
}

export const scanTexts = {
  component: 'Bản quét tại máy, chưa đối chiếu',
  fileName: 'ban-quet-tai-may.pdf',
} as const

export const handedInAt = 'Nộp qua máy nhận hồ sơ'
