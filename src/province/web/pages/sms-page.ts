import type { LocalTime } from '../../local-time.ts'
import { maskPhone, type SmsContent } from '../../notices/sms-content.ts'
import type { FailedNotice } from '../../store/records/message-records.ts'
import type { SmsSending, StoredSms } from '../../store/records/sms-records.ts'
import { type Html, html } from '../html.ts'
import {
  noticeFailureWords,
  sendingProblemWord,
  sendingStateWords,
  smsPurposeWords,
} from '../words.ts'

export interface OpenedSms extends StoredSms {
  /** Absent when it has been erased, or cannot be opened any more. */
  readonly content: SmsContent | undefined
}

/** Officers see that a message went out and what it said, never the code in it. */
export function smsPage(view: {
  readonly messages: readonly OpenedSms[]
  readonly failures: readonly FailedNotice[]
  /** Absent where no carrier is configured. */
  readonly sendings: readonly SmsSending[] | undefined
  readonly time: LocalTime
}): Html {
  const { messages, failures, sendings, time } = view
  const rows = messages.map(
    ({ id, at, kioskId, purpose, sealed, content }) => html`<tr>
<td>${time.display(at)}</td><td>${kioskId}</td><td>${smsPurposeWords[purpose]}</td>
<td>${content ? maskPhone(content.phone) : sealed === '' ? 'đã xóa' : html`<span class="bad">không mở được</span>`}</td>
<td>${content?.maskedText}${content?.attachment && html`<br><span class="soft">kèm mã QR dùng một lần</span>`}</td>
${sendings && html`<td>${sendingCell(sendings.find(({ smsId }) => smsId === id))}</td>`}
</tr>`,
  )
  const failed = failures.map(
    ({ receivedAt, kioskId, lane, failure }) => html`<tr>
<td>${time.display(receivedAt)}</td><td>${kioskId}</td><td>${lane}</td><td class="bad">${noticeFailureWords[failure]}</td>
</tr>`,
  )
  return html`${
    failed.length > 0 &&
    html`<section><h2>Không gửi được, cần báo cho người nhận</h2>
<table><thead><tr><th>Lúc</th><th>Máy</th><th>Hồ sơ hoặc kết quả</th><th>Lý do</th></tr></thead><tbody>${failed}</tbody></table>
</section>`
  }<section>
<table>
<thead><tr><th>Lúc</th><th>Máy</th><th>Loại</th><th>Số điện thoại</th><th>Nội dung</th>${sendings && html`<th>Gửi</th>`}</tr></thead>
<tbody>${rows}</tbody>
</table>
</section>`
}

function sendingCell(sending: SmsSending | undefined): Html {
  if (!sending) return html`Trước khi có nhà mạng`
  const { state, problem } = sending
  const isBad = state === 'failed' || state === 'uncertain'
  const text = html`${sendingStateWords[state]}${problem && html`<br>${sendingProblemWord(problem)}`}`
  return isBad ? html`<span class="bad">${text}</span>` : text
}
