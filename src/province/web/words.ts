import type { Assurance, FeedItem } from '../../contract/province/feed.ts'
import type { MessageKind } from '../../contract/province/message.ts'
import type { Person } from '../../contract/province/sealed.ts'
import type { PaperKind, Relation, ResultContents } from '../../contract/words.ts'
import type { ProblemCode } from '../adapters/contract.ts'
import type { Dossier, DossierEnd } from '../store/records/dossier-records.ts'
import type { KioskAlarm } from '../store/records/kiosk-records.ts'
import type { NoticeFailure } from '../store/records/message-records.ts'
import type { DeliveryState } from '../store/records/official-records.ts'
import type { ResultState } from '../store/records/result-records.ts'
import type { SendingProblem, SendingState, SmsPurpose } from '../store/records/sms-records.ts'
import type { AccessAction } from '../store/records/user-records.ts'

/** Vietnamese words of the officers' page for the closed lists of code. */

const statuses: Readonly<Record<number, string>> = {
  1: 'Mới đăng ký',
  2: 'Được tiếp nhận',
  3: 'Không được tiếp nhận',
  4: 'Đang xử lý',
  5: 'Yêu cầu bổ sung giấy tờ',
  6: 'Yêu cầu thực hiện nghĩa vụ tài chính',
  7: 'Công dân yêu cầu rút hồ sơ',
  8: 'Dừng xử lý',
  9: 'Đã xử lý xong',
  10: 'Đã trả kết quả',
}

export function statusWord(status: number): string {
  return statuses[status] ?? 'Đang giải quyết'
}

/** Where the bag is, as far as the kiosk has told. */
export function whereaboutsWord(dossier: Dossier): string {
  if (dossier.disputedAt !== null) return 'Có tranh chấp, cần xử lý'
  if (dossier.bagMissingAt !== null) return 'Thiếu túi hồ sơ, cần xử lý'
  if (dossier.collectedAt !== null) return 'Cán bộ đã lấy khỏi máy'
  return `Đang ở máy, ngăn số ${dossier.compartment}`
}

export const relationWords: Readonly<Record<Relation, string>> = {
  self: 'Nộp cho chính mình',
  child: 'Nộp cho con dưới 18 tuổi',
  relative: 'Nộp cho người thân',
  someoneElse: 'Nộp theo ủy quyền',
  organisation: 'Nộp cho tổ chức',
}

export const paperKindWords: Readonly<Record<PaperKind, string>> = {
  original: 'Bản chính',
  certifiedCopy: 'Bản sao có chứng thực',
  photocopy: 'Bản chụp',
}

export const idKindWords: Readonly<Record<Person['idKind'], string>> = {
  citizenId: 'Số định danh cá nhân',
  passport: 'Số hộ chiếu',
  taxCode: 'Mã số thuế',
  none: 'Giấy tờ tùy thân',
}

export const personSourceWords: Readonly<Record<Person['source'], string>> = {
  card: 'đọc từ thẻ',
  typed: 'người nộp tự nhập',
}

export const assuranceWords: Readonly<Record<Assurance, string>> = {
  code: 'Mã nhận kết quả',
  codeAndProof: 'Mã và phiếu hoặc thẻ',
  officerOnly: 'Chỉ cán bộ trao',
}

export const dossierEndWords: Readonly<Record<DossierEnd['how'], string>> = {
  refused: 'Không tiếp nhận',
  withdrawn: 'Cho rút hồ sơ',
}

export const resultContentsWords: Readonly<Record<ResultContents, string>> = {
  result: 'Kết quả',
  papers: 'Giấy tờ trả lại',
}

export const resultStateWords: Readonly<Record<ResultState, string>> = {
  announced: 'Chờ xếp vào ngăn',
  stocked: 'Đang ở máy',
  taken: 'Công dân đã nhận',
  expired: 'Quá hạn nhận',
  refused: 'Máy từ chối',
}

export const smsPurposeWords: Readonly<Record<SmsPurpose, string>> = {
  phoneCode: 'Xác nhận số điện thoại',
  collection: 'Mã nhận kết quả',
  notification: 'Thông báo',
}

export const noticeFailureWords: Readonly<Record<NoticeFailure, string>> = {
  UNSEAL_FAILED: 'Không mở được nội dung niêm phong',
  INVALID_CONTENT: 'Nội dung không đúng mẫu',
  UNKNOWN_RESULT: 'Không có kết quả này',
  RESULT_MISMATCH: 'Nội dung không khớp với kết quả',
  NO_PHONE: 'Người nộp không có số điện thoại',
  TOO_LATE: 'Đến nơi sau ngày cuối',
}

export const roleWords: Readonly<Record<FeedItem<'staff'>['role'], string>> = {
  officer: 'Cán bộ một cửa',
  operator: 'Người vận hành',
  technician: 'Kỹ thuật viên',
}

export const messageWords: Readonly<Record<MessageKind, string>> = {
  dossierDeposited: 'Hồ sơ đã vào ngăn',
  slipPrinted: 'Đã in phiếu xác nhận',
  compartmentEmptied: 'Cán bộ đã lấy túi',
  bagMissing: 'Thiếu túi hồ sơ',
  bagSurplus: 'Thừa túi hồ sơ',
  dispute: 'Tranh chấp',
  resultStocked: 'Đã xếp kết quả vào ngăn',
  resultTaken: 'Công dân đã nhận kết quả',
  resultExpired: 'Kết quả quá hạn nhận',
  resultReminder: 'Nhắc nhận kết quả',
  resultReturned: 'Kết quả đưa về quầy',
  handOver: 'Biên bản bàn giao',
  rating: 'Đánh giá',
  notification: 'Thông báo cho người nộp',
  auditHead: 'Mốc nhật ký của máy',
  fault: 'Sự cố thiết bị',
}

export const accessWords: Readonly<Record<AccessAction, string>> = {
  signIn: 'Đăng nhập',
  signInFailed: 'Đăng nhập sai',
  signInLocked: 'Bị khóa đăng nhập',
  signOut: 'Đăng xuất',
  passwordChanged: 'Tự đổi mật khẩu',
  passwordSet: 'Mật khẩu được đặt lại',
  refused: 'Bị từ chối',
  viewDossiers: 'Xem danh sách hồ sơ',
  viewDossier: 'Xem hồ sơ',
  viewPages: 'Xem bản quét',
  acceptDossier: 'Tiếp nhận',
  endDossier: 'Không tiếp nhận hoặc cho rút',
  viewResults: 'Xem danh sách kết quả',
  sendResult: 'Chuyển kết quả ra máy',
  revokeRight: 'Thu hồi mã nhận kết quả',
  resendCode: 'Gửi lại mã nhận kết quả',
  viewSms: 'Xem tin nhắn',
  viewKiosks: 'Xem tình trạng máy',
  settleAlarm: 'Đóng cảnh báo của máy',
  viewOfficial: 'Xem hàng chờ hệ thống chính thức',
  settleOfficial: 'Xử lý hồ sơ chờ hệ thống chính thức',
  eraseDossier: 'Xóa nội dung hồ sơ theo thời hạn',
  findPerson: 'Tra dữ liệu của một người',
  exportPerson: 'Xuất dữ liệu của một người',
  erasePerson: 'Xóa dữ liệu của một người',
  viewStaff: 'Xem danh sách cán bộ',
  addStaff: 'Thêm cán bộ',
  revokeStaff: 'Thu hồi quyền cán bộ',
  viewAccessLog: 'Xem nhật ký truy cập',
}

export const sendingStateWords: Readonly<Record<SendingState, string>> = {
  pending: 'Chờ gửi',
  sending: 'Đang gửi',
  sent: 'Nhà mạng đã nhận',
  failed: 'Không gửi được, cần báo cho người nhận',
  uncertain: 'Không rõ đã gửi hay chưa, cần hỏi người nhận',
}

const sendingProblemWords: Readonly<Record<SendingProblem, string>> = {
  UNREACHABLE: 'Không kết nối được nhà mạng',
  NO_ANSWER: 'Nhà mạng không trả lời rõ',
  REFUSED: 'Nhà mạng từ chối',
  TOO_LATE: 'Đã quá lâu, tin không còn ý nghĩa',
  UNREADABLE: 'Không mở được nội dung',
  ALPHABET: 'Hợp đồng không gửi được chữ này',
}

/** `REFUSED:12` → the words and the carrier's code. */
export function sendingProblemWord(problem: string): string {
  const [kind = '', code] = problem.split(':')
  const word = Object.hasOwn(sendingProblemWords, kind)
    ? sendingProblemWords[kind as SendingProblem]
    : kind
  return code ? `${word} (${code})` : word
}

export const deliveryStateWords: Readonly<Record<DeliveryState, string>> = {
  pending: 'Đang chờ chuyển',
  sending: 'Đang chuyển',
  parked: 'Cần xử lý',
  delivered: 'Đã chuyển',
}

/** What happened, and what to do. */
const officialProblemWords: Readonly<Record<ProblemCode, string>> = {
  UNREACHABLE: 'Không kết nối được hệ thống. Sẽ tự thử lại.',
  NO_ANSWER: 'Đã gửi nhưng không có câu trả lời rõ ràng. Sẽ tự tra cứu rồi mới gửi lại.',
  BUSY: 'Hệ thống đang bận. Sẽ tự thử lại.',
  LOG_IN_REFUSED:
    'Hệ thống không nhận tài khoản kết nối. Xin người quản trị kiểm tra tài khoản và mật khẩu.',
  WRONG_ADDRESS: 'Địa chỉ hệ thống không đúng. Xin người quản trị kiểm tra cấu hình.',
  REFUSED:
    'Hệ thống từ chối hồ sơ này. Xin đọc câu trả lời, sửa nguyên nhân ở hệ thống đó rồi bấm Gửi lại.',
  CANNOT_LOOK:
    'Không rõ hồ sơ đã vào hệ thống hay chưa. Xin tra cứu ở hệ thống đó rồi chọn Đã có hoặc Chưa có.',
  FIELD_TOO_LONG: 'Có mục dài hơn hệ thống nhận được. Xin nhập hồ sơ vào hệ thống đó bằng tay.',
  HASH_MISMATCH: 'Bản quét đến nơi bị sai lệch. Sẽ tự gửi lại.',
  PAGES_INCOMPLETE: 'Bản quét chưa đến đủ từ máy. Sẽ tự gửi khi đủ.',
  UNREADABLE:
    'Không mở được nội dung niêm phong. Xin nhập hồ sơ vào hệ thống đó theo giấy tờ trong túi.',
  INTERNAL: 'Lỗi phần mềm. Xin báo người quản trị; sẽ tự thử lại.',
}

/** The store may hold one of another version. */
export function officialProblemWord(problem: string): string {
  return isProblemCode(problem) ? officialProblemWords[problem] : problem
}

function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(officialProblemWords, text)
}

export const alarmWords: Readonly<Record<KioskAlarm['kind'], string>> = {
  EPOCH_REPEATED: 'Hai cơ sở dữ liệu cùng một đợt: máy bị sao chép hoặc khôi phục sai',
  AUDIT_CUT_OFF: 'Nhật ký của máy bị cắt ngắn',
  AUDIT_REWRITTEN: 'Nhật ký của máy bị viết lại',
  STORE_WENT_BACK:
    'Dữ liệu của tỉnh đã trở về một bản cũ: máy gửi lại hồ sơ, cần tiếp nhận lại; mã hồ sơ cấp sau bản đó có thể bị cấp trùng',
  AUDIT_SIGNATURE_BAD: 'Chữ ký trên nhật ký của máy không đúng',
}

/** What the page says after a form; the address carries only the key. */
export const outcomeWords = {
  accepted: { good: true, text: 'Đã tiếp nhận hồ sơ.' },
  alreadyAccepted: { good: true, text: 'Hồ sơ đã được tiếp nhận từ trước.' },
  sent: { good: true, text: 'Đã chuyển kết quả ra máy.' },
  active: { good: false, text: 'Hồ sơ này đang có một kết quả chờ ở máy.' },
  unknownKiosk: { good: false, text: 'Không có máy này.' },
  notAccepted: { good: false, text: 'Hồ sơ chưa được tiếp nhận.' },
  ended: { good: true, text: 'Đã ghi nhận. Giấy tờ có thể trả lại qua máy.' },
  alreadyEnded: { good: false, text: 'Hồ sơ này đã kết thúc.' },
  notEnded: { good: false, text: 'Hồ sơ này chưa bị từ chối hay rút.' },
  unknownDossier: { good: false, text: 'Không có hồ sơ này.' },
  invalid: { good: false, text: 'Thông tin nhập chưa đúng. Xin kiểm tra lại.' },
  rightRevoked: { good: true, text: 'Đã thu hồi mã nhận kết quả.' },
  resent: { good: true, text: 'Đã gửi lại mã đến số điện thoại đã đăng ký.' },
  noCode: { good: false, text: 'Kết quả này không có tin nhắn mã nhận nào để gửi lại.' },
  tooMany: { good: false, text: 'Đã gửi lại đủ số lần trong một ngày.' },
  noRight: { good: false, text: 'Kết quả này không có mã nhận đang dùng.' },
  alarmSettled: { good: true, text: 'Đã đóng cảnh báo.' },
  noAlarm: { good: false, text: 'Cảnh báo này không còn mở.' },
  released: { good: true, text: 'Đã đưa lại vào hàng chờ.' },
  notParked: { good: false, text: 'Hồ sơ này không còn chờ xử lý.' },
  staffAdded: { good: true, text: 'Đã cấp quyền. Máy sẽ nhận khi có mạng.' },
  staffRevoked: { good: true, text: 'Đã thu hồi quyền. Máy sẽ nhận khi có mạng.' },
} as const satisfies Readonly<Record<string, { good: boolean; text: string }>>
export type OutcomeKey = keyof typeof outcomeWords
