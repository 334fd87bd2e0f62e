/** The page's sentences. */
const vi = {
  title: 'Kiểm tra Phiếu xác nhận gửi hồ sơ qua máy',
  slip: 'Nội dung mã QR trên phiếu',
  keys: 'Khóa công khai của máy',
  good: 'Chữ ký đúng: phiếu do máy cấp và không bị sửa.',
  BAD_SIGNATURE: 'Chữ ký sai: nội dung đã bị sửa, hoặc phiếu không do máy này cấp.',
  UNKNOWN_KEY: 'Chưa có khóa công khai mang mã này nên chưa kết luận được.',
  NOT_A_SLIP: 'Đây không phải là mã QR của phiếu.',
  noKeys: 'Xin nhập khóa công khai của máy.',
  badKeys: 'Khóa công khai không đúng dạng.',
  empty: '',
  intakeId: 'Số hồ sơ trên máy',
  at: 'Thời điểm gửi',
  contentHash: 'Mã băm nội dung hồ sơ (SHA-256)',
  keyId: 'Mã khóa',
  note: 'Phiếu không thay Giấy tiếp nhận hồ sơ và hẹn trả kết quả. Trang này không gửi gì đi đâu.',
} as const

export type TextKey = keyof typeof vi

const en: Record<TextKey, string> = {
  title: 'Check a slip of the dossier machine',
  slip: 'Content of the QR on the slip',
  keys: 'Public key of the machine',
  good: 'The signature is good: the slip comes from the machine and was not changed.',
  BAD_SIGNATURE: 'The signature is bad: changed, or not from this machine.',
  UNKNOWN_KEY: 'There is no public key with this id here, so nothing can be said.',
  NOT_A_SLIP: 'This is not the QR of a slip.',
  noKeys: 'Please enter the public key of the machine.',
  badKeys: 'This is not a public key.',
  empty: '',
  intakeId: 'Number of the dossier at the machine',
  at: 'Handed in at',
  contentHash: 'Hash of the content (SHA-256)',
  keyId: 'Key id',
  note: 'The slip does not replace the official acknowledgement. This page sends nothing anywhere.',
}

export const texts = { vi, en } as const
