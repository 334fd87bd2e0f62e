import type { ReasonCode } from '../../contract/faults.ts'

const words: Partial<Record<ReasonCode, string>> = {
  NOT_CONNECTED: 'thiết bị chưa nối',
  PORT_MISSING: 'thiết bị chưa nối',
  PORT_BUSY: 'cổng đang bận',
  PERMISSION: 'thiếu quyền với thiết bị',
  SILENT: 'thiết bị không trả lời',
  GARBLED: 'thiết bị trả lời sai',
  WRITE_TIMEOUT: 'thiết bị không nhận lệnh',
  DISCONNECTED: 'thiết bị bị ngắt',
  WRONG_MODE: 'thiết bị sai chế độ',
  SUSPECTED_CRASH: 'thiết bị bị loại ra để kiểm tra',
  PAPER_OUT: 'hết giấy in',
  COVER_OPEN: 'nắp máy in mở',
  CUTTER_ERROR: 'kẹt dao cắt',
  HEAD_TOO_HOT: 'máy in quá nóng',
  PRINTER_ERROR: 'máy in lỗi',
  BUS_SILENT: 'tủ ngăn không trả lời',
  DOOR_NOT_OPENED: 'cửa không mở',
  DOOR_LEFT_OPEN: 'cửa chưa đóng',
  COMPARTMENT_UNKNOWN: 'ngăn chờ kiểm tra',
  NO_FREE_COMPARTMENT: 'hết ngăn trống',
  NO_BAGS: 'hết túi',
  BACKUP_FAILED: 'chưa sao lưu được',
  PROVINCE_WENT_BACK: 'hệ thống tỉnh trở về bản cũ, máy gửi lại',
  CAP_REACHED: 'đã dùng hết dung lượng dành riêng',
  STORE_RESTORED: 'dữ liệu vừa khôi phục, chờ kiểm tra ngăn',
  DATABASE_LOG_LONG: 'nhật ký cơ sở dữ liệu quá dài',
  DISK_LOW: 'sắp đầy ổ đĩa',
  DISK_FULL: 'đầy ổ đĩa',
  DISK_ERROR: 'ổ đĩa lỗi',
  CLOCK_WRONG: 'đồng hồ sai',
  CLOCK_UNSYNCHRONISED: 'đồng hồ chưa đối chiếu',
  CERTIFICATE_EXPIRING: 'chứng thư số sắp hết hạn',
  CERTIFICATE_EXPIRED: 'chứng thư số hết hạn',
}

/** `hết giấy in (PAPER_OUT)`; a code that this province does not know stands alone. */
export function reasonWord(code: string): string {
  const word = Object.hasOwn(words, code) ? words[code as ReasonCode] : undefined
  return word === undefined ? code : `${word} (${code})`
}
